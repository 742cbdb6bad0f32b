"""A placement in a browser: referred, accepted, arrived, departed; each page looked at."""

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest
from playwright.sync_api import Page, expect

from bedspace.nights import london_today
from tests.browser.conftest import Open
from tests.journeys.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module", autouse=True)
def premises_of_the_demo(house_running: Running) -> None:
    """The demo's premises staff work at P034: it is what WAKEFIELD is called here."""

    async def rename() -> None:
        connection = await asyncpg.connect(house_running.facts()["database_url"])
        await connection.execute("update premises set code = 'P034' where code = 'WAKEFIELD'")
        await connection.close()

    asyncio.run(rename())


def decide(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Callum Imaginary")
    page.get_by_label("CRN (optional)").fill("Z990001")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Because").select_option("risk_of_harm")


def want(page: Page) -> None:
    today = london_today(datetime.now(UTC))
    for part, value in (("day", today.day), ("month", today.month), ("year", today.year)):
        page.locator(f"#arrives_on-{part}").fill(str(value))
    page.get_by_label("Men", exact=True).check()
    page.get_by_label("How many nights (optional)").fill("28")
    page.get_by_label("Premises to ask (optional)").fill("P034")
    page.get_by_label("Risk to staff (optional)").select_option("high")
    page.get_by_label("Why it is at short notice (optional)").select_option("bail")


def test_a_placement_from_the_referral_to_the_departure(open_page: Open) -> None:
    visit = open_page("practitioner")
    visit.go("/placements/new")
    visit.check("placement-suitability")
    visit.page.get_by_role("button", name="Record the decision and go on").click()
    expect(visit.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    visit.check("placement-suitability-fault")
    decide(visit.page)
    visit.page.get_by_role("button", name="Record the decision and go on").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("What is wanted")
    visit.check("placement-refer")
    want(visit.page)
    visit.page.get_by_role("button", name="Make the referral").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Callum Imaginary")
    visit.check("placement-referred")

    visit = open_page("premises_manager")
    page = visit.page
    visit.go("/referrals")
    visit.check("referrals")
    page.get_by_role("button", name="Accept").first.click()
    visit.check("placement-accept")
    page.locator("#bed").fill("WAKEFIELD-1")
    page.locator("#checked_reason").select_option("no_time")
    page.locator("#checked_note").fill("Tonight")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accept: done.")).to_be_visible()
    visit.go("/today")
    visit.check("today")
    box = page.locator("input[id^=arrive-]").first
    if not box.is_checked():
        box.check()
    page.get_by_role("button", name="Confirm these arrivals").click()
    expect(page.get_by_text("1 arrival is recorded.")).to_be_visible()
    visit.go("/placements")
    visit.check("placements")
    page.get_by_role("link", name="Callum Imaginary").first.click()
    page.get_by_role("button", name="Record the departure").click()
    visit.check("placement-depart")
    page.get_by_label("Reason").select_option("moved_on")
    page.get_by_role("button", name="Record the departure").click()
    expect(page.get_by_text("Record the departure: done.")).to_be_visible()
    visit.check("placement-departed")


def test_without_scripts_it_works_as_well(open_page: Open) -> None:
    visit = open_page("premises_manager", scripts=False)
    visit.go("/today")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Arrivals and departures")
