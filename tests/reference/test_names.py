"""Names as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace.reference.names import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("King's Lynn", "KINGS LYNN"),
        ("King’s Lynn & West Norfolk", "kings lynn and west norfolk"),
        ("St. Helens", "Saint Helens"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("Ynys Môn", "ynys mon"),
        ("The Wrekin", "Wrekin"),
        ("Y Bont-faen", "bont faen"),
        ("  Leeds ", "leeds"),
    ],
)
def test_ways_of_writing_a_name_are_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("East Kent", "West Kent"), ("Leeds", "Leads"), ("The", "")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_a_folded_name_is_plain_and_folding_it_again_changes_little(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(letter.isascii() and (letter.isalnum() or letter == " ") for letter in folded)
    assert fold(folded.upper()) == fold(folded)
