"""The waiting list in a browser: put on it, a bed proposed, refused with a reason, offered."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.journeys.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def refer(running: Running, n: int, **given: object) -> str:
    """A referral that asks nobody; answer its reference."""
    person = {"name": "Wanda Invented", "crn": f"X98{n:04}", "birth_date": "1980-01-01"}
    with running.client("practitioner") as client:
        decided = {"person": person, "suitable": True, "reason": "risk_of_harm"}
        assert client.post("/api/v1/suitability", json=decided).status_code == 201
        asked = {"person": person, "gender": "male", "arrives_on": "2027-06-01", "nights": 28, **given}
        made = client.post("/api/v1/placements", json=asked)
        assert made.status_code == 201, made.text
        return str(made.json()["reference"])


def join(page: Page, reference: str) -> None:
    page.get_by_label("Reference of the placement").fill(reference)
    page.get_by_role("button", name="Put on the waiting list").click()


def test_the_waiting_list_from_an_empty_one_to_an_offer(open_page: Open, house_running: Running) -> None:
    first = refer(house_running, 1, rosh="very_high", needs=["step_free"], near="LS1 4AP")
    second = refer(house_running, 2, needs=["wheelchair"])
    visit = open_page("central_referral_unit")
    page = visit.page
    visit.go("/waiting")
    visit.check("waiting-empty")
    join(page, "PL-999999")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    visit.check("waiting-fault")
    for reference in (first, second):
        join(page, reference)
        expect(page.locator(f"#{reference}")).to_be_visible()
    for _ in range(30):  # the worker looks by itself
        if page.locator(f"#{first}").get_by_role("button", name="Offer this bed").count():
            break
        page.wait_for_timeout(1000)
        visit.go("/waiting")
    page.locator(f"#{first}").get_by_text("Say why not").click()
    visit.check("waiting")
    page.locator(f"#{first}").get_by_role("button", name="Do not offer it").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    visit.check("waiting-skip-fault")
    page.locator(f"#{first}").get_by_role("button", name="Offer this bed").click()
    expect(page.locator(f"#{first}").get_by_text("A bed is offered")).to_be_visible()
    visit.check("waiting-offered")
