"""Beds out of service."""

from datetime import date
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import Struct, structs

from bedspace.claims.out_of_service import cancel_outage, revise_outage, take_out_of_service
from bedspace.claims.outages import list_outages, read_outage
from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from schemas.claims import Text
from schemas.outages import (
    CancelOutage,
    ListOutages,
    Note,
    Outage,
    OutageKept,
    OutagePage,
    ReadOutage,
    Reference,
    ReviseOutage,
    TakeOutOfService,
)

BedCode = Annotated[str, PathParameter(min_length=1, max_length=40, description="Code of the bed.")]
PremisesCode = Annotated[str, PathParameter(min_length=1, max_length=40, description="Code of the premises.")]
OutageId = Annotated[int, PathParameter(ge=1, le=2**63 - 1, description="The `id` of the bed out of service.")]
Past = Annotated[bool, QueryParameter(description="Those that are over or cancelled, too.")]


class OutOfService(Struct, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """Nobody can sleep in the bed on the nights `[from, until)`; `reason` is a code of the list `out_of_service`."""

    from_: date
    until: date
    reason: Text
    reference: Reference | None = None
    note: Note = ""


class Revised(OutOfService, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """All that is known now. `revision` is the one that was read; 409 where somebody has revised it since."""

    revision: int | None = None


class Why(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    note: Note = ""


@post(
    "/beds/{code:str}/out-of-service",
    summary="Take a bed out of service",
    tags=["Premises"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def take(
    code: BedCode,
    data: JSONBody[OutOfService],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> OutageKept:
    """409 names the nights on which somebody has the bed: move them first. Turnaround gives way."""
    command = TakeOutOfService(bed=code, **structs.asdict(data))
    return await act(works.house, actor, take_out_of_service, command, key=idempotency_key)


@post(
    "/outages/{outage_id:int}/revisions",
    status_code=200,
    summary="Revise a bed out of service",
    tags=["Premises"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def revise(
    outage_id: OutageId,
    data: JSONBody[Revised],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> OutageKept:
    """Every revision is kept. A bed that is back in service today is `until` today."""
    command = ReviseOutage(id=outage_id, **structs.asdict(data))
    return await act(works.house, actor, revise_outage, command, key=idempotency_key)


@post(
    "/outages/{outage_id:int}/cancel",
    status_code=200,
    summary="Cancel a bed out of service",
    tags=["Premises"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def cancel(
    outage_id: OutageId,
    data: JSONBody[Why],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> OutageKept:
    """It was recorded in error, or is not to be. Cancelling twice is harmless."""
    command = CancelOutage(id=outage_id, note=data.note)
    return await act(works.house, actor, cancel_outage, command, key=idempotency_key)


@get(
    "/outages/{outage_id:int}",
    summary="Show a bed out of service",
    tags=["Premises"],
    responses=problems(*GUARDED, 404),
)
async def show(outage_id: OutageId, works: GivenWorks, actor: GivenActor) -> Outage:
    """With every revision, the newest first."""
    return await act(works.house, actor, read_outage, ReadOutage(id=outage_id))


@get(
    "/premises/{code:str}/outages",
    summary="List beds out of service",
    tags=["Premises"],
    responses=problems(*GUARDED, 404, 422),
)
async def index(
    code: PremisesCode,
    works: GivenWorks,
    actor: GivenActor,
    past: Past = False,  # noqa: FBT002  # a query parameter is given by name
    limit: Limit = 50,
    cursor: Cursor = None,
) -> OutagePage:
    """Now or planned, the newest first, each with its revisions."""
    asked = ListOutages(premises=code, past=past, limit=limit, cursor=cursor)
    return await act(works.house, actor, list_outages, asked)
