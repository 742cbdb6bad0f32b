"""Every word of a page can be translated."""

import re

import pytest
from jinja2 import nodes

from gateway.pages.strings import POT, all_messages, catalogue
from gateway.pages.templates import HERE, environment

TEMPLATES = sorted(path.name for path in (HERE / "templates").glob("*.html"))
SAID_BY = {"aria-label", "alt", "title", "placeholder", "data-label"}
SHOWN = {"text", "titleText", "menuButtonText", "navigationLabel", "landmarkLabel", "visuallyHiddenText", "label"}
NAME = re.compile(r"\bBedspace\b|document\.body[^<]*;")
"""The name of the service, and the one line of script, are not translated."""


def literal_words(template: str) -> list[str]:
    """What the template itself says to a reader: between its tags, and in the attributes that are read out."""
    tree = environment().parse((HERE / "templates" / template).read_text())
    data = "\x00".join(node.data for node in tree.find_all(nodes.TemplateData))
    said = re.findall(rf'\b(?:{"|".join(SAID_BY)})="([^"\x00]*)', data)
    between = re.sub(r"<[^>]*>", " ", data)
    return [word for text in (*said, between) for word in re.findall(r"[A-Za-z]{2,}", NAME.sub("", text))]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_says_nothing_that_is_not_marked_for_translation(template: str) -> None:
    assert literal_words(template) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_is_handed_to_a_component_is_marked_for_translation(template: str) -> None:
    tree = environment().parse((HERE / "templates" / template).read_text())
    for pair in tree.find_all(nodes.Pair):
        if isinstance(pair.key, nodes.Const) and pair.key.value in SHOWN:
            assert not isinstance(pair.value, nodes.Const) or not pair.value.value, pair.value


def test_the_catalogue_for_translators_is_as_new_as_the_pages() -> None:
    assert POT.read_text() == catalogue(), "Run `python -m gateway.pages.strings`."


def test_the_catalogue_has_messages_of_templates_and_of_modules() -> None:
    messages = all_messages()
    assert messages["Hold this bed",] == ["templates/results.html"]
    assert {"templates/home.html", "words.py"} <= set(messages["Overdue",])
    assert ("%(n)s night", "%(n)s nights") in messages
