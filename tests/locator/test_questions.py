"""Questions as people ask them, each with the answer that the map and the published organisation give."""

import csv
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bedspace.locator.suggest import in_words
from schemas.errors import Invalid, NotThere, UnknownPlace
from schemas.locate import Located

Ask = Callable[..., Awaitable[Located]]

SHEET = Path(__file__).with_name("questions.csv")
"""Either PDUs, or what is said: `?Name` is asked back, the others are below."""
QUESTIONS = [
    (row["near"], row["answer"])
    for row in csv.DictReader(line for line in SHEET.read_text().splitlines() if not line.startswith("#"))
]
SAID = {
    "outside": "outside England and Wales",
    "closed": "is closed, and its address is not on record",
    "no postcode": "not a postcode",
    "unknown": "Nothing is known here by that name",
}


def test_there_is_a_question_for_each_area_of_2003_and_none_twice() -> None:
    asked = [near for near, _ in QUESTIONS]
    assert len(asked) == len(set(asked)) > 150


@pytest.mark.parametrize(("near", "answer"), QUESTIONS)
async def test_a_question_has_the_answer_of_the_map(ask: Ask, near: str, answer: str) -> None:
    assert await answered(ask, near, answer) == answer


async def answered(ask: Ask, near: str, expected: str) -> str:
    try:
        located = await ask(near)
    except UnknownPlace as error:
        if not expected.startswith("?"):
            return next((kind for kind, said in SAID.items() if said in str(error)), str(error))
        offered = in_words(error.candidates)
        return expected if expected[1:] in offered else f"?{offered}"
    except (Invalid, NotThere) as error:
        return next((kind for kind, said in SAID.items() if said in str(error)), str(error))
    if located.pdu:
        return located.pdu.code
    return " ".join(sorted(receiver.pdu.code for receiver in located.ambiguous or []))
