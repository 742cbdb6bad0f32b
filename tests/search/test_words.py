"""How a search says what it found."""

from datetime import date, timedelta

import pytest

from bedspace.nights import spoken
from bedspace.search import words
from tests.search.registers import BASE, NOW


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (1, "Nearest"),
        (2, "2nd nearest"),
        (3, "3rd nearest"),
        (4, "4th nearest"),
        (11, "11th nearest"),
        (22, "22nd nearest"),
    ],
)
def test_a_rank_reads_as_people_say_it(place: int, said: str) -> None:
    assert words.rank(place) == f"{said} that fits"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "yesterday"),
        (6, "6 days ago"),
        (7, "7 days ago: ranked as if 1 mile farther"),
        (13, "13 days ago: ranked as if 1 mile farther"),
        (14, "14 days ago: ranked as if 2 miles farther"),
        (40, "40 days ago: ranked as if 5 miles farther"),
        (400, "400 days ago: ranked as if 5 miles farther"),
        (-1, "today"),
    ],
)
def test_the_age_of_a_confirmation_is_told_in_days_and_every_week_of_it_is_a_mile_of_rank_up_to_five(
    days: int, said: str
) -> None:
    assert words.confirmed(NOW - timedelta(days=days), BASE) == f"Confirmed by the premises {said}"


def test_a_bed_that_nobody_confirmed_says_so() -> None:
    assert words.confirmed(None, BASE) == "Not yet confirmed by the premises: ranked as if 5 miles farther"


def test_one_and_many_read_right() -> None:
    assert words.shorter(1) == "free if 1 night shorter"
    assert words.shorter(9) == "free if 9 nights shorter"
    assert words.free_for(1) == "Free that night"


def test_needs_are_listed_and_left_out_in_words() -> None:
    assert words.without(["step-free"], ["en-suite"]) == "en-suite only without step-free"
    assert words.without(["step-free"], []) == "free without step-free"
    assert words.without(["lift"], ["en-suite", "catered"]) == "en-suite and catered only without lift"
    assert words.not_together(["a", "b"]) == "No one bed is both a and b"
    assert (
        words.not_together(["a", "ground floor", "accepts hate offences"]) == "No one bed is both a and “ground floor”"
    )
    assert words.not_together(["a", "b", "c"]) == "No one bed is a, b and c together"


def test_a_name_of_several_words_reads_as_one_in_every_sentence() -> None:
    arson, lift, hate = "suitable for arson risk", "lift", "accepts hate offences"
    assert (
        words.none_free(84, [arson, lift])[1] == "beds marked “suitable for arson risk” and lift is free all 84 nights"
    )
    assert words.none_free(1, [hate]) == ("Its one bed is not free that night", "beds is free that night")
    assert words.without([arson], [lift]) == "lift only without “suitable for arson risk”"
    assert words.not_listed(arson, None) == "No bed listed as “suitable for arson risk”"
    assert words.not_listed(hate, None) == "Does not accept hate offences"
    assert words.restricted(arson, None, None) == "Not listed as “suitable for arson risk” for the time being"


def test_a_name_in_the_middle_of_a_sentence_keeps_its_acronym() -> None:
    assert words.mid("En-suite") == "en-suite"
    assert words.mid("PIPE (psychologically informed planned environment)").startswith("PIPE")


def test_a_date_reads_as_people_write_it() -> None:
    assert spoken(date(2026, 12, 3)) == "3 December 2026"
