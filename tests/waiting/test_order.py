"""The order of the waiting list: total, stable, and told in words."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any, get_args
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bedspace.waiting.order import RULE, Standing, key, ordered, urgency, why
from schemas.words import Rosh, Timeliness

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def standing(n: int = 1, **given: Any) -> Standing:
    fields: dict[str, Any] = {
        "id": UUID(int=n),
        "reference": f"PL-{n:06}",
        "displaced": False,
        "timeliness": "standard",
        "rosh": "high",
        "arrives_on": date(2027, 3, 1),
        "waiting_since": NOW,
    }
    return Standing(**(fields | given))


STANDINGS = st.lists(
    st.builds(
        standing,
        st.integers(1, 10**7),
        displaced=st.booleans(),
        timeliness=st.sampled_from(get_args(Timeliness)),
        rosh=st.sampled_from([None, *get_args(Rosh)]),
        arrives_on=st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=200)),
        waiting_since=st.integers(0, 9).map(lambda days: NOW - timedelta(days=days)),
    ),
    max_size=30,
    unique_by=lambda one: one.id,
)


@given(STANDINGS, st.randoms())
def test_the_order_is_the_same_however_the_entries_come(entries: list[Standing], random: Random) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert ordered(shuffled, TODAY) == ordered(entries, TODAY)
    keys = [key(entry, TODAY) for entry in ordered(entries, TODAY)]
    assert all(before < after for before, after in pairwise(keys))


@given(STANDINGS)
def test_adding_an_entry_never_reorders_the_others(entries: list[Standing]) -> None:
    for added in entries:
        others = [entry for entry in entries if entry is not added]
        assert [entry for entry in ordered(entries, TODAY) if entry is not added] == ordered(others, TODAY)


@given(STANDINGS)
def test_waiting_another_day_makes_nobody_less_urgent(entries: list[Standing]) -> None:
    ranks = get_args(Timeliness)
    for entry in entries:
        assert ranks.index(urgency(entry, TODAY + timedelta(days=1))) <= ranks.index(urgency(entry, TODAY))


def test_the_displaced_are_first_then_the_urgent_the_risky_the_sooner_and_who_waited_longest() -> None:
    entries = [
        standing(1, displaced=True, rosh="low"),
        standing(2, arrives_on=TODAY + timedelta(days=3), rosh="low"),
        standing(3, arrives_on=TODAY + timedelta(days=20), rosh="low"),
        standing(4, rosh="very_high"),
        standing(5, rosh="high", arrives_on=date(2027, 2, 1)),
        standing(6, rosh="high", waiting_since=NOW - timedelta(days=3)),
        standing(7, rosh="high"),
        standing(8, rosh="high"),
        standing(9, rosh=None),
        standing(10, rosh="low"),
    ]
    assert [entry.reference for entry in ordered(reversed(entries), TODAY)] == [entry.reference for entry in entries]


def test_a_standard_referral_becomes_an_emergency_as_its_day_comes_near() -> None:
    assert urgency(standing(arrives_on=TODAY + timedelta(days=7)), TODAY) == "emergency"
    assert urgency(standing(arrives_on=TODAY + timedelta(days=8)), TODAY) == "short_notice"
    assert urgency(standing(arrives_on=TODAY + timedelta(days=29)), TODAY) == "standard"
    assert urgency(standing(timeliness="emergency"), TODAY) == "emergency"


def test_a_risk_that_was_never_assessed_is_not_a_low_one() -> None:
    assert ordered([standing(1, rosh="low"), standing(2, rosh=None)], TODAY)[0].reference == "PL-000002"


def test_why_somebody_stands_there_is_told_in_words() -> None:
    entry = standing(displaced=True, arrives_on=date(2026, 11, 25), waiting_since=NOW - timedelta(days=2), rosh=None)
    assert why(entry, NOW) == [
        "Had a booking and lost its bed: first of all",
        "Emergency: a bed is wanted in 2 days, on 25 November 2026",
        "Risk of serious harm not given: as medium",
        "Waits for 2 days",
    ]
    assert why(standing(arrives_on=TODAY - timedelta(days=1)), NOW)[0] == (
        "Emergency: a bed was wanted 1 day ago, on 22 November 2026"
    )
    assert "lost their bed come first" in RULE
