"""Who must not meet whom. Whom it is about stands in bodies only, never in an address."""

from typing import Annotated

from litestar import post
from litestar.params import JSONBody, PathParameter
from msgspec import Struct

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from gateway.people.meetings import end_pair, look_at_meetings, record_check, record_pair
from schemas.meetings import (
    CheckRecorded,
    EndPair,
    LookAtMeetings,
    Meetings,
    Note,
    PairEnded,
    PairRecorded,
    RecordCheck,
    RecordPair,
)

PairId = Annotated[int, PathParameter(ge=1, le=2**63 - 1, description="The `id` of the pair.")]


class Ending(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why they may meet."""

    note: Note


@post(
    "/must-not-meet", summary="Record who must not meet", tags=["People"], responses=problems(*GUARDED, 409, 413, 422)
)
async def record(
    data: JSONBody[RecordPair], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> PairRecorded:
    """From then on, no search for either offers premises where the other is. Nothing is moved by it."""
    return await act(works.house, actor, record_pair, data, key=idempotency_key)


@post(
    "/must-not-meet/{pair_id:int}/end",
    status_code=200,
    summary="End a pair",
    tags=["People"],
    responses=problems(*GUARDED, 404, 413, 422),
)
async def end(
    pair_id: PairId,
    data: JSONBody[Ending],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> PairEnded:
    """They may meet, or it was recorded in error. Ending it again is harmless."""
    return await act(works.house, actor, end_pair, EndPair(id=pair_id, note=data.note), key=idempotency_key)


@post(
    "/must-not-meet/checks",
    summary="Record that somebody looked",
    tags=["People"],
    responses=problems(*GUARDED, 413, 422),
)
async def check(
    data: JSONBody[RecordCheck], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> CheckRecorded:
    """Who must not meet a person was looked for, with what outcome. "Not checked" is never "none"."""
    return await act(works.house, actor, record_check, data, key=idempotency_key)


@post(
    "/must-not-meet/look",
    status_code=200,
    summary="Show whom a person must not meet",
    tags=["People"],
    responses=problems(*GUARDED, 413, 422),
)
async def look(data: JSONBody[LookAtMeetings], works: GivenWorks, actor: GivenActor) -> Meetings:
    """A read, by POST: whom it is about stands in no address."""
    return await act(works.house, actor, look_at_meetings, data)
