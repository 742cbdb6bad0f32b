"""Fields written directly, beside what the GOV.UK macros write."""

import re
from typing import Any

import pytest
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

from gateway.pages.quick_fields import TWINS

WRONG = {"text": "Give <a> day", "visuallyHiddenText": "Error"}
HINT = {"text": 'For "example" & so on'}
LABEL = {"text": "Name <b>", "classes": "govuk-label--s"}
LEGEND = {"legend": {"text": "Which & what", "classes": "govuk-fieldset__legend--s"}}
ITEMS = [
    {"value": "a", "text": "A <i>"},
    {"value": "b&", "text": "B", "hint": {"text": "It's"}},
    {"value": "c", "text": "C", "checked": True},
    {"value": "d", "text": "D", "checked": False},
]
PARTS = [
    {"name": "day", "label": "Day", "value": "3", "classes": "govuk-input--width-2 govuk-input--error"},
    {"name": "month", "value": "", "classes": "govuk-input--width-2"},
    {"name": "year", "label": "Year", "autocomplete": "bday-year"},
]
FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("input", {"label": LABEL, "name": "n"}),
    ("input", {"label": LABEL, "name": "n", "id": 'i"d', "value": "O'Neill <x>", "hint": HINT, "errorMessage": WRONG}),
    ("input", {"label": LABEL, "name": "n", "value": 0, "classes": "x", "inputmode": "numeric", "spellcheck": False}),
    (
        "input",
        {"label": LABEL, "name": "n", "value": None, "errorMessage": None, "type": "email", "autocomplete": "off"},
    ),
    ("input", {"label": LABEL, "name": "n", "value": "", "formGroup": {"classes": "f"}, "errorMessage": {"text": "x"}}),
    ("checkboxes", {"name": "needs", "items": ITEMS, "fieldset": LEGEND}),
    ("checkboxes", {"name": "needs", "items": ITEMS, "values": ["a", "d"], "fieldset": LEGEND, "hint": HINT}),
    (
        "checkboxes",
        {"name": "n", "idPrefix": "p", "items": ITEMS, "fieldset": LEGEND, "errorMessage": WRONG, "classes": "s"},
    ),
    ("checkboxes", {"name": "n", "items": [], "fieldset": {**LEGEND, "describedBy": "d"}, "hint": HINT}),
    ("date-input", {"id": "from", "namePrefix": "from", "items": PARTS, "fieldset": LEGEND, "errorMessage": WRONG}),
    ("date-input", {"id": "from", "items": PARTS, "fieldset": LEGEND, "hint": HINT, "classes": "c"}),
]
UNKNOWN: list[tuple[str, dict[str, Any]]] = [
    ("input", {"label": LABEL, "name": "n", "prefix": {"text": "£"}}),
    ("input", {"label": LABEL, "name": "n", "value": True}),
    ("input", {"label": {"html": "<b>"}, "name": "n"}),
    ("input", {"label": LABEL, "name": "n", "hint": {"html": "<b>"}}),
    ("checkboxes", {"name": "n", "items": ITEMS}),
    ("checkboxes", {"name": "n", "items": [{"divider": "or"}], "fieldset": LEGEND}),
    ("date-input", {"id": "from", "fieldset": LEGEND}),
]


def squeezed(html: str) -> str:
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", html)).strip()


@pytest.mark.parametrize(("component", "params"), FIELDS)
def test_a_field_is_what_the_macro_makes_of_it(component: str, params: dict[str, Any]) -> None:
    environment = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    module = environment.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    macro = getattr(module, "govuk" + component.title().replace("-", ""))
    known, write = TWINS[component]
    assert known(params)
    assert squeezed(write(params)) == squeezed(macro(params))


@pytest.mark.parametrize(("component", "params"), UNKNOWN)
def test_what_is_not_known_is_left_to_the_macro(component: str, params: dict[str, Any]) -> None:
    known, _ = TWINS[component]
    assert not known(params)
