"""A placement as people make it on the pages, from the decision to the departure."""

import re
from typing import Any

import pytest

from gateway.store.database import Pool
from tests.api.serving import Served
from tests.pages.visitor import Visitor, heading, hidden, text_of, visiting

PERSON = {"name": "Callum Imaginary", "crn": "Z990001"}
DAY = {"arrives_on-day": "22", "arrives_on-month": "11", "arrives_on-year": "2026"}
WANTED = {"gender": "male", "type": "standard", "nights": "7", "risk_to_staff": "high", "ask": "P034"}
SHORT = {"short_notice_reason": "bail", "officer_email": "robin@probation.invalid", "officer_name": "Robin Invented"}


@pytest.fixture(autouse=True)
async def here(pool: Pool, served: Served) -> None:
    """The demo's premises staff work at P034; and a stay may begin today."""
    await pool.execute("update premises set code = 'P034' where code = 'AP1'")


async def decided(visitor: Visitor, **more: str) -> Any:
    return await visitor.post("/placements/new", {**PERSON, "suitable": "yes", "reason": "risk_of_harm", **more})


async def referred(visitor: Visitor, **more: str) -> str:
    """The path of a placement that asks P034."""
    who = {name: value for name, value in more.items() if name in PERSON}
    answer = await decided(visitor, **who)
    kept = {name: values[0] for name, values in hidden(answer, "/placements/refer").items()}
    answer = await visitor.post("/placements/refer", {**kept, **DAY, **WANTED, **SHORT, **more})
    found = re.search(r"/placements/[0-9a-f-]{36}", str(answer.url))
    assert found, text_of(answer)
    return found[0]


async def booked(served: Served) -> str:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor)
    async with visiting(served, "premises_manager") as visitor:
        fields = {"bed": "AP1-1", "checked_reason": "no_time", "checked_note": "Tonight"}
        answer = await visitor.post(f"{path}/accept", fields)
        assert "Accept: done" in text_of(answer), text_of(answer)
    return path


async def test_a_decision_that_approved_premises_do_not_suit_ends_it(served: Served, pool: Pool) -> None:
    async with visiting(served, "practitioner") as visitor:
        answer = await visitor.post(
            "/placements/new",
            {**PERSON, "suitable": "no", "reason": "accommodation_only", "pointed_to": "the council"},
        )
    assert "pointed to: the council" in text_of(answer)
    assert await pool.fetchval("select count(*) from placement") == 0


async def test_every_fault_of_a_form_is_told_at_its_field_and_what_was_typed_stays(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        answer = await visitor.post(
            "/placements/new", {"name": "Callum Imaginary", "crn": "nonsense", "suitable": "yes"}
        )
        assert answer.status_code == 422
        assert 'value="Callum Imaginary"' in answer.text
        assert 'href="#reason"' in answer.text
        kept = {name: values[0] for name, values in hidden(await decided(visitor), "/placements/refer").items()}
        wrong = {**DAY, "arrives_on-day": "31", **WANTED, "avoid-postcode": "BD1 1HX", "avoid-miles": "far"}
        answer = await visitor.post("/placements/refer", {**kept, **wrong})
        assert answer.status_code == 422
        for field in ("arrives_on-day", "avoid-postcode-1"):
            assert f'href="#{field}"' in answer.text or "Give a full postcode" in answer.text
        late = await visitor.post("/placements/refer", {**kept, **DAY, **WANTED})
        assert 'href="#short_notice_reason"' in late.text
        unknown = await visitor.post("/placements/refer", {**kept, **DAY, **WANTED, **SHORT, "ask": "P999"})
        assert "P999" in text_of(unknown)


async def test_a_referral_is_read_with_its_risk_first_and_accepted(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor, risk_note="Argues over shared kitchens")
    async with visiting(served, "premises_manager") as visitor:
        queue = await visitor.get("/referrals")
        assert path in queue.text
        page = await visitor.get(path)
        said = text_of(page)
        assert heading(page) == "Callum Imaginary"
        assert said.index("Risk to staff: high") < said.index("Where")
        assert "Argues over shared kitchens" in said
        unchecked = await visitor.post(f"{path}/accept", {"bed": "AP1-1"})
        assert unchecked.status_code == 422
        assert 'href="#checked_reason"' in unchecked.text
        done = await visitor.post(
            f"{path}/accept", {"bed": "AP1-1", "checked_reason": "no_time", "checked_note": "Tonight"}
        )
        assert "Booked" in text_of(done)
        assert "There is nothing to decide just now" in text_of(await visitor.get("/referrals"))


async def test_arrivals_and_departures_are_confirmed_together_and_a_reload_does_nothing_twice(served: Served) -> None:
    path = await booked(served)
    placement = path.rpartition("/")[2]
    async with visiting(served, "premises_manager") as visitor:
        today = await visitor.get("/today")
        assert "Callum Imaginary" in text_of(today)
        empty = await visitor.post("/premises/P034/today/arrivals", {"key": "k0"})
        assert "Tick at least one person" in text_of(empty)
        for _ in range(2):
            arrived = await visitor.post("/premises/P034/today/arrivals", {"key": "k1", "id": placement})
            assert "1 arrival is recorded." in text_of(arrived)
        extended = await visitor.post(
            f"{path}/extend", {"until-day": "1", "until-month": "12", "until-year": "2026", "note": ""}
        )
        assert "1 December 2026" in text_of(extended)
        refused = await visitor.post(f"{path}/extend", {"until-day": "31", "until-month": "2", "until-year": "2027"})
        assert "Give a real date" in text_of(refused)
        gone = await visitor.post(
            "/premises/P034/today/departures", {"key": "k2", "id": placement, f"reason-{placement}": "moved_on"}
        )
        assert "1 departure is recorded." in text_of(gone)
        assert "Departed" in text_of(await visitor.get(path))


async def test_what_cannot_be_done_now_says_why(served: Served) -> None:
    path = await booked(served)
    async with visiting(served, "premises_manager") as visitor:
        answer = await visitor.get(f"{path}/depart")
        assert answer.status_code == 409
        assert "arrive" in text_of(answer).lower()
        assert (await visitor.get(f"{path}/fly")).status_code == 404


async def test_premises_see_no_placement_of_others(served: Served, pool: Pool) -> None:
    path = await booked(served)
    await pool.execute("update premises set code = 'AP1' where code = 'P034'")
    async with visiting(served, "premises_manager") as visitor:
        assert (await visitor.get(path)).status_code == 404
        assert path not in (await visitor.get("/placements")).text


async def test_a_limited_access_person_is_named_on_no_page(served: Served, pool: Pool) -> None:
    path = await booked(served)
    async with pool.acquire() as connection, connection.transaction():
        for setting in ("bedspace.nation", "bedspace.everyone"):
            await connection.execute("select set_config($1, 'on', true)", setting)
        await connection.execute("update person set limited_access = true")
    async with visiting(served, "premises_manager") as visitor:
        for page in (path, "/placements", "/today", f"{path}/arrive"):
            answer = await visitor.get(page)
            assert "Imaginary" not in answer.text, page
            assert "Limited access" in answer.text, page


async def test_a_hit_leads_to_a_referral_that_knows_what_was_asked_for_and_nobody(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        found = await visitor.get("/find-a-bed?near=LS1+4AP&from=2027-01-11&nights=28&gender=male&needs=step_free")
        link = re.search(r'href="(/placements/new\?[^"]*ask=P034[^"]*)"', found.text)
        assert link
        begun = await visitor.get(link[1].replace("&amp;", "&"))
        assert ("ask", "P034") in {(k, v) for k, values in hidden(begun, "/placements/new").items() for v in values}
        second = await decided(visitor, **{k: v[0] for k, v in hidden(begun, "/placements/new").items()})
        assert 'value="P034"' in second.text
        assert 'value="28"' in second.text
        assert re.search(r'value="step_free"[^>]* checked', second.text)


async def test_a_bed_is_searched_for_a_placement_and_offered_from_the_results(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor, near="LS1 4AP")
        fields = hidden(await visitor.get(path), "/find-a-bed")
        assert fields["placement"] == [path.rpartition("/")[2]]
        results = await visitor.post("/find-a-bed", {name: values for name, values in fields.items() if name[0] != "_"})
        assert "Offer this bed" in results.text
        shown = results.text.replace(f'href="{path}/meetings"', "")
        assert path.rpartition("/")[2] not in re.sub(r'(value|action)="[^"]*"', "", shown)
        offer = hidden(results, f"{path}/offer")
        offered = await visitor.post(f"{path}/offer", {"bed": offer["bed"][0], "key": offer["key"][0]})
        assert "Bed offered" in text_of(offered)
