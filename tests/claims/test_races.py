"""Many callers at once for one bed, or for one person."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from time import perf_counter
from uuid import UUID

import pytest

from bedspace.claims.change import end_claim
from bedspace.claims.holds import end_hold, lapse_holds, place_hold
from bedspace.claims.out_of_service import cancel_outage, take_out_of_service
from bedspace.claims.stays import ClaimPlaced, PlaceClaim, place_claim
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.store.database import Pool, open_pool
from gateway.worker.ticks import archive, lengthen
from schemas.claims import EndHold, Hold, LapseHolds, PlaceHold
from schemas.errors import BedspaceError, Conflict, NightsClaimed
from schemas.outages import CancelOutage, TakeOutOfService
from tests.claims.placing import claimed, day, rests, within
from tests.premises.making import keep, premises

RACERS = 50


@pytest.fixture
async def wide(database: str, house: House) -> AsyncIterator[House]:
    """A house with a connection for every racer."""
    pool: Pool = await open_pool(database, size=RACERS)
    await asyncio.gather(*(pool.fetchval("select pg_sleep(0.2)") for _ in range(RACERS)))  # all are open before a race
    yield House(pool=pool, now=house.now)
    await asyncio.wait_for(pool.close(), 20)


async def race(house: House, nights: int) -> list[Hold | BaseException]:
    wanted = [
        PlaceHold(bed="AP1-1", from_=date(2026, 12, 1 + n % 5), nights=nights, reason="race") for n in range(RACERS)
    ]
    return await asyncio.gather(*(act(house, OPERATOR, place_hold, one) for one in wanted), return_exceptions=True)


async def rounds(house: House, count: int) -> None:
    """Each round: one wins, all others are told the nights, and nothing deadlocks."""
    worst = 0.0
    for number in range(count):
        began = perf_counter()
        results = await race(house, nights=10 + number % 3)
        worst = max(worst, perf_counter() - began)
        won = [result for result in results if isinstance(result, Hold)]
        lost = [result for result in results if isinstance(result, NightsClaimed)]
        assert (len(won), len(lost)) == (1, RACERS - 1), [r for r in results if not isinstance(r, Hold | NightsClaimed)]
        assert all(result.nights for result in lost)
        await act(house, OPERATOR, end_hold, EndHold(id=won[0].id))
    tell(f"{RACERS} for one bed", count, worst)
    await no_deadlock(house)


async def rounds_for_one_person(house: House, count: int) -> None:
    """Fifty beds, one person: one booking is kept, and the others are told that the person has a bed."""
    worst = 0.0
    for number in range(count):
        person = UUID(int=number + 1)
        wanted = [
            PlaceClaim(bed=f"AP1-{n}", kind="booking", from_=date(2026, 12, 1 + n % 5), nights=10, person=person)
            for n in range(1, RACERS + 1)
        ]
        began = perf_counter()
        racing = (act(house, OPERATOR, place_claim, one) for one in wanted)
        results = await asyncio.gather(*racing, return_exceptions=True)
        worst = max(worst, perf_counter() - began)
        won = [result for result in results if isinstance(result, ClaimPlaced)]
        lost = [result for result in results if isinstance(result, Conflict)]
        assert (len(won), len(lost)) == (1, RACERS - 1), [
            r for r in results if not isinstance(r, ClaimPlaced | Conflict)
        ]
        await within(house, end_claim, won[0].id, how="cancelled")
    tell(f"{RACERS} beds for one person", count, worst)
    await no_deadlock(house)


def tell(race_: str, count: int, worst: float) -> None:
    """Printed, and not asserted: the machine that tests is shared. `pytest -s` shows it."""
    print(f"\n{race_}, {count} rounds: the worst took {worst * 1000:.0f} ms")  # noqa: T201  # it is the measurement


async def no_deadlock(house: House) -> None:
    """The database has counted none. It counts a second late, so what the callers were told is asserted as well."""
    assert await house.pool.fetchval("select deadlocks from pg_stat_database where datname = current_database()") == 0


async def test_of_fifty_racing_holds_exactly_one_wins_and_the_others_are_told_the_nights(wide: House) -> None:
    await keep(wide, premises("AP1"))
    await rounds(wide, 5)


async def test_of_fifty_bookings_of_one_person_on_fifty_beds_exactly_one_is_kept(wide: House) -> None:
    await keep(wide, premises("AP1", [[]] * RACERS))
    await rounds_for_one_person(wide, 5)


@pytest.mark.soak
@pytest.mark.timeout(2400)
async def test_of_fifty_racing_holds_exactly_one_wins_in_two_hundred_rounds(wide: House) -> None:
    await keep(wide, premises("AP1"))
    await rounds(wide, 200)


@pytest.mark.soak
@pytest.mark.timeout(2400)
async def test_of_fifty_bookings_of_one_person_exactly_one_is_kept_in_two_hundred_rounds(wide: House) -> None:
    await keep(wide, premises("AP1", [[]] * RACERS))
    await rounds_for_one_person(wide, 200)


async def everything_at_once(house: House, count: int) -> None:
    """On eight beds whose stays are overdue: outages, bookings, departures and the worker's ticks, all together."""
    noon = House(pool=house.pool, now=lambda: house.now() + timedelta(hours=3))
    for number in range(count):
        beds = [f"AP1-{n}" for n in range(1, 9)]
        for bed in beds:
            await claimed(house, "stay", -5, 0, bed=bed)

        async def leave(bed: str) -> None:
            claim = await house.pool.fetchval(
                "select c.id from bed_claim c join bed b on b.id = c.bed_id where b.code = $1 and kind = 'stay'", bed
            )
            await within(noon, end_claim, claim, how="departed", until=day(0))

        out = [TakeOutOfService(bed=bed, from_=day(0), until=day(4), reason="closure") for bed in beds]
        results = await asyncio.gather(
            *(act(noon, OPERATOR, take_out_of_service, one) for one in out),
            *(claimed(noon, "booking", 0, 3, bed=bed) for bed in beds),
            *(leave(bed) for bed in beds[::2]),
            *(lengthen(noon) for _ in range(3)),
            *(archive(noon) for _ in range(3)),
            return_exceptions=True,
        )
        unheard = [one for one in results if isinstance(one, BaseException) and not isinstance(one, BedspaceError)]
        assert unheard == []
        ended_today = "select count(*) from bed_claim where kind = 'stay' and upper(during) <= $1"
        assert await lengthen(noon) >= 0
        assert await house.pool.fetchval(ended_today, day(0)) == 0, f"round {number}"
        for row in await house.pool.fetch("select id from bed_claim where kind <> 'out_of_service'"):
            await within(noon, end_claim, row["id"], how="ended")
        for row in await house.pool.fetch("select outage_id from bed_claim where kind = 'out_of_service'"):
            await act(noon, OPERATOR, cancel_outage, CancelOutage(id=row["outage_id"]))
        await house.pool.execute("delete from bed_claim")
    await no_deadlock(house)


async def test_outages_bookings_departures_and_overdue_stays_all_at_once_never_deadlock(wide: House) -> None:
    await keep(wide, premises("AP1", [[]] * 8))
    await rests(wide.pool, 1)
    await everything_at_once(wide, 3)


@pytest.mark.soak
@pytest.mark.timeout(2400)
async def test_outages_bookings_departures_and_overdue_stays_never_deadlock_in_fifty_rounds(wide: House) -> None:
    await keep(wide, premises("AP1", [[]] * 8))
    await rests(wide.pool, 1)
    await everything_at_once(wide, 50)


async def test_holds_that_lapse_end_and_begin_all_at_once_never_deadlock(wide: House) -> None:
    """Lapsing takes many beds, each of the others one: in the order of ids, nobody waits in a circle."""
    await keep(wide, premises("AP1", [[]] * 8))

    async def place_and_end(bed: str) -> None:
        hold = await act(wide, OPERATOR, place_hold, PlaceHold(bed=bed, from_=date(2026, 12, 1), nights=3, reason="x"))
        await wide.pool.execute("update bed_claim set expires_at = placed_at where id = $1", hold.id)
        await act(wide, OPERATOR, end_hold, EndHold(id=hold.id))

    async def lapse() -> None:
        for _ in range(3):
            await act(wide, GATEWAY, lapse_holds, LapseHolds())

    for _ in range(5):
        await asyncio.gather(*(place_and_end(f"AP1-{n}") for n in range(1, 9)), *(lapse() for _ in range(4)))
    assert await wide.pool.fetchval("select count(*) from bed_claim") == 0
