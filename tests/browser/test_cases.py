"""The record of one person in a browser: from the NSI to the case, a contact, a registration; each page looked at."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.journeys.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ASKED = {
    "type": "case_transfer",
    "person": {"name": "Casey Invented", "crn": "Z981234", "birth_date": "1981-04-05"},
    "move_on": "2030-01-08",
    "destination": "YO1 9TL",
    "sending_pdu": "N55LEE",
    "rosh": "medium",
}


def test_a_case_is_read_from_its_nsi_and_kept_by_forms(open_page: Open, house_running: Running) -> None:
    with house_running.client("practitioner") as client:
        made = client.post("/api/v1/nsis", json=ASKED)
        assert made.status_code == 201, made.text
        nsi = made.json()["id"]
    visit = open_page("practitioner")
    page = visit.page
    visit.go(f"/nsis/{nsi}")
    page.get_by_role("link", name="Z981234").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Casey Invented")
    assert "Z981234" not in page.url
    visit.check("case-empty")
    page.get_by_role("link", name="Record a contact").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    visit.check("case-contact-fault")
    page.get_by_label("What kind of contact").select_option("appointment")
    for part, text in {"day": "20", "month": "11", "year": "2025", "time": "14:30"}.items():
        page.locator(f"[id='at-{part}']").fill(text)
    page.get_by_label("Unacceptable absence").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text(re.compile("1 unacceptable absence,"))).to_be_visible()
    case = page.url.partition("?")[0]
    for form, fields in (
        ("sentence", {"Order": "", "Which": "cpo", "Hours ordered (optional)": "100"}),
        ("registration", {"Risk of serious harm (RoSH)": "", "Level (optional)": "high"}),
    ):
        page.goto(f"{case}/{form}")
        for label, value in fields.items():
            field = page.get_by_label(label, exact=True)
            if not value:
                field.check()
            elif value.isdecimal():
                field.fill(value)
            else:
                field.select_option(value)
        if form == "sentence":
            for part, text in {"day": "5", "month": "1", "year": "2025"}.items():
                page.locator(f"[id='starts_on-{part}']").fill(text)
        page.locator("main button").click()
        expect(page.get_by_text("It is recorded.")).to_be_visible()
    expect(page.get_by_text("100 hours outstanding")).to_be_visible()
    visit.check("case")
    page.goto(f"{case}/needs")
    visit.check("case-needs")
    page.goto(f"{case}/contacts")
    visit.check("case-contacts")
