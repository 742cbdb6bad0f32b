"""Whom a person must not meet, in a browser: not checked, recorded, checked and ended; each page looked at."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_placements import decide, want

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_pair_is_recorded_a_check_is_made_and_the_pair_is_ended(open_page: Open) -> None:
    visit = open_page("practitioner")
    page = visit.page
    visit.go("/placements/new")
    decide(page)
    page.get_by_role("button", name="Record the decision and go on").click()
    want(page)
    page.get_by_label("Premises to ask (optional)").fill("")
    page.get_by_role("button", name="Make the referral").click()
    page.get_by_role("link", name="Who they must not meet, and checks").click()
    visit.check("meetings-not-checked")
    page.get_by_role("button", name="Record somebody").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    visit.check("meetings-record-fault")
    page.get_by_label("CRN of the other person").fill("Z990002")
    page.get_by_label("Why they must not meet").select_option("non_associate")
    page.get_by_label("Who says so").select_option("prison")
    page.get_by_label("Note (optional)").fill("Both wings know")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("It is recorded that they must not meet.")).to_be_visible()
    page.get_by_role("button", name="Record a check").click()
    visit.check("meetings-check")
    page.get_by_label("The prison").check()
    page.get_by_label("Checked: whoever there is, is recorded").check()
    page.get_by_role("button", name="Record the check").click()
    expect(page.get_by_text("The check is recorded.")).to_be_visible()
    visit.check("meetings-checked")
    address = page.url.partition("?")[0]
    visit = open_page("spo")
    page = visit.page
    page.goto(address)
    page.get_by_role("link", name="They may meet: end this").click()
    visit.check("meetings-end")
    page.get_by_label("Why they may meet, or that it was an error").fill("Reconciled")
    page.get_by_role("button", name="End it").click()
    page.get_by_text("What counts no more (1)").click()
    expect(page.get_by_text("Reconciled")).to_be_visible()
    visit.check("meetings-ended")
