"""Whoever was to be gone and has no departure is there tonight, also before the worker has lengthened the stay."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bedspace.claims.change import become_stay, end_claim
from bedspace.claims.holds import place_hold
from bedspace.claims.overdue import lengthen_stay
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.store.database import Pool
from schemas.claims import Hold, PlaceHold
from schemas.errors import NightsClaimed
from schemas.stays import LengthenStay
from tests.claims.placing import claimed, day, on_bed, within
from tests.premises.making import keep, premises


def at(house: House, days: int, hour: int) -> House:
    moment = datetime(2026, 11, 22, hour, tzinfo=UTC) + timedelta(days=days)
    return House(pool=house.pool, now=lambda: moment)


@pytest.fixture(autouse=True)
async def two_beds(house: House) -> None:
    await keep(house, premises("AP1", [[], []]))


async def hold(house: House, first: int, nights: int = 3) -> Hold:
    command = PlaceHold(bed="AP1-1", from_=day(first), nights=nights, reason="a referral")
    return await act(house, OPERATOR, place_hold, command)


@pytest.mark.parametrize(("days", "hour"), [(1, 12), (1, 23), (2, 8), (5, 0)])
async def test_a_hold_for_tonight_is_refused_while_somebody_is_still_there(
    house: House, pool: Pool, days: int, hour: int
) -> None:
    await claimed(house, "stay", -5, 1)
    with pytest.raises(NightsClaimed, match="no departure") as refused:
        await hold(at(house, days, hour), days)
    assert refused.value.nights == [day(days)]
    assert await on_bed(pool) == [("stay", -5, 1)]


async def test_a_booking_for_tonight_is_refused_as_a_hold_is(house: House) -> None:
    await claimed(house, "stay", -5, 1)
    with pytest.raises(NightsClaimed, match="no departure"):
        await claimed(at(house, 1, 12), "booking", 1, 4)


async def test_nobody_comes_earlier_than_booked_into_such_a_bed(house: House) -> None:
    await claimed(house, "stay", -5, 1)
    booking = await claimed(house, "booking", 2, 9)
    with pytest.raises(NightsClaimed, match="no departure"):
        await within(at(house, 1, 13), become_stay, booking, on=day(1))


async def test_before_the_hour_when_people_leave_and_from_tomorrow_on_the_bed_may_be_held(house: House) -> None:
    await claimed(house, "stay", -5, 1)
    held = await hold(at(house, 1, 11), 1, 1)
    assert held.bed == "AP1-1"
    assert (await hold(at(house, 1, 13), 2)).bed == "AP1-1"


async def test_once_a_departure_is_recorded_the_bed_is_free(house: House, pool: Pool) -> None:
    stay = await claimed(house, "stay", -5, 1)
    await within(at(house, 1, 13), end_claim, stay, how="departed", until=day(1))
    await hold(at(house, 1, 13), 1)
    assert await on_bed(pool) == [("hold", 1, 4)]


async def test_holds_racing_a_worker_and_a_departure_never_meet_who_is_still_there(house: House, pool: Pool) -> None:
    """Either the departure came first, and one hold has the bed; or no hold has it. Nobody is turned out again."""
    for number in range(8):
        first = 1 + 10 * number
        stay = await claimed(house, "stay", first - 5, first)
        noon = at(house, first, 12)
        deeds = [hold(noon, first, 2) for _ in range(6)]
        deeds.insert(number, act(noon, GATEWAY, lengthen_stay, LengthenStay(claim=stay)))  # type: ignore[arg-type]  # another verb
        if number % 2:
            deeds.insert(0, within(noon, end_claim, stay, how="departed", until=day(first)))
        results = await asyncio.gather(*deeds, return_exceptions=True)
        assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, NightsClaimed)]
        held = [one for one in results if isinstance(one, Hold)]
        left = await on_bed(pool)
        if number % 2:
            assert len(held) <= 1
            assert [kind for kind, _, _ in left] in (["hold"], [])
        else:
            assert (held, left) == ([], [("stay", first - 5, first + 1)])
        await pool.execute("delete from bed_claim")
    assert await pool.fetchval("select count(*) from event where kind = 'hold_ended'") == 0
    assert await pool.fetchval("select deadlocks from pg_stat_database where datname = current_database()") == 0
