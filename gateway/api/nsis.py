"""NSIs: case transfers and temporary moves."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, QueryParameter

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.list import list_nsis
from gateway.transfers.read import read_nsi
from schemas.nsis import ConfirmNsi, ListNsis, Nsi, NsiPage, NsiState, ReadNsi
from schemas.words import NsiStatus

Pdu = Annotated[str | None, QueryParameter(max_length=20, description="Only those this PDU sends or receives.")]
Overdue = Annotated[bool, QueryParameter(description="Only those with a rule that is overdue.")]
Status = Annotated[NsiStatus | None, QueryParameter(description="Only those in this status.")]


@get("/nsis", summary="List NSIs", tags=["NSIs"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks,
    actor: GivenActor,
    pdu: Pdu = None,
    overdue: Overdue = False,  # noqa: FBT002  # a query parameter is given by name
    status: Status = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> NsiPage:
    """As far as the account reaches. A limited-access person's name is masked."""
    asked = ListNsis(pdu=pdu, overdue=overdue, status=status, limit=limit, cursor=cursor)
    return await act(works.house, actor, list_nsis, asked)


@get("/nsis/{nsi_id:uuid}", summary="Show an NSI", tags=["NSIs"], responses=problems(*GUARDED, 404))
async def show(nsi_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> Nsi:
    """With its clocks, action list, timeline, and the evidence of every field that was read from a message."""
    return await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))


@post(
    "/nsis/{nsi_id:uuid}/confirm",
    status_code=200,
    summary="Confirm an NSI",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 422),
)
async def confirm(
    nsi_id: FromPath[UUID], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> NsiState:
    """The sender says that a prepared NSI is right. Confirming twice is harmless."""
    return await act(works.house, actor, confirm_nsi, ConfirmNsi(id=nsi_id), key=idempotency_key)
