"""The queue by clock: what is overdue first, one's own side, and nothing read from end to end."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from gateway.access.act import House, act, set_scope
from gateway.access.actors import OPERATOR, Actor
from gateway.demo.closing import close_mandatory
from gateway.intake.settle import Settler
from gateway.people.keep import limit_access
from gateway.store.database import Pool, transaction
from gateway.transfers import queue
from gateway.transfers.allocate import allocate_nsi
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.escalate import raise_concern
from gateway.transfers.queue import list_queue
from gateway.transfers.status import record_status
from schemas.chasing import RaiseConcern
from schemas.errors import Invalid
from schemas.nsi_life import AllocateNsi
from schemas.nsi_queue import ListQueue, QueuePage
from schemas.nsis import ConfirmNsi, Nsi, RecordStatus
from schemas.people import LimitAccess
from tests.messages import HULL, LEEDS, YORK, prepared

ACO = Actor(id="aco", name="Lee Invented", role="aco", regions=("N55",))


@dataclass
class Days:
    """A house whose day can be set."""

    pool: Pool
    at: datetime = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

    @property
    def house(self) -> House:
        return House(pool=self.pool, now=lambda: self.at)

    async def queue(self, actor: Actor = LEEDS, **asked: object) -> QueuePage:
        return await act(self.house, actor, list_queue, ListQueue(**asked))  # type: ignore[arg-type]  # as a test names them


@pytest.fixture
def days(pool: Pool) -> Days:
    return Days(pool)


async def sent(days: Days, settler: Settler, n: int, **facts: object) -> Nsi:
    """A case transfer from York to Leeds unless it says else, confirmed."""
    who = {"crn": f"X90000{n}", "noms": None, "birth_date": date(1980, 1, n), "name": f"Robin Invented-{n}"}
    nsi = await prepared(days.house, settler, **(who | facts))
    await act(days.house, OPERATOR, confirm_nsi, ConfirmNsi(id=nsi.id))
    return nsi


def references(page: QueuePage) -> list[str]:
    return [row.reference for row in page.items]


async def test_the_queue_of_a_pdu_is_by_the_nearest_clock_and_says_whose_step_is_next(
    days: Days, settler: Settler
) -> None:
    late = await sent(days, settler, 1, move_on=date(2027, 3, 1))
    days.at += timedelta(days=5)
    high = await sent(days, settler, 2, move_on=date(2027, 3, 1))
    calm = await sent(days, settler, 3, move_on=date(2027, 3, 1), rosh="low", mappa=None)
    away = await sent(days, settler, 4, destination="YO1 9TL", sending="Leeds PDU", rosh="low", mappa=None)
    await sent(days, settler, 5, destination="YO1 9TL", sending="Hull and East Riding PDU", rosh="low", mappa=None)
    found = await days.queue()
    assert references(found)[:2] == [late.reference, high.reference]
    assert set(references(found)[2:]) == {calm.reference, away.reference}
    first = found.items[0]
    assert first.clock
    assert (first.clock.rule, first.clock.due, first.clock.state) == ("T-03", date(2026, 11, 23), "overdue")
    assert (first.receives, first.sends, first.owner_name) == (True, False, "Jo Example-York")
    assert (found.counts.overdue, found.counts.due, found.counts.high_risk) == (1, 1, 2)
    assert found.days[0].day == date(2026, 11, 23)
    assert references(await days.queue(side="sending")) == [away.reference]
    assert references(await days.queue(overdue=True)) == [late.reference]
    assert references(await days.queue(high_risk=True)) == [late.reference, high.reference]
    assert len((await days.queue(ACO)).items) == len((await days.queue(OPERATOR)).items) == 5
    assert len((await days.queue(OPERATOR, pdu="N55HER")).items) == 1
    assert len((await days.queue(HULL)).items) == 1
    pages = [await days.queue(limit=3)]
    pages.append(await days.queue(limit=3, cursor=pages[0].next))
    assert [one for page in pages for one in references(page)] == references(found)
    assert pages[1].next is None
    with pytest.raises(Invalid, match="as it came"):
        await days.queue(cursor="2026-99-01.1")


async def test_t_26_an_allocated_nsi_is_found_by_team_and_officer_and_shows_the_concerns_about_it(
    days: Days, settler: Settler
) -> None:
    nsi = await sent(days, settler, 1)
    other = await sent(days, settler, 2)
    await act(days.house, LEEDS, allocate_nsi, AllocateNsi(id=nsi.id, team="East", officer="Sam Invented"))
    await act(days.house, LEEDS, allocate_nsi, AllocateNsi(id=other.id, team="West"))
    await act(days.house, YORK, raise_concern, RaiseConcern(id=nsi.id, said="Nobody answers the telephone."))
    found = await days.queue()
    assert found.teams == ["East", "West"]
    assert [one.name for one in found.officers] == ["Sam Invented"]
    shown = await days.queue(officer=found.officers[0].code)
    assert references(shown) == references(await days.queue(team="East")) == [nsi.reference]
    assert (shown.items[0].escalations, shown.items[0].told) == (1, ["spo"])
    await act(days.house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    masked = (await days.queue(team="East")).items[0]
    assert (masked.name, masked.crn, masked.limited_access) == (None, None, True)


async def test_what_is_completed_stays_in_the_queue_as_long_as_a_clock_runs(days: Days, settler: Settler) -> None:
    nsi = await sent(days, settler, 1)
    gone = await sent(days, settler, 2)
    await act(days.house, YORK, record_status, RecordStatus(id=gone.id, status="withdrawn"))
    for status in ("received", "allocated", "in_progress"):
        await act(days.house, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))
    await close_mandatory(days.house, nsi.id)
    await act(days.house, LEEDS, record_status, RecordStatus(id=nsi.id, status="completed"))
    assert references(await days.queue()) == [nsi.reference]
    async with transaction(days.pool) as tx:
        await set_scope(tx, OPERATOR, "nation")
        await tx.execute("update nsi_clock set met_on = due where nsi_id = $1", nsi.id)
    assert references(await days.queue()) == []


@pytest.mark.parametrize("name", ["queue", "days", "holders"])
async def test_the_queue_can_do_without_reading_a_growing_table_from_end_to_end(pool: Pool, name: str) -> None:
    sql: str = getattr(queue.sql, name).sql
    given = ", ".join(["null"] * max(map(int, re.findall(r"\$(\d+)", sql))))
    async with transaction(pool) as tx:
        await set_scope(tx, LEEDS, "pdu")
        await tx.execute("set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan")
        await tx.execute(f"prepare looked_at as {sql}")
        plan = [row[0] for row in await tx.fetch(f"explain execute looked_at({given})")]
        await tx.execute("deallocate looked_at")
    growing = re.compile(r"Scan .*on (nsi|nsi_clock|nsi_escalation|nsi_pause|person|inbox)\b")
    pairs = zip(plan, [*plan[1:], ""], strict=True)
    scans = [line for line, after in pairs if growing.search(line) and "Cond" not in after and "Bitmap" not in line]
    assert scans == [], "\n".join(plan)
