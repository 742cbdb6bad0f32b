"""The check letter of a PNC, against published examples and against every other letter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.systems.email_notice.clues import Line, Reader
from adapters.systems.email_notice.identifiers import check_letter, identifiers_in

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def pncs(text: str) -> tuple[list[str], list[str]]:
    reader = Reader(today=date(2026, 11, 22))
    return [clue.value for clue in identifiers_in(Line(text, "line 1"), reader) if clue.field == "pnc"], reader.problems


@given(st.integers(1950, 2026), st.integers(1, 9_999_999))
def test_exactly_one_letter_fits_a_pnc(year: int, serial: int) -> None:
    fitting = [letter for letter in LETTERS if pncs(f"PNC {year}/{serial}{letter}")[0]]
    assert fitting == [check_letter(f"{year % 100:02}{serial:07}")]


def test_a_short_pnc_is_written_out() -> None:
    letter = check_letter("850123456")
    assert pncs(f"85/123456{letter}") == ([f"1985/0123456{letter}"], [])


def test_a_pnc_whose_letter_does_not_fit_is_not_taken_and_named() -> None:
    wrong = next(letter for letter in LETTERS if letter != check_letter("850123456"))
    values, problems = pncs(f"1985/0123456{wrong}")
    assert values == []
    assert problems == ["The PNC in line 1 was not taken: its check letter is wrong."]


@pytest.mark.parametrize("text", ["LS14AP", "XX123456", "X1234567", "A12345B", "ref X12345", "99/X123456"])
def test_what_only_looks_like_an_identifier_is_none(text: str) -> None:
    assert not identifiers_in(Line(text, "line 1"), Reader(today=None))
