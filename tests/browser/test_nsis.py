"""NSIs in a browser: raised, found in the queue by clock, looked at, and an action closed by its evidence."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from bedspace.nights import london_today
from tests.browser.conftest import Open
from tests.browser.visit import Visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def give(visit: Visit, **typed: str) -> None:
    on = london_today(datetime.now(UTC)) + timedelta(days=4)
    fields = {"name": "Maeve Imaginary", "crn": "Z990077", "destination": "LS1 4AP"}
    fields |= {"move_on-day": str(on.day), "move_on-month": str(on.month), "move_on-year": str(on.year)}
    for name, text in (fields | typed).items():
        visit.page.locator(f"#{name}").fill(text)
    visit.page.get_by_label("Case transfer", exact=True).check()
    visit.page.locator("#rosh").select_option("high")


def test_an_nsi_is_raised_found_by_its_clock_and_an_action_closed_by_its_evidence(open_page: Open) -> None:
    visit = open_page("practitioner", scripts=False)
    page = visit.page
    visit.go("/nsis/new")
    give(visit, pnc="2003/0011985A")
    page.get_by_role("button", name="See what follows").click()
    expect(page.locator("#pnc-error")).to_contain_text("check letter")
    page.locator("#pnc").fill("")
    page.get_by_role("button", name="See what follows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before you raise it")
    page.get_by_role("button", name="Raise it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maeve Imaginary")
    nsi = page.url.partition("?")[0].rpartition("/")[2]

    visit = open_page("spoc")
    page = visit.page
    visit.go("/nsis/new")
    visit.check("nsi-raise")
    give(visit, destination="Birmingham")
    page.get_by_role("button", name="See what follows").click()
    expect(page.get_by_text("Which of these is it?")).to_be_visible()
    visit.check("nsi-raise-fault")
    give(visit)
    page.get_by_role("button", name="See what follows").click()
    visit.check("nsi-raise-check")
    visit.go("/nsis?side=receiving&high=1")
    visit.check("nsi-queue")
    page.get_by_role("link", name="Maeve Imaginary").click()
    visit.check("nsi-whole")
    page.get_by_role("button", name="Receive it").click()
    visit.check("nsi-receive")
    page.get_by_role("button", name="Receive it").click()
    expect(page.get_by_text("It is received.")).to_be_visible()
    page.get_by_role("link", name="Ask for the police checks").click()
    page.locator("#force").select_option("west_yorkshire")
    page.get_by_role("button", name="It is done").click()
    expect(page.locator("#asked_on-error")).to_be_visible()
    visit.check("nsi-evidence-fault")
    page.get_by_role("button", name="Keep this, it is not done yet").click()
    expect(page.get_by_text("The line is still open.")).to_be_visible()

    visit.go("/police-checks")
    visit.check("police-checks")

    visit = open_page("national_lead")
    visit.go(f"/nsis/{nsi}/review")
    visit.check("nsi-review")
