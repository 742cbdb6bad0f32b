"""Who receives, as the pages tell it: on a day, in one step from a choice, and why it is not simply the SPOC."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import httpx
import pytest

from bedspace.locator.absences import keep_absence
from bedspace.locator.invented import demo_spocs
from bedspace.locator.spocs import end_spoc, keep_spocs
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from schemas.locator import CoverBy, EndSpoc, KeepAbsence
from tests.api.serving import Served
from tests.pages.visitor import text_of, visiting

DEPUTY = CoverBy(
    kind="deputy",
    name="Dep Invented",
    email="dep@pdu.invalid",
    phone="01632 960111",
    hours="9 to 5",
    team="Transfers",
    out_of_hours="the duty desk",
)


def to(answer: httpx.Response, words: str) -> str:
    """Where a link with these words leads."""
    found = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>\s*{re.escape(words)}\s*</a>', answer.text)
    assert found, f"no link “{words}”: {text_of(answer)}"
    return unescape(found[1])


@pytest.fixture
async def away(pool: Pool, house: House, now: datetime) -> date:
    """The SPOC of Leeds is absent, covered by a deputy, from today until this day."""
    back = now.date() + timedelta(days=10)
    spoc = await pool.fetchval("select id from spoc where pdu_code = 'N55LEE' and purpose = 'transfer'")
    await act(house, OPERATOR, keep_absence, KeepAbsence(spoc=spoc, from_=now.date(), until=back, cover=DEPUTY))
    return back


async def test_a_misspelt_name_is_answered_in_one_step(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        asked = await visitor.get("/locate?near=Leeeds&purpose=victim&on=2026-12-01")
        assert asked.status_code == 422
        there = await visitor.get(to(asked, "Leeds"))
    assert "Leeds PDU receives" in text_of(there)
    assert 'value="victim" selected' in there.text
    assert "On 1 December 2026" in text_of(there)


async def test_a_candidate_of_several_is_answered_in_one_step(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        asked = await visitor.get("/locate?near=Birmingham")
        name = re.findall(r"<h3[^>]*><a [^>]*>([^<]*)</a>", asked.text)[0]
        there = await visitor.get(to(asked, unescape(name)))
        assert f"{unescape(name)} receives" in text_of(there)
        assert "More than one PDU" not in text_of(there)
        stranger = await visitor.get("/locate?near=Birmingham&pdu=N55LEE")
    assert "More than one PDU" in text_of(stranger)


async def test_cover_is_said_in_words_with_whom_to_call_at_other_hours(served: Served, away: date) -> None:
    async with visiting(served, "practitioner") as visitor:
        now = text_of(await visitor.get("/locate?near=LS1+4AP"))
        later = text_of(await visitor.get(f"/locate?near=LS1+4AP&on-day={away.day}&on-month={away.month}&on-year=2026"))
    for words in ("is absent until", "The deputy answers.", "A deputy, for the SPOC", "At other hours: the duty desk"):
        assert words in now
    assert "is absent" not in later
    assert "Nobody has said whom to call" in later


@pytest.mark.parametrize("day", ["on-day=31&on-month=2&on-year=2026", "on=nonsense", "on=0001-01-01"])
async def test_a_day_that_is_none_is_told_at_its_field(served: Served, day: str) -> None:
    async with visiting(served, "practitioner") as visitor:
        answer = await visitor.get(f"/locate?near=LS1+4AP&{day}")
    assert answer.status_code == 422
    assert 'href="#on-day"' in answer.text
    assert "PDU receives" not in text_of(answer)


async def test_every_gap_is_told_on_a_day_with_who_answers_and_can_be_narrowed(
    served: Served, pool: Pool, house: House, now: datetime
) -> None:
    await act(house, OPERATOR, keep_spocs, demo_spocs())
    kept = await pool.fetch(
        "select purpose, id from spoc where pdu_code = 'N55LEE' and kind = 'spoc' and not isempty(valid)"
    )
    spocs = {row["purpose"]: row["id"] for row in kept}
    leave = KeepAbsence(spoc=spocs["victim"], from_=now.date(), until=now.date() + timedelta(days=3))
    await act(house, OPERATOR, keep_absence, leave)
    await act(house, OPERATOR, end_spoc, EndSpoc(spoc=spocs["mappa"], on=now.date() + timedelta(days=9)))
    async with visiting(served, "practitioner") as visitor:
        way = to(await visitor.get("/locate"), "Where nobody receives")
        said = text_of(await visitor.get(way))
        assert "2 gaps, the worst first" in said
        assert re.search(r"Leeds \S.*Absent Victim contact", said)
        assert "The SPOC, until then" in said
        assert "2 gaps" not in text_of(await visitor.get(f"{way}?kind=ending&region=N55"))
        assert "No gap like this" in text_of(await visitor.get(f"{way}?kind=nobody"))
        later = text_of(await visitor.get(f"{way}?on={now.date() + timedelta(days=9)}"))
        assert "Standing in MAPPA The contact for transfers" in later
        assert (await visitor.get(f"{way}?on-day=31&on-month=2&on-year=2026")).status_code == 422
        assert (await visitor.get(f"{way}?after=99999&region=XX")).status_code == 200


async def test_a_nation_without_contacts_is_told_page_by_page(served: Served, pool: Pool) -> None:
    await pool.execute("update spoc set valid = 'empty'")
    async with visiting(served, "practitioner") as visitor:
        first = await visitor.get("/locate/coverage")
        second = await visitor.get(unescape(re.findall(r'href="([^"]*after=40)"', first.text)[0]))
    assert "Nobody answers at all" in text_of(first)
    assert text_of(first).partition("worst first")[2] != text_of(second).partition("worst first")[2]
