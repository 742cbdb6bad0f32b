"""Releases in a browser: a notice with a fault and without, the release, the board; a transfer pack; the briefing."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from bedspace.nights import london_today
from tests.browser.conftest import Open
from tests.journeys.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def fill_notice(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Zebedee Imaginary")
    page.get_by_label("CRN (optional)").fill("X970001")
    page.get_by_label("Release", exact=True).check()
    soon = london_today(datetime.now(UTC)) + timedelta(days=3)
    for part, value in (("day", soon.day), ("month", soon.month), ("year", soon.year)):
        page.locator(f"#release_on-{part}").fill(str(value))


def an_nsi(running: Running) -> str:
    soon = (london_today(datetime.now(UTC)) + timedelta(days=40)).isoformat()
    person = {"name": "Paper Imaginary", "crn": "X970002", "birth_date": "1980-01-01"}
    asked = {"type": "case_transfer", "person": person, "move_on": soon, "destination": "BD1 1HY", "rosh": "medium"}
    with running.client("practitioner") as client:
        made = client.post("/api/v1/nsis", json=asked)
        assert made.status_code == 201, made.text
        nsi = made.json()["id"]
        sent = client.post(f"/api/v1/nsis/{nsi}/paper/sent", json={"carrier": "Courier"})
        assert sent.status_code == 200, sent.text
        return str(nsi)


def test_a_notice_a_release_the_board_a_pack_and_the_briefing(open_page: Open, house_running: Running) -> None:
    visit = open_page("prison_staff")
    page = visit.page
    visit.go("/releases/new")
    fill_notice(page)
    page.get_by_role("button", name="See who receives").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    visit.check("release-notice-fault")
    page.locator("#near").fill("LS1 4AP")
    page.get_by_role("button", name="See who receives").click()
    expect(page.get_by_role("heading", name="Leeds PDU receives")).to_be_visible()
    visit.check("release-check")
    page.get_by_role("button", name="Give notice").click()
    expect(page.get_by_text("The notice is given.")).to_be_visible()
    visit.check("release")
    page.get_by_role("button", name="Change of mind").click()
    visit.check("release-act")
    visit.go("/releases")
    expect(page.get_by_role("link", name="Zebedee Imaginary")).to_be_visible()
    visit.check("releases")
    visit = open_page("practitioner")
    visit.go(f"/nsis/{an_nsi(house_running)}/pack")
    expect(visit.page.get_by_text("With Courier", exact=True)).to_be_visible()
    visit.check("pack")
    visit = open_page("national_lead")
    visit.go("/briefing")
    visit.check("briefing")
