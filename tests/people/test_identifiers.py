"""Identifiers: what is one, and its one canonical form."""

from datetime import date

import pytest

from gateway.people import identifiers

TODAY = date(2026, 11, 22)


def pnc_of(year: str, serial: int) -> str:
    return f"{year}/{serial:07}{identifiers.check_letter(f'{year[-2:]}{serial:07}')}"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [("X123456", "X123456"), (" x 123456 ", "X123456"), ("X12345", None), ("XY12345", None), ("X١٢٣٤٥٦", None)],
)
def test_a_crn_is_a_letter_and_six_digits(text: str, canonical: str | None) -> None:
    assert identifiers.crn(text) == canonical


@pytest.mark.parametrize(
    ("text", "canonical"), [("A1234BC", "A1234BC"), ("a1234bc", "A1234BC"), ("A1234B", None), ("", None)]
)
def test_a_prison_number_is_a_letter_four_digits_and_two_letters(text: str, canonical: str | None) -> None:
    assert identifiers.noms(text) == canonical


def test_the_check_letter_follows_the_published_alphabet() -> None:
    assert identifiers.check_letter("030011985") == "X"
    assert identifiers.check_letter("23") == "Z"
    assert identifiers.check_letter("22") == "Y"


@pytest.mark.parametrize(
    "text", ["2003/0011985X", "20030011985X", "03/11985X", "0311985X", "2003/11985x", " 2003 / 0011985 X "]
)
def test_every_way_of_writing_a_pnc_comes_to_one(text: str) -> None:
    assert identifiers.pnc(text, TODAY) == "2003/0011985X"


@pytest.mark.parametrize("text", ["2003/0011985Y", "2003/0011985I", "2003/X", "hello", "2003/12345678X"])
def test_a_pnc_with_a_wrong_check_letter_or_shape_is_none(text: str) -> None:
    assert identifiers.pnc(text, TODAY) is None


def test_a_short_pnc_year_that_would_lie_ahead_is_of_the_last_century() -> None:
    assert identifiers.pnc(pnc_of("97", 1), TODAY) == pnc_of("1997", 1)
    assert identifiers.pnc(pnc_of("26", 1), TODAY) == pnc_of("2026", 1)
    assert identifiers.pnc(pnc_of("27", 1), TODAY) == pnc_of("1927", 1)


def test_a_cro_is_padded_and_its_file_only_form_is_not() -> None:
    letter = identifiers.check_letter("99000123")
    assert identifiers.cro(f"123/99{letter}") == f"000123/99{letter}"
    letter = identifiers.check_letter("39" + "12")
    assert identifiers.cro(f"SF39/12{letter}") == f"SF39/12{letter}"
    assert identifiers.cro("SF39/12I") is None
    assert identifiers.cro("nothing") is None
