"""PDUs and authorities that begin, end, merge and split."""

from datetime import date
from typing import Annotated

from litestar import post, put
from litestar.params import JSONBody, PathParameter
from msgspec import Struct, field

from bedspace.locator.successors import end_pdu, keep_authority, keep_pdu
from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from schemas.locator import EndPdu, Heir, KeepAuthority, KeepPdu, OrganisationKept

WRITES = problems(*GUARDED, 404, 409, 413, 422)
Code = Annotated[str, PathParameter(min_length=1, max_length=20)]


class End(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first day without the PDU, and who takes over; no day, where it goes on after all."""

    on: date | None = None
    successors: list[Heir] = field(default_factory=list)


@put("/locator/pdus", summary="Keep a PDU", tags=["Locator"], responses=WRITES)
async def keep(
    data: JSONBody[KeepPdu], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> OrganisationKept:
    """A new PDU from a day on, or one put right. It stays when the published data is loaded again."""
    return await act(works.house, actor, keep_pdu, data, key=idempotency_key)


@post("/locator/pdus/{code:str}/end", status_code=200, summary="End a PDU", tags=["Locator"], responses=WRITES)
async def end(
    code: Code, data: JSONBody[End], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> OrganisationKept:
    """One successor is a merge, several are a split; said again it takes the place of what was said before."""
    command = EndPdu(pdu=code, on=data.on, successors=data.successors)
    return await act(works.house, actor, end_pdu, command, key=idempotency_key)


@put("/locator/authorities", summary="Keep a local authority", tags=["Locator"], responses=WRITES)
async def authority(
    data: JSONBody[KeepAuthority], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> OrganisationKept:
    """A new authority in place of those it is made of, or the PDUs of one from a day on."""
    return await act(works.house, actor, keep_authority, data, key=idempotency_key)
