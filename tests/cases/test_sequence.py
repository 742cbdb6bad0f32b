"""T-23, SYS-21, C-15: the count of absences, pure."""

from datetime import timedelta
from itertools import permutations
from random import Random
from typing import get_args
from uuid import UUID

from gateway.cases.sequence import Place, Seen, counted
from schemas.contacts import Outcome
from tests.conftest import NOW

ABSENT: Outcome = "unacceptable_absence"
LOG: list[tuple[Outcome, str]] = [
    (ABSENT, "N55YRK"),
    ("attended", "N55YRK"),
    (ABSENT, "N55YRK"),
    ("acceptable_absence", "N55LEE"),
    (ABSENT, "N55LEE"),
    ("planned", "N55LEE"),
]


def seen(log: list[tuple[Outcome, str]]) -> list[Seen]:
    return [Seen(UUID(int=n), NOW + timedelta(days=n), *one) for n, one in enumerate(log)]


def test_t_23_absences_of_both_areas_count_in_one_sequence() -> None:
    found = counted(seen(LOG))
    assert found.places == {UUID(int=0): Place(1, 1), UUID(int=2): Place(2, 1), UUID(int=4): Place(3, 2)}
    assert (found.unacceptable, found.in_a_row, found.acceptable) == (3, 2, 1)
    assert found.by_area == {"N55YRK": 2, "N55LEE": 1}


def test_t_23_the_order_in_which_areas_report_is_nothing_to_the_count() -> None:
    first = counted(seen(LOG))
    assert all(counted(one) == first for one in permutations(seen(LOG)))


def test_t_23_against_a_count_by_hand_of_random_logs() -> None:
    draw = Random(23)
    for _ in range(300):
        log = [
            (draw.choice(get_args(Outcome)), draw.choice(("N55YRK", "N55LEE", "N55HER")))
            for _ in range(draw.randrange(12))
        ]
        outcomes = [outcome for outcome, _ in log]
        kept = max((n for n, outcome in enumerate(outcomes) if outcome == "attended"), default=-1)
        found = counted(seen(log))
        assert found.unacceptable == outcomes.count(ABSENT) == sum(found.by_area.values())
        assert found.in_a_row == outcomes[kept + 1 :].count(ABSENT)
        assert [place.absence for place in found.places.values()] == list(range(1, found.unacceptable + 1))
