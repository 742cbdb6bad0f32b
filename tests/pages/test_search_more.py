"""The newer fields of the form for a bed: kept as typed after an error, the summary leads to each; zones never leak."""

import re
from typing import Any

import pytest

from tests.api.serving import Served
from tests.pages.test_finding_a_bed import NEED
from tests.pages.test_placement_pages import here, referred
from tests.pages.visitor import hidden, text_of, visiting

__all__ = ["here"]  # the fixture that puts P034 there

TYPED: dict[str, Any] = {
    "type": "standard",
    "flexible-earlier": "3",
    "flexible-later": "5",
    "offences": ["arson"],
    "prefer": ["catered", "lift"],
    "prefer-premises": ["AP2"],
    "exclude-premises": ["P034"],
    "exclude-districts": "LS6 LS7",
    "avoid-area": ["BD1 1HX, LS1 4AP, YO1 7HH"],
}
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"flexible-later": "29"}, "flexible-later", "a whole number from 0 to 28"),
    ({"flexible-earlier": "-1"}, "flexible-earlier", "a whole number from 0 to 28"),
    ({"type": "palace"}, "type", "Select a type of the list"),
    ({"offences": ["arsen"]}, "offences", "There is no offence"),
    ({"prefer": ["helipad"]}, "prefer", "There is no need"),
    ({"prefer-premises": ["AP2", "nowhere"]}, "prefer-premises-1", "There is no premises"),
    ({"prefer-premises": ["AP2", "AP2"]}, "prefer-premises-1", "Name each once"),
    ({"exclude-premises": ["nowhere"]}, "exclude-premises-1", "There is no premises"),
    ({"exclude-districts": "LS6 ZZ9"}, "exclude-districts", "District 2 is no postcode district"),
    ({"avoid-area": ["BD1 1HX, LS1 4AP"]}, "avoid-area-1", "Give three or more"),
    (
        {"avoid-postcode": ["EH1 1YZ"], "avoid-miles": ["2"]},
        "avoid-postcode-1",
        "no full postcode of England and Wales",
    ),
    ({"avoid-postcode": ["BD1 1HX"], "avoid-miles": ["0"]}, "avoid-miles-1", "iles"),
    ({"person": "X999999"}, "person", "Nobody with this CRN"),
]


def kept(html: str, fields: dict[str, Any]) -> list[str]:
    """Whatever of these is not shown again as it was typed."""
    lost = []
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            box = rf'name="{name}"[^>]*value="{re.escape(one)}"[^>]*checked'
            value_ = re.escape(one)
            shown = rf'name="{name}"[^>]*value="{value_}"|<option value="{value_}" selected|>{value_}</t'
            if not re.search(box if name in ("offences", "prefer") else shown, html):
                lost.append(f"{name}={one}")
    return lost


async def test_every_newer_field_stays_as_typed_after_an_error_and_the_summary_leads_to_it(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        for change, at, why in WRONG:
            answer = await visitor.post("/find-a-bed", {**NEED, **TYPED, **change})
            assert answer.status_code == 422, change
            assert why in text_of(answer), (change, text_of(answer)[:400])
            assert f'href="#{at}"' in answer.text, change
            assert f'id="{at}"' in answer.text, change
            stays = {name: value for name, value in TYPED.items() if name not in change}
            stays |= {name: value for name, value in change.items() if name not in ("type", "offences", "prefer")}
            assert kept(answer.text, stays) == [], change
            assert re.search(r"<details[^>]* open>", answer.text), change


def shown(html: str) -> str:
    """What a page shows, but for what the reader typed into its form, and for what each answer has of its own."""
    main = html.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<details.*?</details>", "", main, count=1, flags=re.DOTALL)
    main = re.sub(r'<input type="hidden"[^>]*>', "", main)
    return re.sub(r"checked at [\d:]+", "", main)


@pytest.mark.parametrize("needs", [["step_free", "en_suite"], ["catered", "lift"], []])
async def test_a_page_tells_nothing_of_where_a_circle_is(served: Served, needs: list[str]) -> None:
    """Two circles of another centre and size that rule out the same premises; and two that rule out none."""
    circles = {True: [("LS1 4AP", "1"), ("BD1 1HX", "30")], False: [("TR1 1AA", "5"), ("YO1 7HH", "1")]}
    async with visiting(served, "practitioner") as visitor:
        for ruled_out, pair in circles.items():
            pages = []
            for postcode, miles in pair:
                zone = {"avoid-postcode": [postcode], "avoid-miles": [miles]}
                answer = await visitor.post("/find-a-bed", {**NEED, "near": "HG1 1AA", "needs": needs, **zone})
                assert answer.status_code == 200, text_of(answer)
                pages.append(shown(answer.text))
                assert ("Example House" not in pages[-1]) is ruled_out
                assert postcode not in pages[-1]
            assert pages[0] == pages[1]


async def test_the_zones_of_a_placement_are_obeyed_and_stand_nowhere_on_the_page(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor, near="HG1 1AA", **{"avoid-postcode": "BD1 1HX", "avoid-miles": "29"})
        fields = hidden(await visitor.get(path), "/find-a-bed")
        answer = await visitor.post("/find-a-bed", {name: value for name, value in fields.items() if name[0] != "_"})
        assert answer.status_code == 200
        assert "Example House" not in text_of(answer)
        for secret in ("BD1", "29 mile", "Bradford"):
            assert secret not in shown(answer.text)
        assert "BD1" not in answer.text
