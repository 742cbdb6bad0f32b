"""Keeping the locator: contacts and absences, postcode sectors of split authorities, PDUs, and what is not covered."""

from datetime import date
from typing import Annotated

from litestar import get, post, put
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import Struct

from bedspace.locator.absences import end_absence, keep_absence
from bedspace.locator.contacts import list_contacts
from bedspace.locator.coverage import coverage as coverage_on
from bedspace.locator.sectors import SectorKeeper, list_sectors
from bedspace.locator.sectors import split_authorities as splits_on
from bedspace.locator.spocs import end_spoc, keep_spocs
from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.locate import On
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.locator import (
    AbsenceKept,
    ContactPage,
    Coverage,
    CoverBy,
    EndAbsence,
    EndSpoc,
    KeepAbsence,
    KeepSectors,
    KeepSpocs,
    SectorPage,
    SectorsKept,
    SplitAuthority,
    SpocsKept,
)

TAG = ["Locator"]
WRITES = problems(*GUARDED, 404, 409, 413, 422)
Pdu = Annotated[str | None, QueryParameter(max_length=20, description="Only the contacts of this PDU.")]
Region = Annotated[str | None, QueryParameter(max_length=20, description="Only this region and its PDUs.")]
Gss = Annotated[str, QueryParameter(max_length=9, description="GSS code of a split authority, such as E08000025.")]
Id = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]


class OnDay(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    on: date


class NewAbsence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """From a day until the day they are back, and who covers."""

    from_: date
    until: date | None = None
    cover: CoverBy | None = None
    only_this_purpose: bool = False


def _day(works: Works, on: date | None) -> date:
    return on or london_today(works.house.now())


@get("/locator/spocs", summary="List contacts", tags=TAG, responses=problems(*GUARDED, 422))
async def contacts(
    works: GivenWorks,
    actor: GivenActor,
    pdu: Pdu = None,
    region: Region = None,
    on: On = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ContactPage:
    """SPOCs, and whom regions name, from the day on, with their absences and who covers."""
    permit(actor, "locate")
    async with transaction(works.pool, readonly=True) as tx:
        return await list_contacts(tx, _day(works, on), pdu=pdu, region=region, limit=limit, cursor=cursor)


@put("/locator/spocs", summary="Keep contacts", tags=TAG, responses=WRITES)
async def keep_contacts(
    data: JSONBody[KeepSpocs], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> SpocsKept:
    """From a day these receive in place of whoever did. Contacts that are not in the list stay as they are."""
    return await act(works.house, actor, keep_spocs, data, key=idempotency_key)


@post("/locator/spocs/{spoc:int}/end", status_code=200, summary="End a contact", tags=TAG, responses=WRITES)
async def end_contact(
    spoc: Id, data: JSONBody[OnDay], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> SpocsKept:
    """Nobody follows until somebody is kept: the coverage report says so."""
    return await act(works.house, actor, end_spoc, EndSpoc(spoc=spoc, on=data.on), key=idempotency_key)


@post("/locator/spocs/{spoc:int}/absences", summary="Record an absence", tags=TAG, responses=WRITES)
async def absent(
    spoc: Id, data: JSONBody[NewAbsence], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> AbsenceKept:
    """Who covers answers meanwhile. Why a SPOC is absent is not asked."""
    command = KeepAbsence(
        spoc=spoc, from_=data.from_, until=data.until, cover=data.cover, only_this_purpose=data.only_this_purpose
    )
    return await act(works.house, actor, keep_absence, command, key=idempotency_key)


@post("/locator/absences/{absence:int}/end", status_code=200, summary="End an absence", tags=TAG, responses=WRITES)
async def back(
    absence: Id, data: JSONBody[OnDay], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> AbsenceKept:
    """The SPOC is back on the day."""
    return await act(works.house, actor, end_absence, EndAbsence(absence=absence, on=data.on), key=idempotency_key)


@get("/locator/split-authorities", summary="List split authorities", tags=TAG, responses=problems(*GUARDED, 422))
async def split(works: GivenWorks, actor: GivenActor, on: On = None) -> list[SplitAuthority]:
    """Authorities that lie in several PDUs, and how many of their postcode sectors somebody has decided."""
    permit(actor, "locate")
    async with transaction(works.pool, readonly=True) as tx:
        return await splits_on(tx, works.postcodes, _day(works, on))


@get("/locator/sectors", summary="List postcode sectors", tags=TAG, responses=problems(*GUARDED, 404, 422))
async def sectors(
    works: GivenWorks, actor: GivenActor, authority: Gss, on: On = None, limit: Limit = 50, cursor: Cursor = None
) -> SectorPage:
    """Every sector of a split authority. Where nobody has decided there is no `pdu`, and the locator says ambiguous."""
    permit(actor, "locate")
    async with transaction(works.pool, readonly=True) as tx:
        return await list_sectors(tx, works.postcodes, authority, _day(works, on), limit=limit, cursor=cursor)


@put("/locator/sectors", summary="Keep postcode sectors", tags=TAG, responses=WRITES)
async def keep_sectors(
    data: JSONBody[KeepSectors], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> SectorsKept:
    """From a day these sectors lie so; the answer is the diff. With `dry_run` nothing is changed."""
    return await act(works.house, actor, SectorKeeper(works.postcodes).keep_sectors, data, key=idempotency_key)


@get("/locator/coverage", summary="Report gaps in coverage", tags=TAG, responses=problems(*GUARDED, 422))
async def coverage(works: GivenWorks, actor: GivenActor, on: On = None) -> Coverage:
    """Every PDU and purpose without a SPOC who is there, the worst first; and routes that were put right."""
    permit(actor, "locate")
    async with transaction(works.pool, readonly=True) as tx:
        return await coverage_on(tx, _day(works, on))
