"""Bed holds."""

from typing import Annotated

from litestar import delete, post
from litestar.params import JSONBody, PathParameter

from bedspace.claims.holds import end_hold, place_hold
from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from schemas.claims import EndHold, Hold, HoldEnded, PlaceHold

HoldId = Annotated[int, PathParameter(ge=1, le=2**63 - 1, description="The `id` of the hold.")]


@post("/holds", summary="Hold a bed", tags=["Bedspaces"], responses=problems(*GUARDED, 404, 409, 413, 422))
async def place(
    data: JSONBody[PlaceHold], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> Hold:
    """Keeps a bed free for some hours. It lapses by itself. 409 names the nights already claimed."""
    return await act(works.house, actor, place_hold, data, key=idempotency_key)


@delete(
    "/holds/{hold_id:int}",
    status_code=200,
    summary="End a hold",
    tags=["Bedspaces"],
    responses=problems(*GUARDED, 404, 422),
)
async def end(
    hold_id: HoldId, works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> HoldEnded:
    """Ending a hold that is over already is harmless."""
    return await act(works.house, actor, end_hold, EndHold(id=hold_id), key=idempotency_key)
