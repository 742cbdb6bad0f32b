"""The ordered feed of what happened, for the system of an area that keeps itself in step."""

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.paging import Limit
from gateway.delivery.feed import read_changes
from gateway.given import GivenActor, GivenWorks
from schemas.changes import Changes, ReadChanges

Since = Annotated[
    str | None,
    QueryParameter(
        max_length=200, description="The `next` of the page before. None: from the beginning. `now`: from now on."
    ),
]


@get("/changes", summary="Read what happened", tags=["Changes"], responses=problems(*GUARDED, 410, 422))
async def read(works: GivenWorks, actor: GivenActor, since: Since = None, limit: Limit = 50) -> Changes:
    """Oldest first, ids and codes only, in an order that never changes: nothing is skipped and nothing comes before.

    Keep `next` with what you have done, and go on from it. What happened to an NSI, a placement or a release is shown
    to whom that record is; what happened to premises, beds and contacts to all.
    """
    return await act(works.house, actor, read_changes, ReadChanges(since=since, limit=limit))
