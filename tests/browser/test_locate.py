"""Who receives, and the pages by which that is kept, in a real browser."""

from tests.browser.conftest import Open


def test_the_pages_of_who_receives_are_accessible_at_a_desk_and_on_a_telephone(open_page: Open) -> None:
    visit = open_page("administrator")
    visit.go("/locate")
    visit.page.get_by_label("Place").fill("Birmingham")
    visit.page.get_by_role("button", name="Find who receives").click()
    visit.check("locate-ambiguous")
    visit.go("/locate/coverage")
    visit.check("locate-coverage")
    visit.go("/locate/contacts/N55LEE")
    visit.check("locate-contacts")
    visit.page.get_by_role("link", name="contact for Case transfer").click()
    visit.page.get_by_role("button", name="Keep").click()
    visit.check("locate-keep-faults")
    visit.go("/locate/sectors")
    visit.page.get_by_role("link", name="Ribble Valley").click()
    visit.check("locate-sectors")
    visit.page.get_by_role("button", name="Decide where sectors lie").click()
    visit.check("locate-decide")
