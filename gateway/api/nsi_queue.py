"""The queue of a PDU by clock."""

from typing import Annotated

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.queue import list_queue
from schemas.nsi_queue import ListQueue, QueuePage, Side

Which = Annotated[Side | None, QueryParameter(name="side", description="Only what is received, or sent.")]
Pdu = Annotated[str | None, QueryParameter(max_length=20, description="The queue of this PDU.")]
Team = Annotated[str | None, QueryParameter(max_length=200, description="Only what is allocated to this team.")]
Officer = Annotated[
    str | None,
    QueryParameter(max_length=20, description="Only what is allocated to this officer: a code of `officers`."),
]
Overdue = Annotated[bool, QueryParameter(description="Only those with a rule that is overdue.")]
High = Annotated[bool, QueryParameter(description="Only high and very high risk of serious harm.")]


@get("/nsis/queue", summary="Show the queue by clock", tags=["NSIs"], responses=problems(*GUARDED, 422))
async def queue(
    works: GivenWorks,
    actor: GivenActor,
    *,
    which: Which = None,
    pdu: Pdu = None,
    team: Team = None,
    officer: Officer = None,
    overdue: Overdue = False,
    high_risk: High = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> QueuePage:
    """What is under way, by the nearest open clock, what is overdue longest first; with counts of the whole queue."""
    asked = ListQueue(
        side=which,
        pdu=pdu,
        team=team,
        officer=officer,
        overdue=overdue,
        high_risk=high_risk,
        limit=limit,
        cursor=cursor,
    )
    return await act(works.house, actor, list_queue, asked)


doors: list[HTTPRouteHandler] = [queue]
