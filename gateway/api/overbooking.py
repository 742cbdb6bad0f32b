"""Temporary beds, and beds that are ready."""

from datetime import date
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody, PathParameter
from msgspec import Struct, structs

from bedspace.claims.ready import mark_ready
from bedspace.premises.overbook import change_overbooking, list_overbookings, overbook
from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from schemas.claims import BedReady, MarkReady, Text
from schemas.outages import Note
from schemas.overbooking import ChangeOverbooking, ListOverbookings, Overbook, TemporaryBed

Code = Annotated[str, PathParameter(min_length=1, max_length=40, description="Code of the premises.")]
BedCode = Annotated[str, PathParameter(min_length=1, max_length=40, description="Code of the bed.")]


class Overbooking(Struct, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """A temporary bed for the nights `[from, until)`; `reason` is a code of the list `overbook`."""

    from_: date
    until: date
    reason: Text
    note: Note = ""
    room: Text | None = None


class Until(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Today ends it now."""

    until: date


@post(
    "/premises/{code:str}/overbookings",
    summary="Overbook premises",
    tags=["Premises"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def create(
    code: Code,
    data: JSONBody[Overbooking],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> TemporaryBed:
    """Adds a temporary bed, with your role, the reason and its end. No search offers it: book it by its code."""
    command = Overbook(premises=code, **structs.asdict(data))
    return await act(works.house, actor, overbook, command, key=idempotency_key)


@post(
    "/overbookings/{bed:str}/until",
    status_code=200,
    summary="Change the end of an overbooking",
    tags=["Premises"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def change(
    bed: BedCode,
    data: JSONBody[Until],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> TemporaryBed:
    """Earlier, unless it is claimed; or later, which you then have allowed."""
    return await act(
        works.house, actor, change_overbooking, ChangeOverbooking(bed=bed, until=data.until), key=idempotency_key
    )


@get(
    "/premises/{code:str}/overbookings",
    summary="List overbookings",
    tags=["Premises"],
    responses=problems(*GUARDED, 404),
)
async def index(code: Code, works: GivenWorks, actor: GivenActor) -> list[TemporaryBed]:
    """Temporary beds that are there now or planned."""
    return await act(works.house, actor, list_overbookings, ListOverbookings(premises=code))


@post(
    "/beds/{code:str}/ready",
    status_code=200,
    summary="Say that a bed is ready",
    tags=["Premises"],
    responses=problems(*GUARDED, 404, 422),
)
async def ready(
    code: BedCode, works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> BedReady:
    """Its turnaround ends today, and the bed is free again. Saying so twice is harmless."""
    return await act(works.house, actor, mark_ready, MarkReady(bed=code), key=idempotency_key)
