"""Many callers at once for one bed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from time import perf_counter

import pytest

from bedspace.claims.holds import end_hold, lapse_holds, place_hold
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.store.database import Pool, open_pool
from schemas.claims import EndHold, Hold, LapseHolds, PlaceHold
from schemas.errors import NightsClaimed
from tests.premises.making import keep, premises

RACERS = 50


@pytest.fixture
async def wide(database: str, house: House) -> AsyncIterator[House]:
    """A house with a connection for every racer."""
    pool: Pool = await open_pool(database, size=RACERS)
    yield House(pool=pool, now=house.now)
    await asyncio.wait_for(pool.close(), 20)


async def race(house: House, nights: int) -> list[Hold | BaseException]:
    wanted = [
        PlaceHold(bed="AP1-1", from_=date(2026, 12, 1 + n % 5), nights=nights, reason="race") for n in range(RACERS)
    ]
    return await asyncio.gather(*(act(house, OPERATOR, place_hold, one) for one in wanted), return_exceptions=True)


async def rounds(house: House, count: int) -> None:
    """Each round: one wins, all others are told the nights, nothing deadlocks, and it is over quickly."""
    for number in range(count):
        began = perf_counter()
        results = await race(house, nights=10 + number % 3)
        won = [result for result in results if isinstance(result, Hold)]
        lost = [result for result in results if isinstance(result, NightsClaimed)]
        assert (len(won), len(lost)) == (1, RACERS - 1), [r for r in results if not isinstance(r, Hold | NightsClaimed)]
        assert all(result.nights for result in lost)
        assert perf_counter() - began < 20
        await act(house, OPERATOR, end_hold, EndHold(id=won[0].id))


async def test_of_fifty_racing_holds_exactly_one_wins_and_the_others_are_told_the_nights(wide: House) -> None:
    await keep(wide, premises("AP1"))
    await rounds(wide, 5)


@pytest.mark.soak
@pytest.mark.timeout(1200)
async def test_of_fifty_racing_holds_exactly_one_wins_in_a_hundred_rounds(wide: House) -> None:
    await keep(wide, premises("AP1"))
    await rounds(wide, 100)


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
