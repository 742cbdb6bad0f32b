"""M-02, M-06: both ends of every move, and an end that is missing apart from one that an area does not report."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.delivery.compose import WriteLetter, Writer
from gateway.intake.settle import Settler
from gateway.store.database import Pool
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.end_chases import chase_end
from gateway.transfers.ends import end_not_reporting, list_ends, mark_not_reporting, report_end
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from gateway.worker.clocks import ask_for_ends
from schemas.ends import ChaseEnd, EndNotReporting, Ends, EndsPage, ListEnds, MarkNotReporting, ReportEnd, Which
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.nsis import ConfirmNsi, Nsi, ReadNsi, RecordStatus
from tests.messages import HULL, LEEDS, YORK, prepared
from tests.transfers.test_responsible import later

LEAD = demo_actor("national_lead")
ACO = Actor(id="aco-n55", name="Lee Example", role="aco", regions=("N55",))
GONE = date(2026, 11, 16)
"""A Monday."""


@pytest.fixture
async def nsi(house: House, settler: Settler) -> Nsi:
    made = await prepared(later(house, days=-9), settler, rosh="low", move_on=GONE)
    await act(later(house, days=-8), YORK, confirm_nsi, ConfirmNsi(id=made.id))
    return made


async def says(house: House, actor: Actor, nsi: Nsi, which: Which, on: date | None = GONE) -> Ends:
    return (await act(house, actor, report_end, ReportEnd(id=nsi.id, which=which, on=on))).ends


async def page(house: House, actor: Actor = LEAD, **asked: Any) -> EndsPage:
    return await act(house, actor, list_ends, ListEnds(**asked))


def at(house: House, day: int, hour: int = 9, month: int = 11) -> House:
    return House(pool=house.pool, now=lambda: datetime(2026, month, day, hour, tzinfo=UTC))


async def seen(house: House, nsi: Nsi) -> Nsi:
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))


async def test_m_02_each_end_reports_its_own_and_both_make_a_move(house: House, nsi: Nsi) -> None:
    assert (await says(house, YORK, nsi, "out")).state == "in_missing"
    for _ in range(2):
        both = await says(house, LEEDS, nsi, "in", date(2026, 11, 17))
    assert both == Ends(out_on=GONE, in_on=date(2026, 11, 17), state="both")
    lines = [line.what for line in (await seen(house, nsi)).history if "Reported by an end" in line.what]
    assert lines == [
        "Reported by an end of the move: The person went on 16 November 2026.",
        "Reported by an end of the move: The person came on 17 November 2026.",
    ]


async def test_m_02_an_end_is_corrected_by_whoever_reported_it(house: House, nsi: Nsi) -> None:
    await says(house, YORK, nsi, "out")
    assert (await says(house, YORK, nsi, "out", date(2026, 11, 17))).out_on == date(2026, 11, 17)
    assert "It was said to be on 16 November 2026." in str((await seen(house, nsi)).history)


@pytest.mark.parametrize(
    ("actor", "which", "on", "error", "said"),
    [
        (LEEDS, "out", GONE, NotAllowed, "the person went is reported by the sending end"),
        (YORK, "in", GONE, NotAllowed, "the person came is reported by the receiving end"),
        (HULL, "in", GONE, NotThere, "no such NSI"),
        (YORK, "out", date(2026, 11, 23), Invalid, "on: Give today"),
        (YORK, "out", date(2026, 11, 19), Invalid, "on: They came on 18 November 2026"),
    ],
)
async def test_what_an_end_cannot_say_is_refused_and_nothing_is_kept(
    house: House, nsi: Nsi, actor: Actor, which: Which, on: date, error: type[Exception], said: str
) -> None:
    await says(house, LEEDS, nsi, "in", date(2026, 11, 18))
    with pytest.raises(error, match=said):
        await says(house, actor, nsi, which, on)
    assert (await seen(house, nsi)).ends.state == "out_missing"


async def test_nobody_moves_by_an_nsi_that_was_withdrawn(house: House, nsi: Nsi) -> None:
    await act(house, YORK, record_status, RecordStatus(id=nsi.id, status="withdrawn"))
    with pytest.raises(Conflict, match="is withdrawn: nobody moves by it"):
        await says(house, YORK, nsi, "out")


async def test_m_06_an_out_without_an_in_is_asked_for_once_a_step_and_not_at_night(
    house: House, pool: Pool, nsi: Nsi
) -> None:
    await says(house, YORK, nsi, "out")
    assert [await ask_for_ends(at(house, day, hour)) for day, hour in ((19, 9), (20, 4), (21, 9))] == [0, 0, 0]
    for hour in (9, 10):
        assert await ask_for_ends(at(house, 20, hour)) == (hour == 9)
    days = ((27, 11), (1, 12), (15, 12), (16, 12))
    assert [await ask_for_ends(at(house, day, month=month)) for day, month in days] == [0, 1, 1, 0]
    assert await pool.fetchval("select count(*) from outbox where purpose = 'end_missing_to_receiving'") == 3
    assert await pool.fetchval("select count(*) from outbox where purpose = 'end_missing_to_sending'") == 0
    writer = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=False)
    letter = await act(
        house, GATEWAY, writer.write, WriteLetter(purpose="end_missing_to_receiving", subject=f"nsi:{nsi.id}")
    )
    assert (letter.to, "Robin" in str(letter)) == ("n55lee@spoc.invalid", False)
    (question,) = (await seen(house, nsi)).questions
    assert (question.kind, question.said) == (
        "out_without_in",
        "The person went on 16 November 2026, and nobody has reported that the person came.",
    )


async def test_m_06_an_in_without_an_out_is_asked_of_the_sending_end_until_it_is_reported(
    house: House, pool: Pool, nsi: Nsi
) -> None:
    await says(house, LEEDS, nsi, "in")
    assert await ask_for_ends(at(house, 20)) == 1
    assert await pool.fetchval("select count(*) from outbox where purpose = 'end_missing_to_sending'") == 1
    assert (await act(at(house, 20), GATEWAY, chase_end, ChaseEnd(id=nsi.id))).count == 0
    await says(house, YORK, nsi, "out")
    assert [one.answer for one in (await seen(house, nsi)).questions] == ["It is reported now."]
    assert await ask_for_ends(at(house, 1, month=12)) == 0


async def test_m_02_an_area_that_does_not_report_stands_apart_from_what_is_missing(house: House, nsi: Nsi) -> None:
    await says(house, YORK, nsi, "out")
    before = await page(house)
    assert (before.counts["in_missing"], before.counts["in_not_reporting"]) == (1, 0)
    assert (before.reported.out, before.reported.in_) == (before.reported.of, before.reported.of)
    mark = MarkNotReporting(region="n55", which="in", from_=date(2026, 11, 1))
    assert (await act(house, ACO, mark_not_reporting, mark)).name == "Yorkshire and The Humber"
    after = await page(house)
    assert (after.counts["in_missing"], after.counts["in_not_reporting"]) == (0, 1)
    assert (after.reported.in_, after.reported.out) == (after.reported.of - 1, after.reported.of)
    region = next(row for row in after.regions if row.code == "N55")
    assert (region.out, region.in_, region.in_missing, region.reports_in, region.reports_out) == (1, 0, 0, False, True)
    assert [(one.region, one.which) for one in after.not_reporting] == [("N55", "in")]
    assert await ask_for_ends(at(house, 20)) == 0
    await act(house, LEAD, end_not_reporting, EndNotReporting(region="N55", which="in", on=date(2026, 11, 10)))
    assert (await page(house)).counts["in_missing"] == 1


async def test_c_23_a_move_between_pdus_of_one_region_counts_at_both_ends(house: House, nsi: Nsi) -> None:
    await says(house, YORK, nsi, "out")
    await says(house, LEEDS, nsi, "in")
    found = await page(house)
    region = next(row for row in found.regions if row.code == "N55")
    assert (region.out, region.in_, found.counts["both"]) == (1, 1, 1)
    assert [(row.reference, row.state) for row in found.items] == [(nsi.reference, "both")]
    for asked in ({"pdu": "N55HER"}, {"until": GONE}, {"state": "neither"}):
        assert (await page(house, **asked)).items == []
    assert (await page(house, HULL)).items == []
    assert [row.code for row in (await page(house, YORK)).regions] == ["N55"]


async def test_m_06_historic_imports_chase_nobody(house: House, pool: Pool, nsi: Nsi) -> None:
    await says(house, YORK, nsi, "out")
    async with pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        await tx.execute("update nsi set quiet = true where id = $1", nsi.id)
    assert await ask_for_ends(at(house, 20)) == 0
    assert (await act(at(house, 20), GATEWAY, chase_end, ChaseEnd(id=nsi.id))).count == 0
    assert (await page(house)).counts["in_missing"] == 1


@pytest.mark.parametrize(
    ("verb", "command", "error", "said"),
    [
        (mark_not_reporting, MarkNotReporting(region="X99", which="in", from_=GONE), NotThere, "no such region"),
        (mark_not_reporting, MarkNotReporting(region="N07", which="in", from_=GONE), NotAllowed, "says of itself"),
        (
            mark_not_reporting,
            MarkNotReporting(region="N55", which="in", from_=GONE, until=GONE),
            Invalid,
            "until: Give a day after",
        ),
        (end_not_reporting, EndNotReporting(region="N55", which="in", on=GONE), Conflict, "is not marked"),
        (list_ends, ListEnds(from_=GONE, until=GONE), Invalid, "until: Give a day after"),
        (list_ends, ListEnds(cursor="x"), Invalid, "cursor"),
    ],
)
async def test_what_cannot_be_said_of_regions_is_refused(
    house: House, verb: Any, command: Any, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await act(house, ACO, verb, command)


async def test_a_region_is_marked_once_for_a_day(house: House) -> None:
    mark = MarkNotReporting(region="N55", which="out", from_=GONE)
    await act(house, LEAD, mark_not_reporting, mark)
    with pytest.raises(Conflict, match="is marked for some of these days already"):
        await act(house, ACO, mark_not_reporting, mark)
