"""Who is responsible for a person, and caretaking. Whom a write is about stands in its body, never in an address."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter
from msgspec import Struct

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.caretaking import finish_caretaking, list_caretaking, record_caretaking
from gateway.transfers.hand_over import hand_over, read_responsibility, take_over
from schemas.custody import (
    Caretaking,
    CaretakingPage,
    EndCaretaking,
    HandOver,
    ListCaretaking,
    ReadResponsibility,
    RecordCaretaking,
    Responsibility,
    ResponsibilityPassed,
    TakeOver,
)

Person = Annotated[str, PathParameter(max_length=40, description="A CRN, or the id of a person.")]
Pdu = Annotated[str | None, QueryParameter(max_length=20, description="Only those this PDU holds or is held for.")]
On = Annotated[date | None, QueryParameter(name="on", description="A day; without, today.")]


class Ended(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first day on which it is over; without, today."""

    on: date | None = None


@get(
    "/persons/{person:str}/responsibility",
    summary="Show who is and was responsible",
    tags=["People"],
    responses=problems(*GUARDED, 404),
)
async def responsibility(person: Person, works: GivenWorks, actor: GivenActor) -> Responsibility:
    """Newest first, without a gap: each one's `since` is the end of the one before. It is on the audit record."""
    return await act(works.house, actor, read_responsibility, ReadResponsibility(person=person))


@post(
    "/responsibility/hand-over",
    status_code=200,
    summary="Hand over within a PDU",
    tags=["People"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def hand(
    data: JSONBody[HandOver], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> ResponsibilityPassed:
    """To another team or officer of the PDU that is responsible. 409 where the time given is before its present one."""
    return await act(works.house, actor, hand_over, data, key=idempotency_key)


@post(
    "/responsibility/take-over",
    status_code=200,
    summary="Take a case over",
    tags=["People"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def take(
    data: JSONBody[TakeOver], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> ResponsibilityPassed:
    """Without an NSI that brings it: with a reason and evidence, by an SPO or above. Both PDUs are written to."""
    return await act(works.house, actor, take_over, data, key=idempotency_key)


@get("/caretaking", summary="List caretaking", tags=["People"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks, actor: GivenActor, pdu: Pdu = None, day: On = None, limit: Limit = 50, cursor: Cursor = None
) -> CaretakingPage:
    """Who is supervised for another, and how many: held for others, and held by others for us."""
    asked = ListCaretaking(pdu=pdu, on=day, limit=limit, cursor=cursor)
    return await act(works.house, actor, list_caretaking, asked)


@post("/caretaking", summary="Record caretaking", tags=["People"], responses=problems(*GUARDED, 404, 409, 413, 422))
async def record(
    data: JSONBody[RecordCaretaking], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> Caretaking:
    """One PDU supervises for the one that is responsible. A person is held by one at a time: 409 says by whom."""
    return await act(works.house, actor, record_caretaking, data, key=idempotency_key)


@post(
    "/caretaking/{caretaking_id:uuid}/end",
    status_code=200,
    summary="End caretaking",
    tags=["People"],
    responses=problems(*GUARDED, 404, 413, 422),
)
async def end(
    caretaking_id: FromPath[UUID],
    data: JSONBody[Ended],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> Caretaking:
    """It ends by itself when a case transfer completes."""
    command = EndCaretaking(id=caretaking_id, on=data.on)
    return await act(works.house, actor, finish_caretaking, command, key=idempotency_key)


doors: list[HTTPRouteHandler] = [responsibility, hand, take, index, record, end]
