"""What the demo's locator knows beside its SPOCs: whom regions name, who is away, who covers, and sectors decided."""

from datetime import date, datetime, timedelta

from bedspace.locator.absences import keep_absence
from bedspace.locator.contacts import list_contacts
from bedspace.locator.invented import demo_regions, demo_spocs
from bedspace.locator.sectors import SectorKeeper
from bedspace.locator.spocs import end_spoc, keep_spocs
from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.locator import Contact, CoverBy, EndSpoc, KeepAbsence, KeepSectors, SectorOf
from schemas.words import Purpose

BIRMINGHAM = "E08000025"
DECIDED = {"B23 5": "N52BNES", "B23 6": "N52BNES", "B23 7": "N52BNES", "B30 1": "N52BIRM", "B30 2": "N52BIRM"}
DEPUTY = CoverBy(
    kind="deputy",
    name="Ash Invented-Deputy",
    email="deputy.n55bac@pdu.invalid",
    phone="01632 960801",
    hours="Monday to Friday, 9am to 5pm",
    team="Bradford and Calderdale case transfers",
    out_of_hours="Duty manager, 01632 960802",
)


async def keep_locator(works: Works, now: datetime) -> None:
    """Bradford's SPOC is away and covered, Sheffield's for victims is not, and Hull's for MAPPA leaves in two weeks."""
    today = london_today(now)
    await act(works.house, OPERATOR, keep_spocs, demo_spocs())
    await act(works.house, OPERATOR, keep_spocs, demo_regions())
    bradford = await _contact(works, "N55BAC", "transfer", today)
    since, back = today - timedelta(days=2), today + timedelta(days=5)
    away = KeepAbsence(spoc=bradford.id, from_=since, until=back, cover=DEPUTY)
    await act(works.house, OPERATOR, keep_absence, away)
    sheffield = await _contact(works, "N55SHF", "victim", today)
    await act(works.house, OPERATOR, keep_absence, KeepAbsence(spoc=sheffield.id, from_=today, until=back))
    hull = await _contact(works, "N55HER", "mappa", today)
    await act(works.house, OPERATOR, end_spoc, EndSpoc(spoc=hull.id, on=today + timedelta(days=14)))
    sectors = [
        SectorOf(authority=BIRMINGHAM, sector=sector, pdu=pdu, said_by="a map of the demo", invented=True)
        for sector, pdu in DECIDED.items()
    ]
    keeper = SectorKeeper(works.postcodes)
    await act(works.house, OPERATOR, keeper.keep_sectors, KeepSectors(sectors=sectors, from_=today))


async def _contact(works: Works, pdu: str, purpose: Purpose, today: date) -> Contact:
    async with transaction(works.pool, readonly=True) as tx:
        found = await list_contacts(tx, today, pdu=pdu)
    return next(one for one in found.items if one.purpose == purpose)
