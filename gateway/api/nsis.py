"""NSIs: case transfers and temporary moves."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta, Struct

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.raising import Raiser
from gateway.transfers.read import list_nsis, read_nsi
from gateway.transfers.reroute import Rerouter
from gateway.transfers.status import record_status
from schemas.nsis import (
    ConfirmNsi,
    ListNsis,
    Nsi,
    NsiPage,
    NsiRerouted,
    NsiState,
    RaiseNsi,
    ReadNsi,
    RecordStatus,
    RerouteNsi,
)
from schemas.words import NsiStatus

Pdu = Annotated[str | None, QueryParameter(max_length=20, description="Only those this PDU sends or receives.")]
Overdue = Annotated[bool, QueryParameter(description="Only those with a rule that is overdue.")]
Status = Annotated[NsiStatus | None, QueryParameter(name="status", description="Only those in this status.")]
Whose = Annotated[UUID | None, QueryParameter(name="person", description="Id: all the moves of one person.")]
Asked = Annotated[bool, QueryParameter(description="Only those about which somebody is asked something.")]


class NewStatus(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an NSI has come to, now or `at` an earlier time."""

    status: NsiStatus
    at: datetime | None = None
    outcome: str | None = None


class Elsewhere(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an NSI belongs, as the locator is asked, and why: a code of the list `reroute`."""

    to: Annotated[str, Meta(min_length=1, max_length=200)]
    reason: Annotated[str, Meta(max_length=40)]
    note: Annotated[str, Meta(max_length=500)] = ""


@get("/nsis", summary="List NSIs", tags=["NSIs"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks,
    actor: GivenActor,
    pdu: Pdu = None,
    overdue: Overdue = False,  # noqa: FBT002  # a query parameter is given by name
    only: Status = None,
    whose: Whose = None,
    questions: Asked = False,  # noqa: FBT002  # a query parameter is given by name
    limit: Limit = 50,
    cursor: Cursor = None,
) -> NsiPage:
    """As far as the account reaches. A limited-access person's name is masked."""
    person = str(whose) if whose else None
    asked = ListNsis(
        pdu=pdu, overdue=overdue, status=only, person=person, questions=questions, limit=limit, cursor=cursor
    )
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


@post("/nsis", summary="Raise an NSI", tags=["NSIs"], responses=problems(*GUARDED, 404, 409, 413, 422))
async def create(
    data: JSONBody[RaiseNsi], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> NsiState:
    """Raised by a person or a system that knows: it needs no confirming, and is routed at once."""
    return await act(works.house, actor, Raiser(works.postcodes).raise_nsi, data, key=idempotency_key)


@post(
    "/nsis/{nsi_id:uuid}/status",
    status_code=200,
    summary="Record a status",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def status(
    nsi_id: FromPath[UUID],
    data: JSONBody[NewStatus],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> NsiState:
    """It is added to the history, which is never rewritten."""
    command = RecordStatus(id=nsi_id, status=data.status, at=data.at, outcome=data.outcome)
    return await act(works.house, actor, record_status, command, key=idempotency_key)


@post(
    "/nsis/{nsi_id:uuid}/reroute",
    status_code=200,
    summary="Send an NSI on",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def reroute(
    nsi_id: FromPath[UUID],
    data: JSONBody[Elsewhere],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> NsiRerouted:
    """“This is not for us”, by the receiving side. The clocks run on; the new SPOC is told; it is counted."""
    command = RerouteNsi(id=nsi_id, to=data.to, reason=data.reason, note=data.note)
    return await act(works.house, actor, Rerouter(works.postcodes).reroute_nsi, command, key=idempotency_key)
