"""T-14, SYS-10: the status of an NSI is the fold of what every source reports, whatever the order of arrival."""

from datetime import UTC, date, datetime
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from gateway.transfers.fold import Report, fold, impossible, in_order
from schemas.words import NsiStatus

MOVE = date(2026, 12, 18)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def said(source: str, version: int, status: NsiStatus, day: int, **more: object) -> Report:
    return Report(source=source, version=version, status=status, at=at(day), **more)  # type: ignore[arg-type]  # fields by name


SIX = (
    said("bedspace", 1, "raised", 1),
    said("bedspace", 2, "received", 3),
    said("ndelius", 1, "raised", 2),
    said("ndelius", 2, "allocated", 4),
    said("ndelius", 3, "in_progress", 4),
    said("tracker", 7, "completed", 9, outcome="transferred"),
)


def test_sys_10_all_720_orders_of_six_updates_with_duplicates_end_in_one_state() -> None:
    wanted = fold(SIX)
    assert (wanted.status, wanted.started_on, wanted.ended_on) == ("completed", date(2026, 12, 4), date(2026, 12, 9))
    seen = 0
    for order in permutations(SIX):
        assert fold((*order, *order[:3], order[0])) == wanted
        assert impossible((*order, *order), "case_transfer", MOVE) == []
        seen += 1
    assert seen == 720


reports = st.builds(
    Report,
    source=st.sampled_from(["bedspace", "ndelius", "tracker"]),
    record=st.sampled_from(["", "a"]),
    version=st.integers(1, 4),
    status=st.sampled_from(["raised", "received", "in_progress", "completed", "withdrawn", "returned"]),
    at=st.integers(1, 6).map(at),
)


@given(
    st.lists(reports, min_size=1, max_size=8, unique_by=lambda one: (one.source, one.record, one.version)), st.data()
)
def test_sys_10_any_reports_in_any_order_end_in_one_state(these: list[Report], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(these + these[:2]))
    assert fold(shuffled) == fold(these)
    assert impossible(shuffled, "temporary_move", MOVE) == impossible(these, "temporary_move", MOVE)
    folded = fold(these)
    assert (folded.ended_on is None) == (folded.status not in ("completed", "withdrawn", "returned"))
    assert folded.started_on is None or folded.ended_on is None or folded.started_on <= folded.ended_on


def test_within_a_source_its_version_counts_and_not_its_clock() -> None:
    late, early = said("ndelius", 1, "received", 5), said("ndelius", 2, "in_progress", 3)
    assert fold([early, late]).status == "in_progress"
    assert [one.at for one in in_order([early, late])] == [at(5), at(5)]


def test_between_sources_the_time_counts_and_at_one_instant_the_name() -> None:
    ours, theirs = said("bedspace", 9, "withdrawn", 3), said("ndelius", 1, "received", 5)
    assert fold([theirs, ours]).status == "received"
    assert fold([said("bedspace", 1, "raised", 5), theirs]).source == "ndelius"


def test_an_active_nsi_has_no_end_date_even_where_it_was_over_before() -> None:
    back = [said("bedspace", 1, "returned", 3, outcome="other"), said("bedspace", 2, "raised", 4)]
    assert (fold(back[:1]).ended_on, fold(back[:1]).outcome) == (date(2026, 12, 3), "other")
    assert (fold(back).ended_on, fold(back).outcome, fold(back).started_on) == (None, None, None)


def test_the_day_it_started_and_ended_are_as_the_source_says() -> None:
    whole = said("ndelius", 4, "completed", 9, started_on=date(2026, 12, 2), ended_on=date(2026, 12, 8))
    folded = fold([said("bedspace", 1, "in_progress", 4), whole])
    assert (folded.started_on, folded.ended_on) == (date(2026, 12, 2), date(2026, 12, 8))


def test_a_sequence_that_cannot_be_is_told_in_words() -> None:
    over = [said("ndelius", 1, "withdrawn", 3), said("ndelius", 2, "completed", 4)]
    assert impossible(over, "case_transfer", MOVE) == [
        "Withdrawn (ndelius, version 1), and after it Completed (ndelius, version 2)."
    ]
    back = [said("bedspace", 1, "in_progress", 3), said("ndelius", 1, "received", 4)]
    assert impossible(back, "case_transfer", MOVE) == [
        "In progress (bedspace, version 1), and after it Received (ndelius, version 1)."
    ]


def test_a_temporary_move_that_is_completed_before_it_starts_is_asked_about() -> None:
    done = [said("ndelius", 1, "in_progress", 3), said("ndelius", 2, "completed", 4)]
    assert impossible(done, "temporary_move", MOVE) == [
        "Completed (ndelius, version 2): a temporary move is completed by the return from it, and it had not begun."
    ]
    assert impossible(done, "case_transfer", MOVE) == []
    assert impossible([said("ndelius", 2, "completed", 18)], "temporary_move", MOVE) == []


def test_steps_left_out_and_what_is_done_here_are_not_asked_about() -> None:
    rerouted = [said("bedspace", 1, "raised", 1), said("bedspace", 2, "received", 2), said("bedspace", 3, "raised", 3)]
    assert impossible(rerouted, "case_transfer", MOVE) == []
    assert impossible([*rerouted, said("ndelius", 1, "in_progress", 4)], "case_transfer", MOVE) == []
