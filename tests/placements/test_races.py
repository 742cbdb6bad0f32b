"""Many at once for one bed, for one person, and for each other's beds."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from gateway.store.database import open_pool
from schemas.errors import Conflict, NightsClaimed
from schemas.placing import PlacementDone
from tests.placements.placing import AP1, AP2, ARRIVES, Clock, somebody
from tests.premises.making import keep, premises

RACERS = 50


@pytest.fixture
async def wide(database: str, clock: Clock) -> AsyncIterator[Clock]:
    """A clock with a connection for every racer."""
    pool = await open_pool(database, size=RACERS)
    yield Clock(pool)
    await asyncio.wait_for(pool.close(), 20)


async def make_way(wide: Clock, lost: list[UUID]) -> None:
    """For the round that follows: whoever lost is referred anew in it."""
    for one in lost:
        await wide.do("withdraw", one, reason="another_found")


async def for_one_bed(wide: Clock, rounds: int) -> None:
    for number in range(rounds):
        first = ARRIVES + timedelta(days=100 * number)
        placements = [
            await wide.referred(somebody(n), decide=number == 0, ask=["AP1"], arrives_on=first, nights=10)
            for n in range(RACERS)
        ]
        results = await asyncio.gather(
            *(wide.do("accept", one, AP1, bed="AP1-1") for one in placements), return_exceptions=True
        )
        won = [one for one in results if isinstance(one, PlacementDone)]
        lost = [one for one in results if isinstance(one, NightsClaimed)]
        assert (len(won), len(lost)) == (1, RACERS - 1), results
        await make_way(wide, [one for one in placements if one != won[0].id and number + 1 < rounds])


async def test_of_fifty_acceptances_for_one_bed_exactly_one_wins(wide: Clock) -> None:
    await for_one_bed(wide, 3)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_of_fifty_acceptances_for_one_bed_exactly_one_wins_in_two_hundred_rounds(wide: Clock) -> None:
    await for_one_bed(wide, 200)


async def for_one_person(wide: Clock, rounds: int) -> None:
    """One person, referred for a day each, to fifty beds: whoever accepts first has them."""
    await keep(wide.house, premises("AP5", [[]] * RACERS))
    for number in range(rounds):
        first = ARRIVES + timedelta(days=200 * number)
        placements = [
            await wide.referred(
                somebody(), decide=number + n == 0, ask=["AP5"], arrives_on=first + timedelta(days=n), nights=90
            )
            for n in range(RACERS)
        ]
        results = await asyncio.gather(
            *(wide.do("accept", one, bed=f"AP5-{n}") for n, one in enumerate(placements, 1)), return_exceptions=True
        )
        won = [one for one in results if isinstance(one, PlacementDone)]
        lost = [one for one in results if isinstance(one, Conflict) and "(AP5)" in str(one)]
        assert (len(won), len(lost)) == (1, RACERS - 1), results
        await make_way(wide, [one for one in placements if one != won[0].id and number + 1 < rounds])


async def test_of_fifty_acceptances_for_one_person_exactly_one_wins_and_the_others_are_told_where(wide: Clock) -> None:
    await for_one_person(wide, 3)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_of_fifty_acceptances_for_one_person_exactly_one_wins_in_two_hundred_rounds(wide: Clock) -> None:
    await for_one_person(wide, 200)


async def swapping(wide: Clock, rounds: int) -> None:
    """Each premises moves somebody into the bed that the other one's resident leaves, and into a free one."""
    day = wide.at.date()
    one, other = (
        await wide.arrived("AP1-1", somebody(1), nights=300),
        await wide.arrived("AP2-1", somebody(2), nights=300),
    )
    for number in range(rounds):
        beds = [(await wide.read(placement)).bed for placement in (one, other)]
        free = ["AP2-2" if number % 2 == 0 else "AP1-2", "AP1-2" if number % 2 == 0 else "AP2-2"]
        wanted = [(one, beds[1]), (other, beds[0]), (one, free[0]), (other, free[1])]
        results = await asyncio.gather(
            *(
                wide.do("relocate", placement, bed=bed, emergency=True, reason="risk_to_resident")
                for placement, bed in wanted
            ),
            return_exceptions=True,
        )
        bad = [
            r for r in results if not isinstance(r, PlacementDone | NightsClaimed | Conflict) and "too" not in str(r)
        ]
        assert bad == []
        assert await wide.pool.fetchval("select count(*) from bed_claim where kind = 'stay'") == 2
        for placement, home in ((one, "AP1-1"), (other, "AP2-1")):
            if (await wide.read(placement)).bed != home:
                await _home(wide, placement, home)
        assert wide.at.date() == day


async def _home(wide: Clock, placement: object, bed: str) -> None:
    read = await wide.read(placement)  # type: ignore[arg-type]  # an id
    there = read.premises.code if read.premises else ""
    if bed.startswith(there):
        spare = "AP3-1" if bed.startswith("AP1") else "AP3-2"
        await wide.do("relocate", read.id, bed=spare, emergency=True, reason="staff")
    await wide.do("relocate", read.id, bed=bed, emergency=True, reason="staff")


async def test_two_premises_that_move_people_into_each_others_beds_never_deadlock(wide: Clock) -> None:
    await swapping(wide, 5)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_two_premises_that_move_people_into_each_others_beds_never_deadlock_in_two_hundred_rounds(
    wide: Clock,
) -> None:
    await swapping(wide, 200)


async def test_planned_moves_into_each_others_beds_are_answered_at_once_without_a_deadlock(wide: Clock) -> None:
    on = wide.at.date() + timedelta(days=3)
    one, other = await wide.arrived("AP1-1", somebody(1)), await wide.arrived("AP2-1", somebody(2))
    for _ in range(5):
        await asyncio.gather(
            wide.do("relocate", one, AP1, bed="AP2-2", on=on, reason="staff"),
            wide.do("relocate", other, AP2, bed="AP1-2", on=on, reason="staff"),
        )
        await asyncio.gather(wide.do("relocation_accept", one, AP2), wide.do("relocation_accept", other, AP1))
        await asyncio.gather(wide.do("relocation_undo", one, AP2), wide.do("relocation_undo", other, AP2))
