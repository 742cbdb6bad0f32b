"""Premises in a browser, at a desk and on a telephone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]  # a page is looked at twice, and machines are busy


def test_from_the_list_to_premises_and_one_tap_confirms_them(open_page: Open) -> None:
    visit = open_page("administrator", scripts=False)
    page = visit.page
    visit.go("/premises")
    page.get_by_label("Name or code").fill("wakefield")
    page.get_by_role("button", name="Show these").click()
    page.get_by_role("link", name="Example House WAKEFIELD").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Example House WAKEFIELD")
    expect(page.get_by_text("2 beds were not confirmed since yesterday")).to_be_visible()
    page.get_by_role("button", name="All of it is right").click()
    expect(page.get_by_text("Every bed was confirmed today or yesterday")).to_be_visible()
    page.locator("#bed-WAKEFIELD-1 summary").click()
    page.get_by_role("link", name="Out of service bed WAKEFIELD-1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Take bed WAKEFIELD-1 out of service")


def test_the_pages_of_premises_have_no_violation_at_either_width(open_page: Open) -> None:
    visit = open_page("administrator")
    for name, path in (
        ("premises-list", "/premises"),
        ("premises", "/premises/LEEDS"),
        ("premises-details", "/premises/LEEDS/keep/details"),
        ("premises-close", "/premises/LEEDS/keep/close"),
        ("premises-history", "/premises/LEEDS/history"),
        ("premises-unconfirmed", "/premises/unconfirmed"),
    ):
        visit.go(path)
        expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
        visit.check(name)
