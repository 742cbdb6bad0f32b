"""The main job, as a person does it in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.visit import WIDE, Visit
from tests.journeys.posting import mail_of, post, settled
from tests.journeys.running import Running
from tests.journeys.waiting import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]  # a page is looked at twice, and machines are busy


def prepared(running: Running, serial: str) -> str:
    """Post the mail of a practitioner about somebody; the id of the NSI it became."""
    with running.client("practitioner") as sender:
        item = settled(sender, post(sender, mail_of(serial)).json()["inbox_id"])
        assert item["state"] == "prepared", item
        return str(item["nsi_ids"][0])


def wait_for_rows(visit: Visit, path: str, text: str = "") -> None:
    """Until the list has a row with this text."""

    def look() -> bool:
        visit.go(path)
        return visit.page.locator(f"main a[href^='{path}/']", has_text=text).count() > 0

    wait_for(look, seconds=20, why=f"{path} has a row {text}")


def open_confirm_link(visit: Visit, reference: str) -> None:
    """From the captured mail that answers the sender."""
    wait_for_rows(visit, "/mail", f"became {reference}")
    visit.page.get_by_role("link", name=f"became {reference}").first.click()
    visit.page.locator("a[href^='/confirm/']").click()


def test_a_bed_is_found_held_and_let_go(open_page: Open) -> None:
    visit = open_page("practitioner")
    visit.ask_for_a_bed(**{"avoid-postcode-1": "YO1 9TL", "avoid-miles-1": "5"})
    page = visit.page
    expect(page.get_by_role("heading", level=1)).to_have_text("2 beds fit near LS1 4AP")
    expect(page.get_by_role("img", name="Map of the results around LS1 4AP")).to_be_visible()
    expect(page.get_by_text("Example House YORK")).to_have_count(0)
    expect(page.get_by_role("heading", name="Nearly fit")).to_be_visible()
    assert "YO1" not in page.url
    page.get_by_role("button", name="Hold this bed").first.click()
    expect(page.get_by_role("heading", name="Bed LEEDS-1 is held")).to_be_visible()
    visit.check("hold")
    page.get_by_role("button", name="End this hold").click()
    expect(page.get_by_role("heading", name="The hold on bed LEEDS-1 has ended")).to_be_visible()
    visit.check("hold-ended")
    page.get_by_role("button", name="Search again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 beds fit near LS1 4AP")


def test_a_mail_becomes_an_nsi_and_its_sender_confirms_it_from_the_link(
    open_page: Open, house_running: Running
) -> None:
    nsi = prepared(house_running, "1001")
    spoc = open_page("spoc")
    spoc.go(f"/nsis/{nsi}")
    expect(spoc.page.get_by_role("heading", name="Idris Imaginary")).to_be_visible()
    expect(spoc.page.get_by_text("Unconfirmed").first).to_be_visible()
    spoc.check("nsi-unconfirmed", widths=(WIDE,))
    reference = spoc.page.locator(".govuk-caption-l").inner_text().split(" ")[0]
    open_confirm_link(spoc, reference)
    link = spoc.page.url
    sender = open_page()  # nobody is signed in in this window
    sender.go(link)
    expect(sender.page.get_by_role("heading", name="Is this what you sent?")).to_be_visible()
    sender.check("confirm")
    sender.page.get_by_role("button", name="Confirm").click()
    expect(sender.page.get_by_role("heading", name="Confirmed")).to_be_visible()
    sender.check("confirmed")
    sender.go(link)
    expect(sender.page.get_by_role("heading", name=f"{reference} is already confirmed")).to_be_visible()
    sender.check("confirm-again")
    spoc.go(f"/nsis/{nsi}")
    expect(spoc.page.locator(".bs-timeline")).to_contain_text("Confirmed by the sender")
    expect(spoc.page.get_by_text("Unconfirmed", exact=True)).to_have_count(1)  # in the timeline, as it was then
    spoc.check("nsi-raised", widths=(WIDE,))


def test_pages_for_somebody_who_is_not_signed_in_are_without_violation(open_page: Open) -> None:
    visit = open_page()
    for name, path in {"sign-in": "/sign-in", "link-forged": "/confirm/forged"}.items():
        visit.go(path)
        visit.check(name)
    visit.go("/sign-in")
    visit.page.get_by_role("button", name="Sign in").click()
    visit.check("sign-in-fault")


def test_lists_and_records_are_without_violation_and_fit_a_telephone(open_page: Open, house_running: Running) -> None:
    nsi = prepared(house_running, "1002")
    visit = open_page("spo")
    paths = {
        "home": "/",
        "nsis": "/nsis",
        "nsis-none": "/nsis/all?status=returned",
        "nsi": f"/nsis/{nsi}",
        "locate": "/locate",
        "located": "/locate?near=LS1+4AP",
        "ambiguous": "/locate?near=Birmingham",
        "not-located": "/locate?near=Xyzzyzzy",
        "not-found": "/nowhere",
    }
    for name, path in paths.items():
        visit.go(path)
        visit.check(name)


def test_messages_and_letters_are_without_violation_and_fit_a_telephone(
    open_page: Open, house_running: Running
) -> None:
    prepared(house_running, "1003")
    visit = open_page("connection_officer")
    for path in ("/inbox", "/mail"):
        wait_for_rows(visit, path)
        visit.check(path.strip("/"))
        visit.page.locator(f"main a[href^='{path}/']").first.click()
        visit.check(f"{path.strip('/')}-one")


def test_searches_are_without_violation_and_fit_a_telephone(open_page: Open) -> None:
    visit = open_page("spo")
    visit.go("/find-a-bed")
    visit.check("find-a-bed")
    visit.ask_for_a_bed(near="", nights="0")
    visit.check("find-a-bed-faults")
    visit.ask_for_a_bed()
    visit.check("results")
    visit.page.get_by_text("Change this search").click()
    visit.check("results-open")
    visit.ask_for_a_bed(**{"avoid-postcode-1": "LS1 4AP", "avoid-miles-1": "200"})
    visit.check("results-none")


def test_everything_works_without_scripts(open_page: Open) -> None:
    visit = open_page("practitioner", scripts=False)
    expect(visit.page.get_by_role("link", name="NSIs").first).to_be_visible()
    visit.ask_for_a_bed()
    visit.page.get_by_role("button", name="Hold this bed").first.click()
    expect(visit.page.get_by_role("heading", name="is held")).to_be_visible()
    visit.page.get_by_role("button", name="End this hold").click()
    expect(visit.page.get_by_role("heading", name="has ended")).to_be_visible()
    visit.page.get_by_role("button", name="Sign out").click()
    expect(visit.page.get_by_role("heading", name="Sign in to the demo")).to_be_visible()


def test_everything_works_with_the_keyboard_alone(open_page: Open) -> None:
    visit = open_page("practitioner")
    page = visit.page
    visit.go("/find-a-bed")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#near")).to_be_focused()
    page.keyboard.type("LS1 4AP")
    for text in ("11", "1", "2027", "84"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Men", exact=True)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("near LS1 4AP")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Hold this bed"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).backgroundColor")
    assert outline == "rgb(255, 221, 0)"  # the yellow of what has the focus
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="is held")).to_be_visible()


def test_a_fault_takes_the_focus_and_leads_to_its_field(open_page: Open) -> None:
    visit = open_page("practitioner")
    visit.ask_for_a_bed(near="")
    expect(visit.page).to_have_title("Error: Find a bed – Bedspace")
    expect(visit.page.locator(".govuk-error-summary")).to_be_focused()
    visit.page.get_by_role("link", name="Enter a postcode").click()
    expect(visit.page.locator("#near")).to_be_focused()


def test_a_page_prints_without_its_buttons(open_page: Open) -> None:
    visit = open_page("practitioner")
    visit.ask_for_a_bed()
    visit.page.emulate_media(media="print")
    expect(visit.page.get_by_role("button", name="Hold this bed").first).to_be_hidden()
    expect(visit.page.get_by_role("img", name="Map of the results")).to_be_visible()
