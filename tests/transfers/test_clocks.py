"""Clocks: bank holidays, and which rule runs for whom."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec import structs

from bedspace.days import is_working, working_days_after
from bedspace.nights import london_today
from gateway.transfers.applies import Case, Sentence
from gateway.transfers.clocks import (
    Pause,
    Starts,
    ToDo,
    actions_of,
    clocks_of,
    counted,
    months_after,
    paused,
    state_of,
    working_days_before,
)
from gateway.transfers.regime import Regime, regime_on, regimes
from schemas.words import ClockState, NsiType, Rosh

FRAMEWORK = regime_on(date(2026, 11, 22))
STARTS = Starts(notification=date(2026, 11, 20), referral=date(2026, 11, 24), move=date(2026, 12, 18))


def case(type_: NsiType = "case_transfer", rosh: Rosh | None = "high", **more: Any) -> Case:
    return Case(type=type_, rosh=rosh, **more)


def rules(of: Case, starts: Starts = STARTS, regime: Regime = FRAMEWORK) -> dict[str, date]:
    return {clock.rule.id: clock.due for clock in clocks_of(regime, of, starts)}


def actions(of: Case) -> dict[str, ToDo]:
    return {one.kind: one for one in actions_of(FRAMEWORK, of, rules(of))}


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
    assert rules(case()) == {
        "T-01": date(2026, 12, 17),
        "T-02": date(2026, 11, 22),
        "T-03": date(2026, 11, 20),
        "T-04": date(2026, 11, 27),
        "T-05": date(2026, 11, 27),
        "T-06": date(2026, 12, 28),
        "T-07": date(2027, 1, 15),
        "T-08": date(2027, 1, 15),
        "T-09": date(2027, 1, 29),
        "T-10": date(2026, 12, 18),
        "T-13": date(2027, 3, 18),
        "T-14": date(2026, 12, 22),
        "T-19": date(2026, 12, 17),
        "T-24": date(2026, 12, 22),
    }


@pytest.mark.parametrize("rosh", ["low", "medium", None])
def test_high_risk_rules_do_not_run_at_lower_or_unknown_risk(rosh: Rosh | None) -> None:
    assert not {"T-03", "T-04"} & set(rules(case(rosh=rosh)))


def test_a_temporary_move_is_not_a_whole_transfer() -> None:
    found = rules(case("temporary_move", "very_high"))
    assert set(found) == {"T-01", "T-02", "T-03", "T-04", "T-05", "T-10"}


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
    high, low = actions(case()), actions(case(rosh="low"))
    assert {action.rule for action in high.values()} >= {"T-03", "T-04", "T-05", "T-06", "T-07", "T-08"}
    assert not {"T-03", "T-04", "T-19"} & {action.rule for action in low.values()}
    assert high["three_way_handover"].due == date(2026, 12, 22)


# T-01 … T-10: before the move, two days, the same day, five working days, ten days, four and six weeks.


def test_a_notice_on_friday_at_17_has_until_the_next_friday_for_the_home_visit() -> None:
    friday = london_today(datetime(2026, 11, 20, 17, 0, tzinfo=UTC))
    found = rules(case(), Starts(notification=friday, referral=friday, move=friday))
    assert found["T-05"] == date(2026, 11, 27)
    assert found["T-03"] == date(2026, 11, 20), "the same day is still that Friday"


def test_written_confirmation_is_due_two_days_after_a_friday_notice_on_the_sunday() -> None:
    """The source says days, not working days."""
    assert rules(case())["T-02"].strftime("%A") == "Sunday"


def test_five_working_days_over_easter_2027_skip_good_friday_and_easter_monday() -> None:
    maundy = date(2027, 3, 25)
    assert rules(case(), Starts(notification=maundy, referral=maundy, move=maundy))["T-05"] == date(2027, 4, 5)


def test_five_working_days_over_christmas_2027_skip_its_substitute_days_and_new_year() -> None:
    eve = date(2027, 12, 23)
    assert rules(case(), Starts(notification=eve, referral=eve, move=eve))["T-05"] == date(2028, 1, 4)


@pytest.mark.parametrize(
    ("begins", "due"), [(date(2027, 3, 27), date(2027, 4, 24)), (date(2026, 10, 24), date(2026, 11, 21))]
)
def test_four_weeks_over_a_night_when_the_clocks_change_are_28_days(begins: date, due: date) -> None:
    assert rules(case(), Starts(notification=begins, referral=begins, move=begins))["T-07"] == due


@pytest.mark.parametrize(
    ("noticed", "day"),
    [
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), date(2027, 3, 27)),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 23, 30, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_notice_in_a_night_when_the_clocks_change_counts_from_its_day_in_london(noticed: datetime, day: date) -> None:
    first = london_today(noticed)
    assert rules(case(), Starts(notification=first, referral=first, move=first))["T-03"] == day


def test_the_29th_of_february_is_a_day_like_others() -> None:
    leap = date(2028, 2, 29)
    found = rules(case(), Starts(notification=leap, referral=leap, move=leap))
    assert (found["T-02"], found["T-07"], found["T-13"]) == (date(2028, 3, 2), date(2028, 3, 28), date(2028, 5, 29))
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_the_scottish_holiday_of_2_january_is_a_working_day_here() -> None:
    assert is_working(date(2026, 1, 2))
    assert not is_working(date(2026, 8, 31))


def test_working_days_are_counted_backwards_too() -> None:
    assert working_days_before(date(2027, 3, 30), 1) == date(2027, 3, 25)
    assert rules(case(mappa_level=2))["T-21"] == date(2026, 12, 11)


def test_a_whole_transfer_has_20_working_days_from_its_referral_on_17_october_2022() -> None:
    first = date(2022, 10, 17)
    assert rules(case(), Starts(notification=first, referral=first, move=first))["T-14"] == date(2022, 11, 14)


def test_the_address_is_assessed_within_ten_days_of_receipt_and_not_before_it_was_received() -> None:
    assert "T-15" not in rules(case())
    assert rules(case(), structs.replace(STARTS, receipt=date(2026, 11, 25)))["T-15"] == date(2026, 12, 5)


def test_documents_and_plan_count_from_the_transfer_once_it_has_passed_and_oasys_from_the_move() -> None:
    found = rules(case(), structs.replace(STARTS, passed=date(2026, 12, 21)))
    assert (found["T-06"], found["T-08"], found["T-07"]) == (date(2026, 12, 31), date(2027, 1, 18), date(2027, 1, 15))


def test_weekly_reporting_begins_with_the_arrival() -> None:
    assert "T-12" not in rules(case())
    assert rules(case(), structs.replace(STARTS, arrival=date(2026, 12, 19)))["T-12"] == date(2026, 12, 26)


def test_a_challenge_is_decided_within_the_days_of_the_regime() -> None:
    assert rules(case(), structs.replace(STARTS, challenge=date(2026, 12, 24)))["T-18"] == date(2027, 1, 5)


def test_the_case_is_reviewed_on_return_from_a_temporary_move() -> None:
    back, of = structs.replace(STARTS, back=date(2027, 1, 8)), case("temporary_move")
    assert rules(of, back)["T-17"] == date(2027, 1, 15)
    assert actions(of)["review_on_return"].rule == "T-17"


@pytest.mark.parametrize(
    ("sentences", "there"), [({"order"}, 1), ({"licence"}, 0), (set(), 1), ({"order", "licence"}, 1)]
)
def test_a_court_is_asked_to_transfer_an_order_within_six_weeks_and_never_a_licence(
    sentences: set[Sentence], there: int
) -> None:
    of = case(sentences=frozenset(sentences))
    assert ("T-09" in rules(of), "court_application" in actions(of)) == (bool(there), bool(there))


@pytest.mark.parametrize(
    ("level", "there"), [(None, set()), (1, set()), (2, {"T-21", "T-22"}), (3, {"T-20", "T-21", "T-22"})]
)
def test_mappa_3_is_brokered_before_the_transfer_and_2_and_3_have_features_and_a_meeting(
    level: int | None, there: set[str]
) -> None:
    assert {"T-20", "T-21", "T-22"} & set(rules(case(mappa_level=level))) == there


def test_an_assistant_chief_officer_looks_at_a_high_risk_case_before_the_transfer_at_both_ends() -> None:
    found = actions(case())
    assert found["aco_oversight_sending"].mandatory
    assert found["aco_oversight_receiving"].due == date(2026, 12, 17)
    assert "aco_oversight_sending" not in actions(case(rosh="medium"))


def test_the_rules_of_2004_have_the_lengths_that_the_inspection_tested() -> None:
    old = regimes()["pc_78_2000"]
    of = case(mappa_level=3, sentences=frozenset({"order"}))
    assert set(rules(of, structs.replace(STARTS, arrival=date(2026, 12, 18)), old)) == {
        *(f"T-{n:02}" for n in range(1, 11)),
        *("T-12", "T-13", "T-19", "T-20", "T-21", "T-22"),
    }
    assert "T-14" not in {rule.id for rule in old.rule}
    assert {"T-11", "T-23"} <= {rule.id for rule in old.rule}


def test_a_pause_moves_the_day_by_the_working_days_that_it_lasts() -> None:
    due = date(2026, 12, 22)
    week = Pause(date(2026, 12, 14), date(2026, 12, 21))
    assert week.working_days == 5
    assert paused(due, [week]) == date(2026, 12, 31)
    assert paused(due, [Pause(date(2026, 12, 23), date(2026, 12, 30))]) == due


def test_months_of_a_rule_end_on_the_last_day_there_is() -> None:
    rule = next(rule for rule in FRAMEWORK.rule if rule.id == "T-13")
    assert counted(rule, date(2026, 11, 30)) == date(2027, 2, 28)
