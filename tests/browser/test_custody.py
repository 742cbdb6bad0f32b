"""Whose case it is, in a browser: caretaking, components, a challenge decided, the queue of the nation, both ends."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.journeys.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def received(running: Running) -> str:
    """The path of an NSI from Leeds to Leeds, so that one account is at both ends."""
    today = datetime.now(UTC).date()
    person = {"name": "Wanda Invented", "crn": "X990001", "birth_date": "1980-01-01", "gender": "male"}
    sent = {"type": "case_transfer", "person": person, "move_on": str(today + timedelta(days=30)), "rosh": "low"}
    with running.client("practitioner") as client:
        made = client.post("/api/v1/nsis", json=sent | {"destination": "LS1 4AP"})
        assert made.status_code == 201, made.text
        path = f"/nsis/{made.json()['id']}"
        assert client.post(f"/api/v1{path}/status", json={"status": "received"}).status_code == 200
    return path


def test_a_challenge_from_the_nsi_to_its_decision_and_who_is_hard_to_place(
    open_page: Open, house_running: Running
) -> None:
    path = received(house_running)
    ours, lead = open_page("practitioner"), open_page("national_lead")
    lead.go("/national")
    lead.check("national-empty")
    page = ours.page
    for act, fields in (
        ("challenge", {"said": "A victim lives near."}),
        ("hard-to-place", {"tried": "Three PDUs.", "needed": "Nobody near."}),
    ):
        ours.go(f"{path}/{act}")
        page.locator("main form button").first.click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        ours.check(f"nsi-{act}-fault")
        page.locator("#reason").select_option(index=1)
        for name, text in fields.items():
            page.locator(f"#{name}").fill(text)
        page.locator("main form button").first.click()
        expect(page.get_by_role("heading", name="Success").or_(page.get_by_text("Done").first)).to_be_visible()
    ours.go(f"{path}/components/new")
    page.locator("#kind").select_option("order")
    page.locator("#title").fill("Community order")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Community order").click()
    ours.check("component")
    ours.go(path)
    ours.check("nsi-custody")
    lead.go("/national")
    lead.check("national")
    lead.page.get_by_role("link", name=re.compile("Decide it")).click()
    lead.check("adjudicate")
    lead.page.get_by_label("It goes on", exact=True).check()
    lead.page.locator("#why").fill("It is managed there.")
    lead.page.get_by_role("button", name="Decide it").click()
    expect(lead.page.get_by_text("The challenge is decided.")).to_be_visible()
    lead.page.get_by_role("link", name="Wanda Invented").click()
    lead.check("national-search")
    lead.page.get_by_role("button", name="Close it").click()
    lead.check("national-close")


def test_caretaking_and_both_ends(open_page: Open, house_running: Running) -> None:
    visit = open_page("practitioner")
    visit.go("/caretaking")
    visit.check("caretaking-empty")
    visit.go("/caretaking/new")
    visit.page.get_by_role("button", name="Record it").click()
    expect(visit.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    visit.check("caretaking-fault")
    lead = open_page("national_lead")
    lead.go("/ends")
    lead.check("ends")
    lead.go("/ends/not-reporting")
    lead.check("ends-not-reporting")
