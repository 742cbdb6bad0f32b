"""Occupancy in a browser, at a desk and on a telephone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]  # a page is looked at twice, and machines are busy


def test_from_the_grid_to_the_calendar_of_premises_and_four_weeks_on(open_page: Open) -> None:
    visit = open_page("central_referral_unit", scripts=False)
    page = visit.page
    visit.go("/occupancy")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("region", name="Free beds of").get_by_role("link", name="Example House LEEDS").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Calendar of Example House LEEDS")
    expect(page.get_by_role("img", name="Beds and nights of Example House LEEDS")).to_be_visible()
    page.get_by_role("link", name="4 weeks later").click()
    assert "from=" in page.url
    expect(page.get_by_role("rowheader", name="LEEDS-1")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("calendar", "/premises/LEEDS/calendar?needs=step_free"),
        ("occupancy", "/occupancy"),
        ("nights-lost", "/occupancy/lost?by=premises"),
        ("weeks-to-come", "/occupancy/forecast"),
    ],
)
def test_the_pages_of_occupancy_have_no_violation_at_either_width(open_page: Open, name: str, path: str) -> None:
    visit = open_page("central_referral_unit")
    visit.go(path)
    expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    visit.check(name)
