"""Premises as people see them, and what their staff change there."""

import re
from html import unescape

import httpx
import pytest

from gateway.access.act import House
from tests.api.serving import Served
from tests.pages.visitor import Visitor, heading, text_of, visiting
from tests.premises.making import keep, premises

DAY = {"from-day": "1", "from-month": "12", "from-year": "2026"}
CONTACT = {"name": "The office", "phone": "0113 496 0001", "email": "p034@probation.invalid", "hours": "Always"}
CLOSURE = DAY | {
    "reason": "lease",
    "approved_by": "Dee Invented",
    "approved_on-day": "20",
    "approved_on-month": "11",
    "approved_on-year": "2026",
    "reference": "D-17",
}


@pytest.fixture
async def leeds(served: Served, house: House) -> Served:
    """With the premises that the demo's staff keep."""
    await keep(house, premises("P034", [["step_free"], []]))
    return served


def stood(answer: httpx.Response) -> dict[str, str]:
    """What was in the form when it was opened, as a browser sends it back."""
    found = re.findall(r'<input type="hidden" name="(was-[^"]+)" value="([^"]*)"', answer.text)
    return {name: unescape(value) for name, value in found}


async def opened(visitor: Visitor, path: str, **fields: str | list[str]) -> httpx.Response:
    """The form at an address, sent with what stood in it but for what is given."""
    form = await visitor.get(path)
    assert form.status_code == 200, text_of(form)
    was = stood(form)
    typed = {name.removeprefix("was-"): value for name, value in was.items()}
    typed["characteristics"] = typed.get("characteristics", "").split()  # type: ignore[assignment]  # boxes
    on = re.search(r'name="on" value="([^"]*)"', form.text)
    assert on
    return await visitor.post(path.partition("?")[0], was | {"on": unescape(on[1])} | typed | fields)


async def test_the_list_filters_and_says_where_nothing_is(leeds: Served) -> None:
    async with visiting(leeds, "practitioner") as visitor:
        said = text_of(await visitor.get("/premises"))
        assert "Example House AP1" in said
        assert "2 not" in said
        assert "Example House AP1" not in text_of(await visitor.get("/premises?called=AP2"))
        assert "There are no premises like these" in text_of(await visitor.get("/premises?gender=female"))
        assert "There are no premises like these" in text_of(await visitor.get("/premises?pdu=N55LEE"))


async def test_others_read_everything_and_are_shown_no_way_to_change_it(leeds: Served) -> None:
    async with visiting(leeds, "practitioner") as visitor:
        answer = await visitor.get("/premises/P034")
        assert "Step-free" in text_of(answer)
        assert "It is not so" in text_of(answer)
        for words in ("All of it is right", "Add a bed", "Change details", "Beds out of service", "History"):
            assert words not in text_of(answer), words
        assert (await visitor.get("/premises/P034/keep/details")).status_code == 403
    async with visiting(leeds, "premises_staff") as visitor:
        assert "Add a bed" in text_of(await visitor.get("/premises/P034"))
        assert "Close the premises" not in text_of(await visitor.get("/premises/P034"))
        assert "Add a bed" not in text_of(await visitor.get("/premises/AP1"))
        assert (await visitor.get("/premises/AP1/keep/bed")).status_code == 404
        assert (await visitor.get("/premises/NONE")).status_code == 404
        assert (await visitor.get("/premises/P034/keep/nothing")).status_code == 404
        assert (await visitor.get("/premises/P034/keep/bed-close?on=AP1-1")).status_code == 404


async def test_one_tap_confirms_the_whole_and_a_report_is_shown_until_then(leeds: Served) -> None:
    async with visiting(leeds, "practitioner") as visitor:
        empty = await visitor.post("/premises/P034/keep/report", {"on": "P034-1"})
        assert empty.status_code == 422
        said = await visitor.post("/premises/P034/keep/report", {"on": "P034-1", "said": "The lift is broken"})
        assert "until they confirm the bed again" in text_of(said)
    async with visiting(leeds, "premises_staff") as visitor:
        assert "The lift is broken" in text_of(await visitor.get("/premises/P034"))
        one = text_of(await visitor.post("/premises/P034/beds/P034-1/confirm"))
        assert "1 bed was not confirmed since yesterday" in one
        assert "The lift is broken" not in one
        assert "Every bed was confirmed today or yesterday" in text_of(await visitor.post("/premises/P034/confirm"))
        assert "P034" not in text_of(await visitor.get("/premises/unconfirmed"))
        assert "AP1" in text_of(await visitor.get("/premises/unconfirmed"))


async def test_details_change_and_what_another_has_changed_meanwhile_stays(leeds: Served) -> None:
    async with visiting(leeds, "premises_manager") as visitor:
        path = "/premises/P034/keep/details"
        first = stood(await visitor.get(path))
        sooner = text_of(await opened(visitor, path, arrive_by="16:00"))
        assert "Arrive by 16:00 Leave by 12:00" in sooner
        typed = {name.removeprefix("was-"): value for name, value in first.items()} | {"depart_by": "11:00"}
        typed |= {"characteristics": ["catered"]}  # type: ignore[dict-item]  # boxes
        after = text_of(await visitor.post(path, first | typed))
        assert "Arrive by 16:00 Leave by 11:00" in after
        assert "Catered" in after
        assert "Nothing was changed" in text_of(await opened(visitor, path))
        for field, value, words in (
            ("arrive_by", "late", "Enter the hour as 17:00"),
            ("turnaround_nights", "99", "Enter a number of nights from 0 to 14"),
            ("postcode", "ZZ1 1ZZ", "ZZ1 1ZZ"),
            ("name", "", "Give this: Name"),
        ):
            wrong = await opened(visitor, path, **{field: value})
            assert wrong.status_code == 422
            assert words in text_of(wrong)
        history = text_of(await visitor.get("/premises/P034/history"))
        assert "Details changed" in history
        assert "The premises, leave by: was 12:00 → now 11:00" in history


async def test_rooms_and_beds_change_close_and_open(leeds: Served) -> None:
    async with visiting(leeds, "premises_staff") as visitor:
        said = text_of(await opened(visitor, "/premises/P034/keep/room?on=Room+2", characteristics=["en_suite"]))
        assert "Room 2 Change Room 2 En-suite" in said
        taken = await visitor.post("/premises/P034/keep/bed", {"bed": "P034-1", "room": "Room 1"})
        assert "has a bed P034-1 already" in text_of(taken)
        added: dict[str, str | list[str]] = {"bed": "P034-9", "room": "Room 9", "characteristics": ["step_free"]}
        assert "P034-9" in text_of(await visitor.post("/premises/P034/keep/bed", added))
        moved = await opened(visitor, "/premises/P034/keep/bed-move?on=P034-9", room="Room 1", rename_to="P034-8")
        assert "P034-8 Room 1" in text_of(moved)
        closed = text_of(await visitor.post("/premises/P034/keep/bed-close", DAY | {"on": "P034-8"}))
        assert "closes on 1 Dec 2026" in closed
        wrong = await visitor.post("/premises/P034/keep/bed-close", {**DAY, "on": "P034-8", "from-month": "13"})
        assert "Give a real date" in text_of(wrong)
        assert "1 bed is closed" in text_of(await visitor.post("/premises/P034/keep/bed-close", {"on": "P034-2"}))
        assert "is closed" not in text_of(await visitor.post("/premises/P034/keep/bed-open", {"on": "P034-2"}))


async def test_contacts_and_restrictions_are_kept_and_end(leeds: Served) -> None:
    async with visiting(leeds, "premises_staff") as visitor:
        wrong = await visitor.post("/premises/P034/keep/contact", CONTACT | {"on": "referral", "phone": "call us"})
        assert "Enter a telephone number" in text_of(wrong)
        assert "The office" in text_of(await visitor.post("/premises/P034/keep/contact", CONTACT | {"on": "referral"}))
        gone = await visitor.post("/premises/P034/keep/contact-remove", {"on": "referral"})
        assert "No contact is recorded" in text_of(gone)
        limit = DAY | {"characteristic": "catered", "reason": "The kitchen is rebuilt"}
        limited = await visitor.post("/premises/P034/keep/restrict", limit)
        assert "Not then: Catered , from 1 December 2026 on. The kitchen is rebuilt" in text_of(limited)
        on = re.search(r"restriction-end\?on=(\d+)", limited.text)
        assert on
        ended = await visitor.post("/premises/P034/keep/restriction-end", {"on": on[1]})
        assert "None now or to come" in text_of(ended)


async def test_a_bed_is_taken_out_of_service_revised_and_that_is_cancelled(leeds: Served) -> None:
    path = "/premises/P034/keep/out-of-service"
    until = {"until-day": "5", "until-month": "12", "until-year": "2026"}
    async with visiting(leeds, "premises_staff") as visitor:
        assert (await visitor.post(path, DAY | {"on": "P034-1", "reason": "deep_clean"})).status_code == 422
        fields = DAY | until | {"on": "P034-1", "reason": "deep_clean", "reference": "WO-7"}
        taken = await visitor.post(path, fields)
        assert "from 1 December 2026 until 5 December 2026: A deep clean (WO-7)" in text_of(taken)
        on = re.search(r"keep/outage\?on=([\d.]+)", taken.text)
        assert on
        later = fields | {"on": on[1], "until-day": "9"}
        assert "until 9 December 2026" in text_of(await visitor.post("/premises/P034/keep/outage", later))
        stale = await visitor.post("/premises/P034/keep/outage", later | {"until-day": "7"})
        assert stale.status_code == 422
        cancelled = await visitor.post("/premises/P034/keep/outage-cancel", {"on": on[1]})
        assert "None now or planned" in text_of(cancelled)


async def test_closing_premises_records_who_approved_it_and_is_withdrawn(leeds: Served) -> None:
    async with visiting(leeds, "premises_manager") as visitor:
        assert heading(await visitor.get("/premises/P034/keep/close")) == "Close the premises"
        missing = await visitor.post("/premises/P034/keep/close", CLOSURE | {"approved_by": ""})
        assert "Give this: The director who approved it" in text_of(missing)
        closed = text_of(await visitor.post("/premises/P034/keep/close", CLOSURE))
        assert "Closes on 1 December 2026" in closed
        assert "Approved by Dee Invented on 20 November 2026; on record as D-17." in closed
        assert "Closes on 1 Dec 2026" in text_of(await visitor.get("/premises?called=P034"))
        again = await visitor.post("/premises/P034/keep/close", CLOSURE)
        assert again.status_code == 422
        assert "Closes on" not in text_of(await visitor.post("/premises/P034/keep/reopen", {}))
