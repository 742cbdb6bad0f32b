"""Clocks: bank holidays, and which rule runs for whom."""

from datetime import date

import pytest

from bedspace.days import is_working, working_days_after
from gateway.transfers.clocks import Starts, actions_of, clocks_of, state_of
from gateway.transfers.regime import regime_on
from schemas.words import ClockState, NsiType, Rosh

FRAMEWORK = regime_on(date(2026, 11, 22))
STARTS = Starts(notification=date(2026, 11, 20), referral=date(2026, 11, 24), move=date(2026, 12, 18))


def rules(type_: NsiType, rosh: Rosh | None) -> dict[str, date]:
    return {clock.rule.id: clock.due for clock in clocks_of(FRAMEWORK, type_, rosh, STARTS)}


def test_twenty_working_days_from_the_first_day_of_the_framework() -> None:
    assert working_days_after(date(2022, 10, 17), 20) == date(2022, 11, 14)


def test_good_friday_to_easter_monday_are_no_working_days() -> None:
    assert working_days_after(date(2027, 3, 25), 1) == date(2027, 3, 30)


def test_christmas_2027_has_substitute_days() -> None:
    assert not is_working(date(2027, 12, 27))
    assert not is_working(date(2027, 12, 28))
    assert working_days_after(date(2027, 12, 24), 1) == date(2027, 12, 29)


def test_the_last_bank_holiday_of_a_single_year_counts() -> None:
    assert working_days_after(date(2022, 9, 16), 1) == date(2022, 9, 20)


def test_a_start_on_a_weekend_counts_from_monday() -> None:
    assert working_days_after(date(2026, 11, 21), 1) == date(2026, 11, 23)


def test_a_case_transfer_at_high_risk_has_every_clock() -> None:
    assert rules("case_transfer", "high") == {
        "T-01": date(2026, 12, 17),
        "T-02": date(2026, 11, 22),
        "T-03": date(2026, 11, 20),
        "T-04": date(2026, 11, 27),
        "T-05": date(2026, 11, 27),
        "T-06": date(2026, 12, 28),
        "T-07": date(2027, 1, 15),
        "T-08": date(2027, 1, 15),
        "T-14": date(2026, 12, 22),
    }


@pytest.mark.parametrize("rosh", ["low", "medium", None])
def test_high_risk_rules_do_not_run_at_lower_or_unknown_risk(rosh: Rosh | None) -> None:
    assert not {"T-03", "T-04"} & set(rules("case_transfer", rosh))


def test_a_temporary_move_is_not_a_whole_transfer() -> None:
    assert set(rules("temporary_move", "very_high")) == {"T-01", "T-02", "T-03", "T-04", "T-05"}


@pytest.mark.parametrize(
    ("today", "met_on", "state"),
    [
        (date(2026, 11, 18), None, "running"),
        (date(2026, 11, 19), None, "due_soon"),
        (date(2026, 11, 23), None, "due"),
        (date(2026, 11, 24), None, "overdue"),
        (date(2026, 12, 24), date(2026, 11, 23), "met"),
        (date(2026, 12, 24), date(2026, 11, 24), "met_late"),
    ],
)
def test_a_clock_warns_before_it_is_overdue(today: date, met_on: date | None, state: ClockState) -> None:
    assert state_of(date(2026, 11, 23), met_on, today, 2) == state


def test_actions_are_due_with_their_rules_and_only_where_they_run() -> None:
    high = actions_of(FRAMEWORK, "case_transfer", clocks_of(FRAMEWORK, "case_transfer", "high", STARTS))
    low = actions_of(FRAMEWORK, "case_transfer", clocks_of(FRAMEWORK, "case_transfer", "low", STARTS))
    assert {action.rule for action in high} >= {"T-03", "T-04", "T-05", "T-06", "T-07", "T-08"}
    assert not {"T-03", "T-04"} & {action.rule for action in low}
    assert next(action.due for action in high if "three-way" in action.title) == date(2026, 12, 22)
