"""Who receives, as the pages tell it: on a day, in one step from a choice, and why it is not simply the SPOC."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import httpx
import pytest

from bedspace.locator.absences import keep_absence
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from schemas.locator import CoverBy, KeepAbsence
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
    assert "receives" not in text_of(answer).partition("Find who receives")[2]
