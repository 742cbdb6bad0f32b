"""Both ends of every move, and the review that a temporary move ends with."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Struct

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.ends import end_not_reporting, list_ends, mark_not_reporting, report_end
from gateway.transfers.move_review import review_move
from schemas.ends import (
    EndNotReporting,
    EndReported,
    EndsPage,
    EndsState,
    ListEnds,
    MarkNotReporting,
    NotReporting,
    ReportEnd,
    Which,
)
from schemas.move_review import MoveDecision, MoveReviewed, ReviewMove
from schemas.texts import Said

First = Annotated[date | None, QueryParameter(name="from", description="The first day; without, a year before.")]
Until = Annotated[date | None, QueryParameter(description="The first day no longer counted; without, tomorrow.")]
Pdu = Annotated[str | None, QueryParameter(max_length=20, description="Only with this PDU at either end.")]
Region = Annotated[str | None, QueryParameter(max_length=10, description="Only with this region at either end.")]
State = Annotated[EndsState | None, QueryParameter(name="state", description="Only moves of which this is so.")]


class End(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which end, and the day; without a day, today."""

    which: Which
    on: date | None = None


class Review(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the origin decides, with what goes with it."""

    decision: MoveDecision
    back_on: date | None = None
    until: date | None = None
    move_on: date | None = None
    why: Said = ""


@get("/ends", summary="Compare both ends of moves", tags=["NSIs"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks,
    actor: GivenActor,
    first: First = None,
    until: Until = None,
    pdu: Pdu = None,
    region: Region = None,
    which: State = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> EndsPage:
    """Counts by what the ends report, by region, of how many regions they are, and the moves. Nobody is named."""
    asked = ListEnds(from_=first, until=until, pdu=pdu, region=region, state=which, limit=limit, cursor=cursor)
    return await act(works.house, actor, list_ends, asked)


@post(
    "/nsis/{nsi_id:uuid}/ends",
    status_code=200,
    summary="Report an end of a move",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def report(
    nsi_id: FromPath[UUID],
    data: JSONBody[End],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> EndReported:
    """`out` by the sending end, `in` by the receiving end: each for itself. Another day corrects it."""
    command = ReportEnd(id=nsi_id, which=data.which, on=data.on)
    return await act(works.house, actor, report_end, command, key=idempotency_key)


@post(
    "/ends/not-reporting",
    status_code=200,
    summary="Say that a region does not report an end",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def mark(
    data: JSONBody[MarkNotReporting], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> NotReporting:
    """Nothing of that is missing then, nobody is asked for it, and national figures say how many regions report."""
    return await act(works.house, actor, mark_not_reporting, data, key=idempotency_key)


@post(
    "/ends/reporting",
    status_code=200,
    summary="Say that a region reports again",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def unmark(
    data: JSONBody[EndNotReporting], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> NotReporting:
    """From a day on, which ends the span that runs."""
    return await act(works.house, actor, end_not_reporting, data, key=idempotency_key)


@post(
    "/nsis/{nsi_id:uuid}/move-review",
    status_code=200,
    summary="Review a temporary move",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def review(
    nsi_id: FromPath[UUID],
    data: JSONBody[Review],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> MoveReviewed:
    """By the origin, which was responsible throughout: back, longer, or a case transfer, which is raised."""
    command = ReviewMove(
        id=nsi_id,
        decision=data.decision,
        back_on=data.back_on,
        until=data.until,
        move_on=data.move_on,
        why=data.why,
    )
    return await act(works.house, actor, review_move, command, key=idempotency_key)


doors: list[HTTPRouteHandler] = [index, report, mark, unmark, review]
