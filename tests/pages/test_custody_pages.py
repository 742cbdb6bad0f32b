"""Caretaking, both ends, components, challenges and the queue of the nation, as people see and use them."""

import re
from datetime import date
from uuid import UUID

import pytest

from gateway.access.act import House, act
from gateway.intake.settle import Settler
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.status import record_status
from schemas.nsis import ConfirmNsi, RecordStatus
from tests.api.serving import Served
from tests.messages import LEEDS, YORK, draft, reading, settled
from tests.pages.visitor import Visitor, hidden, text_of, visiting
from tests.transfers.test_responsible import later


@pytest.fixture
async def nsi(served: Served, house: House) -> UUID:
    """From York to Leeds, received, since the middle of November."""
    told = draft(rosh="low", move_on=date(2026, 11, 16))
    item = await settled(later(house, days=-9), Settler(served.opening.works.postcodes), reading(told))
    (made,) = item.nsi_ids
    await act(later(house, days=-8), YORK, confirm_nsi, ConfirmNsi(id=made))
    await act(later(house, days=-7), LEEDS, record_status, RecordStatus(id=made, status="received"))
    return made


async def sent(visitor: Visitor, path: str, **fields: str) -> str:
    """What the page after a form says."""
    form = await visitor.get(path)
    assert form.status_code == 200, text_of(form)
    return text_of(await visitor.post(path, hidden(form, path) | {name: [value] for name, value in fields.items()}))


def addressed(html: str, before: str) -> str:
    """The first id in an address that begins so."""
    found = re.search(rf'href="{before}([0-9a-f-]{{36}})', html)
    assert found
    return found[1]


async def shown(visitor: Visitor, path: str) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200
    return text_of(answer)


async def test_sys_18_a_challenge_is_raised_from_the_nsi_and_decided_in_the_queue_of_the_nation(
    served: Served, nsi: UUID
) -> None:
    async with visiting(served, "practitioner") as receiver, visiting(served, "national_lead") as lead:
        assert "Challenge it on risk" in await shown(receiver, f"/nsis/{nsi}")
        path = f"/nsis/{nsi}/challenge"
        assert "Give this: Reason" in await sent(receiver, path, said="A victim lives near.")
        said = await sent(receiver, path, reason="victim", said="A victim lives near.")
        assert "It is challenged. The national lead decides" in said
        assert "The national lead decides by 27 November 2026" in said
        queue = await lead.get("/national")
        assert f"/national/challenges/{nsi}" in queue.text
        decide = f"/national/challenges/{nsi}"
        assert "A victim lives near." in await shown(lead, decide)
        half = await sent(lead, decide, decision="goes_on", why="It is managed.", owner1="sending SPO")
        assert "Say what the condition is" in half
        none = await sent(lead, decide, decision="goes_on_with_conditions", why="It is managed.")
        assert "Name conditions where it goes on with conditions" in none
        done = await sent(
            lead,
            decide,
            decision="goes_on_with_conditions",
            why="It is managed.",
            title1="An exclusion zone is set",
            owner1="sending SPO",
        )
        assert "The challenge is decided. Both ends are told." in done
        assert "No challenge waits for a decision" in done
        assert "An exclusion zone is set" in await shown(receiver, f"/nsis/{nsi}")
        assert (await lead.get(decide)).status_code == 409
        assert (await receiver.get(decide)).status_code == 403


async def test_c_08_whoever_seeks_sees_how_the_search_of_the_nation_stands(served: Served, nsi: UUID) -> None:
    async with visiting(served, "practitioner") as seeker, visiting(served, "national_lead") as lead:
        assert "Nobody is hard to place just now" in await shown(lead, "/national")
        path = f"/nsis/{nsi}/hard-to-place"
        said = await sent(seeker, path, reason="victims", tried="Asked three PDUs.", needed="Nobody near.")
        assert "The person is in the queue of the nation" in said
        assert "nobody leads the search yet" in said
        queue = await lead.get("/national")
        assert "Nobody leads yet" in text_of(queue)
        one = f"/national/{addressed(queue.text, '/national/')}"
        assert "Asked three PDUs." in await shown(lead, one)
        assert "It is kept who leads" in await sent(lead, f"{one}/lead", leads="Nat Example, national office")
        assert "led by Nat Example" in await shown(seeker, f"/nsis/{nsi}")
        assert "The note is added." in await sent(seeker, f"{one}/note", said="Hull was asked too.")
        assert "placed" not in (await seeker.get(f"{one}/close")).text.partition("<form")[2].lower()
        assert "Give this: Outcome" in await sent(lead, f"{one}/close", said="With Hull.")
        assert "The search is closed" in await sent(lead, f"{one}/close", outcome="placed", said="With Hull.")
        assert (await lead.get(f"{one}/note")).status_code == 409
        assert "Placed" in await shown(lead, "/national?closed=1")
        assert (await seeker.get(f"{one}/lead")).status_code == 403


async def test_m_02_what_one_end_reports_shows_as_missing_at_the_other_until_it_does_too(
    served: Served, nsi: UUID
) -> None:
    async with visiting(served, "practitioner") as receiver, visiting(served, "national_lead") as lead:
        assert "Report that the person went" not in await shown(receiver, f"/nsis/{nsi}")
        day = {"on-day": "17", "on-month": "11", "on-year": "2026"}
        assert "On which day" in await sent(receiver, f"/nsis/{nsi}/came", **(day | {"on-month": "13"}))
        said = await sent(receiver, f"/nsis/{nsi}/came", **day)
        assert "It is reported that the person came." in said
        assert "Came, and nobody said went" in said
        ends = await shown(lead, "/ends?state=out_missing")
        assert "York to Leeds" in ends
        assert "12 of 12 regions reported throughout that people went" in ends
        assert "There is no such move" in await shown(lead, "/ends?state=both")
        wrong = await lead.get("/ends?from=soon")
        assert (wrong.status_code, "Give a day as 2026-12-31" in text_of(wrong)) == (422, True)
        first = {"from-day": "1", "from-month": "11", "from-year": "2026"}
        kept = await sent(lead, "/ends/not-reporting", region="N55", which="out", **first)
        assert "It is kept." in kept
        assert "Came; the other area does not report" in kept
        assert "11 of 12 regions reported throughout that people went" in kept
        again = {"on-day": "10", "on-month": "11", "on-year": "2026"}
        assert "It is kept." in await sent(lead, "/ends/reporting", region="N55", which="out", **again)
        assert "is not marked" in await sent(lead, "/ends/reporting", region="N55", which="in", **again)
        assert (await receiver.get("/ends/not-reporting")).status_code == 403


async def test_m_04_caretaking_is_recorded_counted_at_our_end_and_ended(served: Served, nsi: UUID) -> None:
    async with visiting(served, "practitioner") as ours:
        assert "We hold nobody for another PDU." in await shown(ours, "/caretaking")
        assert "Nobody with this CRN" in await sent(ours, "/caretaking/new", person="X000000", by_pdu="N55LEE")
        said = await sent(ours, "/caretaking/new", person="x123456", by_pdu="n55lee", reason="Until it is complete.")
        assert "The caretaking is recorded." in said
        assert "Held by us for others Person Held by Held for Since What to do Robin Invented" in said
        assert "Leeds (N55LEE) 1 0" in said
        page = await ours.get("/caretaking")
        end = f"/caretaking/{addressed(page.text, '/caretaking/')}/end"
        assert "Give a day after" in await sent(ours, end)
        assert "Caretaking" in await shown(ours, f"/nsis/{nsi}")
    async with visiting(served, "inspector") as looks:
        assert "Held for another PDU" in await shown(looks, "/caretaking?pdu=n55yrk")
        assert (await looks.get("/caretaking/new")).status_code == 403


async def test_c_24_components_are_named_and_decided_on_the_nsi(served: Served, nsi: UUID) -> None:
    async with visiting(served, "practitioner") as receiver:
        assert "No component is named" in await shown(receiver, f"/nsis/{nsi}")
        new = f"/nsis/{nsi}/components/new"
        assert "Give this: Title" in await sent(receiver, new, kind="order")
        court = "York Magistrates’ Court"
        said = await sent(receiver, new, kind="order", title="Community order", from_court=court)
        assert f"The originating court, {court}" in said
        said = await sent(receiver, new, kind="programme", title="Thinking skills")
        assert "The component is named, and to be decided." in said
        one = f"/nsis/{nsi}/components"
        assert "Name the court that sanctions it" in await sent(receiver, f"{one}/1", decision="transferred")
        assert "applied to" in await sent(receiver, f"{one}/1/apply", court="Leeds Magistrates’ Court")
        assert "It is left open" in await sent(receiver, f"{one}/1/leave-open", why="The court sits in January.")
        assert "goes on there since 22 Nov 2026" in await sent(receiver, f"{one}/2/start")
        assert "The receiving area" in await sent(receiver, f"{one}/2", decision="transferred", how="By both SPOs")
        assert (await receiver.get(f"{one}/9")).status_code == 404
