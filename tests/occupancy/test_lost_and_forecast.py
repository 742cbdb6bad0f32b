"""Nights lost, and the weeks to come, on rows by hand and at random."""

from hypothesis import given

from bedspace.occupancy.forecast import forecast
from bedspace.occupancy.lost import lost
from bedspace.occupancy.rows import Rows
from tests.occupancy.worlds import NOW, WORLDS, bed, claim, rows

NAMES = {"deep_clean": "A deep clean", "closure": "Closed"}


@given(WORLDS)
def test_every_night_of_every_bed_is_counted_once_however_it_is_put_together(world: Rows) -> None:
    by_region, by_premises = lost(world, NAMES, NOW, by="region"), lost(world, NAMES, NOW)
    for row in (*by_region.rows, *by_premises.rows, by_premises.total):
        assert row.capacity == row.occupied + row.kept + row.turnaround + row.empty + row.out_of_service
        assert row.out_of_service == sum(row.reasons.values())
        assert row.lost == row.turnaround + row.empty + row.out_of_service
    assert by_region.total == by_premises.total
    assert sum(row.capacity for row in by_region.rows) == by_region.total.capacity


def test_nights_out_of_service_are_told_by_reason() -> None:
    claims = [
        claim(1, "out_of_service", -5, -2, reason="deep_clean"),
        claim(1, "turnaround", -2, -1),
        claim(2, "out_of_service", -20, None, reason="closure"),
        claim(3, "stay", -9, -4),
    ]
    found = lost(rows(*claims, beds=[bed(1), bed(2), bed(3)], first=-10, nights=10), NAMES, NOW)
    assert found.total.reasons == {"closure": 10, "deep_clean": 3}
    assert found.reasons == {"closure": "Closed", "deep_clean": "A deep clean"}
    assert (found.total.occupied, found.total.turnaround, found.total.empty) == (5, 1, 11)
    assert found.total.share(found.total.out_of_service) == 43.3


def test_a_part_without_capacity_has_no_share_and_no_line() -> None:
    found = lost(rows(beds=[]), NAMES, NOW)
    assert (found.rows, found.total.capacity, found.total.share(0)) == ([], 0, 0.0)


@given(WORLDS)
def test_what_is_expected_lies_between_low_and_high_and_high_within_capacity(world: Rows) -> None:
    for week in forecast(world, NOW).total.weeks:
        assert week.low <= week.expected <= week.high <= week.capacity
        assert week.high + week.out_of_service <= week.capacity + 0.1


def test_a_forecast_counts_ends_and_bookings_and_keeps_holds_apart() -> None:
    claims = [claim(1, "stay", -9, 7), claim(2, "booking", 7, 30), claim(3, "hold", 0, 14)]
    found = forecast(rows(*claims, beds=[bed(1), bed(2), bed(3)]), NOW)
    one, two = found.total.weeks
    assert (one.expected, one.low, one.high, one.held) == (1.0, 1.0, 2.0, 1.0)
    assert (one.departures, one.arrivals, two.departures, two.arrivals) == (0, 0, 1, 1)
    assert (two.expected, two.high) == (1.0, 2.0)


def test_the_range_is_what_overdue_late_and_endless_leave_open() -> None:
    claims = [
        claim(1, "stay", -9, -1, overdue=True),
        claim(2, "booking", -1, 30, late=True),
        claim(3, "stay", -5, None),
    ]
    found = forecast(rows(*claims, beds=[bed(1), bed(2), bed(3)]), NOW)
    assert (found.overdue, found.late, found.endless) == (1, 1, 1)
    one, two = found.total.weeks
    assert (one.low, one.expected, one.high) == (0.0, 2.1, 3.0)
    assert (two.low, two.expected, two.high) == (0.0, 2.0, 3.0)


def test_temporary_beds_are_in_neither() -> None:
    world = rows(claim(1, "stay", -1, 3), beds=[bed(1, temporary=True)])
    assert lost(world, NAMES, NOW).total.capacity == 0
    assert forecast(world, NOW).total.weeks[0].expected == 0.0
