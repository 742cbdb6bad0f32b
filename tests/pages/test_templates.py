"""Every page, rendered from samples and read as a browser reads it."""

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from gateway.pages.templates import HERE, STATIC
from schemas.people import Person
from tests.pages.nsi_samples import HOSTILE, NSI, SPOC, nsi_page
from tests.pages.samples import AWAY, CHOICES_OF_A_SEARCH, PAGES, TYPED, found, render

VOID = {"meta", "link", "input", "img", "br", "hr", "path", "circle", "rect"}


class Read(HTMLParser):
    """The elements of a page, and whether they nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"<{tag}> is closed where another is open"

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


every_page = pytest.mark.parametrize("name", PAGES)


def read(name: str) -> Read:
    template, context = PAGES[name]
    return Read(render(template, context))


def test_every_template_that_is_a_page_is_rendered_here() -> None:
    pages = {path.name for path in (HERE / "templates").glob("*.html") if "{% extends" in path.read_text()}
    assert pages == {template for template, _ in PAGES.values()}


@every_page
def test_elements_nest_and_ids_are_given_once_and_found(name: str) -> None:
    page = read(name)
    assert page.open == []
    ids = page.values("id")
    assert sorted(ids) == sorted(set(ids))
    wanted = page.values("for") + [
        value for key in ("aria-describedby", "aria-labelledby") for value in page.values(key)
    ]
    assert {one for value in wanted for one in value.split()} <= set(ids)
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)


@every_page
def test_the_policy_can_be_strict_no_inline_style_no_handler_no_script_without_the_nonce(name: str) -> None:
    page = read(name)
    for tag, attributes in page.elements:
        assert tag not in {"style", "iframe", "object", "embed", "base"}
        assert not [key for key in attributes if key == "style" or key.startswith("on")]
        assert tag != "script" or attributes["nonce"] == "NONCE"


@every_page
def test_nothing_comes_from_elsewhere_and_every_file_is_there(name: str) -> None:
    page = read(name)
    for address in page.values("src") + [a["href"] for tag, a in page.elements if tag == "link"]:
        path = re.fullmatch(r"/static/([\w.-]+)\?v=[0-9a-f]{10}", address)
        assert path, address
        assert (STATIC / path[1]).is_file()


@every_page
def test_every_form_that_posts_carries_the_token_against_forged_ones(name: str) -> None:
    template, context = PAGES[name]
    for form in re.findall(r'<form method="post".*?</form>', render(template, context), re.DOTALL):
        assert 'name="_csrf_token"' in form


@every_page
def test_the_page_says_its_language_its_name_and_that_all_is_invented(name: str) -> None:
    template, context = PAGES[name]
    html = render(template, context)
    assert '<html lang="en"' in html
    title = re.search(r"<title>(.*?) – Bedspace</title>", html)
    assert title
    assert title[1].startswith("Error: ") == bool(context.get("faults"))
    assert "All people, rooms and characteristics are invented" in html
    assert html.count("<h1") == 1


@every_page
def test_an_error_is_announced_once(name: str) -> None:
    html = render(*PAGES[name])
    assert "Error::" not in html
    assert "Error: Error:" not in html


def test_what_a_message_says_is_text_and_never_markup() -> None:
    hostile = replace(
        NSI,
        person=Person(id=NSI.id, name=HOSTILE, crn=HOSTILE),
        address=HOSTILE,
        reason=HOSTILE,
        missing=[HOSTILE],
        sending=replace(NSI.sending, name=HOSTILE, email=HOSTILE),
        receiving=replace(NSI.receiving, spoc=replace(SPOC, name=HOSTILE, phone=HOSTILE, email=HOSTILE)),
        evidence={"crn": replace(NSI.evidence["crn"], text=HOSTILE, source=HOSTILE)},
        history=[replace(NSI.history[0], what=HOSTILE, by=HOSTILE)],
        actions=[replace(NSI.actions[0], title=HOSTILE, owner=HOSTILE)],
        clocks=[replace(NSI.clocks[0], rule=HOSTILE, title=HOSTILE)],
    )
    for template, context in (
        ("nsi.html", nsi_page(hostile)),
        ("confirm.html", {"nsi": hostile, "token": "abc"}),
        ("confirmed.html", {"nsi": hostile}),
    ):
        html = render(template, context)
        assert HOSTILE not in html
        assert "&lt;script&gt;alert" in html


def test_what_was_typed_comes_back_as_text() -> None:
    typed = replace(TYPED, near=f'">{HOSTILE}', needs=[HOSTILE])
    choices = CHOICES_OF_A_SEARCH | {"needs": [{"value": HOSTILE, "text": HOSTILE}], "premises": [(HOSTILE, HOSTILE)]}
    html = render("find_a_bed.html", {"typed": typed, "choices": choices})
    assert HOSTILE not in html
    assert '"><' not in html.replace('">\n', "").split('name="near"')[1][:60]


def test_a_limited_access_person_is_named_nowhere() -> None:
    html = render(*PAGES["NSI of a limited-access person"])
    assert "Limited access" in html
    assert "Imaginary" not in html


def test_the_area_to_keep_away_from_stands_only_in_what_its_author_sends_again() -> None:
    html = render("results.html", found([], []))
    assert AWAY in html
    for shown in re.sub(r"<input[^>]*>", "", html), *re.findall(r'(?:href|action)="([^"]*)"', html):
        assert AWAY not in shown
        assert AWAY.replace(" ", "+") not in shown
