"""Rooms and beds of premises: what they offer, from when they are open, and how fresh their record is."""

from typing import Annotated

from litestar import get, patch, post
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import Struct

from bedspace.nights import london_today
from bedspace.premises.beds import add_bed, close_bed, move_bed, open_bed
from bedspace.premises.change import change_room
from bedspace.premises.confirm import confirm_bed, confirm_beds, report_bed
from bedspace.premises.read import list_unconfirmed
from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.api.keeping import WRITES
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.api.premises import Code, Pdu, Region
from gateway.given import GivenActor, GivenWorks
from gateway.store.database import transaction
from schemas.claims import Text
from schemas.keeping import (
    AddBed,
    BedDate,
    BedMove,
    ChangeRoom,
    CloseBed,
    ConfirmBed,
    ConfirmBeds,
    MoveBed,
    NewBed,
    OpenBed,
    ReportBed,
    RoomChange,
    RoomName,
)
from schemas.premises import Confirmed, PremisesChanged, Reported, Unconfirmed

BedCode = Annotated[str, PathParameter(min_length=1, max_length=40, description="Code of the bed.")]
Premises = Annotated[str | None, QueryParameter(max_length=40, description="Only of these premises.")]
Days = Annotated[int, QueryParameter(ge=0, le=365, description="Confirmed so many days ago is still fresh.")]


class Which(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One room of the premises, or all of them."""

    room: RoomName | None = None


class Report(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is not as the register says, in words, with nothing about a person."""

    said: Text


@patch("/premises/{code:str}/rooms", summary="Change a room", tags=["Premises"], responses=WRITES)
async def room(
    code: Code,
    data: JSONBody[RoomChange],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> PremisesChanged:
    """What it offers, and what it is called."""
    return await act(works.house, actor, change_room, ChangeRoom(code=code, change=data), key=idempotency_key)


@post("/premises/{code:str}/beds", summary="Add a bed", tags=["Premises"], responses=WRITES)
async def add(
    code: Code, data: JSONBody[NewBed], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> PremisesChanged:
    """In a room that is there, or in a new one. It counts from its first night."""
    return await act(works.house, actor, add_bed, AddBed(code=code, add=data), key=idempotency_key)


@patch("/beds/{bed:str}", summary="Move or rename a bed", tags=["Premises"], responses=WRITES)
async def move(
    bed: BedCode, data: JSONBody[BedMove], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> PremisesChanged:
    """To another room of the same premises, or to another code; its claims go with it."""
    return await act(works.house, actor, move_bed, MoveBed(bed=bed, move=data), key=idempotency_key)


@post("/beds/{bed:str}/close", status_code=200, summary="Close a bed", tags=["Premises"], responses=WRITES)
async def close(
    bed: BedCode, data: JSONBody[BedDate], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> PremisesChanged:
    """From a night on. 409 names the nights that are claimed after that. For some nights only, see out of service."""
    return await act(works.house, actor, close_bed, CloseBed(bed=bed, from_=data.from_), key=idempotency_key)


@post("/beds/{bed:str}/open", status_code=200, summary="Open a bed", tags=["Premises"], responses=WRITES)
async def open_(
    bed: BedCode, data: JSONBody[BedDate], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> PremisesChanged:
    """A bed that is closed, or that would close, is open from a night on."""
    return await act(works.house, actor, open_bed, OpenBed(bed=bed, from_=data.from_), key=idempotency_key)


@post(
    "/premises/{code:str}/confirm",
    status_code=200,
    summary="Confirm the beds of premises",
    tags=["Premises"],
    responses=WRITES,
)
async def confirm(
    code: Code,
    works: GivenWorks,
    actor: GivenActor,
    data: JSONBody[Which | None] = None,
    idempotency_key: IdempotencyKey = None,
) -> Confirmed:
    """What the register says of them is right, now: of all, or of those in one room."""
    command = ConfirmBeds(code=code, room=data.room if data else None)
    return await act(works.house, actor, confirm_beds, command, key=idempotency_key)


@post("/beds/{bed:str}/confirm", status_code=200, summary="Confirm a bed", tags=["Premises"], responses=WRITES)
async def confirm_one(
    bed: BedCode, works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> Confirmed:
    """What the register says of it is right, now."""
    return await act(works.house, actor, confirm_bed, ConfirmBed(bed=bed), key=idempotency_key)


@post("/beds/{bed:str}/report", summary="Say that a bed is not so", tags=["Premises"], responses=WRITES)
async def report(
    bed: BedCode, data: JSONBody[Report], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> Reported:
    """The staff of the premises see it until they confirm the bed again."""
    return await act(works.house, actor, report_bed, ReportBed(bed=bed, said=data.said), key=idempotency_key)


@get("/beds/unconfirmed", summary="List unconfirmed beds", tags=["Premises"], responses=problems(*GUARDED, 422))
async def unconfirmed(
    works: GivenWorks,
    actor: GivenActor,
    days: Days = 1,
    premises: Premises = None,
    pdu: Pdu = None,
    region: Region = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Unconfirmed:
    """Open today, and confirmed by nobody for so many days: premises by premises, and how many of how many."""
    permit(actor, "bedspace.search")
    async with transaction(works.pool, readonly=True) as tx:
        return await list_unconfirmed(
            tx,
            london_today(works.house.now()),
            days=days,
            code=premises,
            pdu=pdu,
            region=region,
            limit=limit,
            cursor=cursor or "",
        )
