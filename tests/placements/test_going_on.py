"""Residents who stay on past the day: when they were expected is kept, and a move that loses its bed is off."""

from datetime import date, timedelta

from gateway.worker.ticks import archive, lengthen
from tests.placements.placing import AP1, AP2, Clock, somebody
from tests.placements.test_sequences import sound


async def test_the_expected_day_stays_as_it_was_while_a_stay_goes_on_and_after_the_departure(clock: Clock) -> None:
    placement = await clock.arrived("AP1-1", nights=2)
    for _ in range(4):
        clock.later(days=1)
        await lengthen(clock.house)
    read = await clock.read(placement)
    assert (read.departs_on, read.expected_departure) == (date(2026, 11, 25), date(2026, 11, 25))
    assert [(kind, end) for _, kind, _, end in await clock.claims()] == [("stay", date(2026, 11, 27))]
    clock.later(hours=3)
    await clock.do("depart", placement, reason="moved_on")
    read = await clock.read(placement)
    assert (read.departs_on, read.expected_departure) == (date(2026, 11, 27), date(2026, 11, 25))


async def test_an_emergency_move_of_somebody_who_overstays_leaves_the_expected_day_as_it_was(clock: Clock) -> None:
    placement = await clock.arrived("AP1-1", nights=1)
    clock.later(days=3)
    await lengthen(clock.house)
    await clock.do("relocate", placement, bed="AP2-1", emergency=True, reason="staff")
    assert (await clock.read(placement)).departs_on == date(2026, 11, 24)
    assert await clock.claims() == [("AP2-1", "stay", date(2026, 11, 26), date(2026, 11, 27))]
    await sound(clock.house)


async def test_a_move_that_nobody_made_until_the_end_of_the_placement_is_off(clock: Clock) -> None:
    placement = await clock.arrived("AP1-1", nights=3)
    on = clock.at.date() + timedelta(days=1)
    await clock.do("relocate", placement, AP1, bed="AP2-1", on=on, reason="staff")
    await clock.do("relocation_accept", placement, AP2)
    clock.later(hours=3)
    for _ in range(4):
        clock.later(days=1)
        await lengthen(clock.house)
    read = await clock.read(placement)
    assert read.relocation is not None
    assert read.relocation.state == "undone"
    assert "move_lost" in [line.kind for line in read.history]
    assert [(bed, kind) for bed, kind, _, _ in await clock.claims()] == [("AP1-1", "stay")]
    await sound(clock.house)


async def test_a_move_into_a_bed_whose_resident_stays_on_is_off_and_the_nights_are_given_back(clock: Clock) -> None:
    await clock.arrived("AP1-1", somebody(2), nights=1)
    placement = await clock.arrived("AP2-1", nights=20)
    before = next(one for one in await clock.claims() if one[0] == "AP2-1")
    on = clock.at.date() + timedelta(days=1)
    await clock.do("relocate", placement, AP2, bed="AP1-1", on=on, reason="staff")
    await clock.do("relocation_accept", placement, AP1)
    clock.later(days=1, hours=3)
    assert await lengthen(clock.house) == 1
    read = await clock.read(placement)
    assert read.relocation is not None
    assert read.relocation.state == "undone"
    assert before in await clock.claims()
    await sound(clock.house)


async def test_a_move_undone_after_the_stay_has_gone_on_keeps_tonight(clock: Clock) -> None:
    placement = await clock.arrived("AP1-1", nights=4)
    on = clock.at.date() + timedelta(days=1)
    await clock.do("relocate", placement, AP1, bed="AP2-1", on=on, reason="staff")
    await clock.do("relocation_accept", placement, AP2)
    clock.later(days=2, hours=3)
    await lengthen(clock.house)
    await clock.do("relocation_undo", placement)
    assert await clock.claims() == [("AP1-1", "stay", date(2026, 11, 23), date(2026, 11, 27))]
    await sound(clock.house)


async def test_the_booking_of_a_move_that_nobody_made_is_a_question_to_a_person_and_not_archived(clock: Clock) -> None:
    placement = await clock.arrived("AP1-1", nights=3)
    on = clock.at.date() + timedelta(days=1)
    await clock.do("relocate", placement, AP1, bed="AP2-1", on=on, reason="staff")
    await clock.do("relocation_accept", placement, AP2)
    clock.later(days=6)
    await archive(clock.house)
    assert ("AP2-1", "booking", on, date(2026, 11, 26)) in await clock.claims()
    await clock.do("arrive", placement)
    assert await clock.claims() == [("AP2-1", "stay", date(2026, 11, 29), date(2026, 11, 30))]
    await sound(clock.house)
