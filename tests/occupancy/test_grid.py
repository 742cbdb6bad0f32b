"""The grid from the snapshot, against the same from the rows."""

from random import Random
from typing import Any

import pytest

from bedspace.occupancy.grid import from_rows, from_snapshot
from bedspace.occupancy.rows import Which, read_rows, read_sites, sql
from bedspace.search.load import load
from gateway.access.act import House
from gateway.access.actors import OPERATOR
from gateway.access.looking import looking
from tests.claims.placing import TODAY, claimed, day
from tests.premises.making import keep, premises

KINDS = ["stay", "booking", "turnaround", "out_of_service"]


async def fill(house: House, dice: Random) -> None:
    """Random claims, some of them stays that were to end before today."""
    for n in range(3):
        rooms: list[Any] = [dice.sample(["step_free", "en_suite"], dice.randrange(3)) for _ in range(3)]
        await keep(house, premises(f"AP{n}", rooms, beds=dice.choice([1, 1, 22])))
        for room in (1, 2, 3):
            night = dice.choice([-9, -2, 0, 4])
            for _ in range(dice.randrange(3)):
                length = dice.choice([1, 2, 9, 30])
                kind = dice.choice(KINDS if night >= 0 else ["stay", "out_of_service"])
                bed = f"AP{n}-{room}"
                if await house.pool.fetchval("select count(*) from bed where code = $1", bed):
                    await claimed(house, kind, night, night + length, bed=bed)
                night += length + dice.choice([0, 3])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("needs", [(), ("step_free",), ("step_free", "en_suite")])
async def test_the_grid_is_the_same_from_the_snapshot_and_from_the_rows(
    house: House, seed: int, needs: tuple[str, ...]
) -> None:
    dice = Random(seed)
    await fill(house, dice)
    first = dice.choice([0, 0, 5])
    async with house.pool.acquire() as connection:
        snapshot, _ = await load(connection, TODAY, house.now())
    async with looking(house, OPERATOR, "occupancy.read") as tx:
        rows = await read_rows(tx, Which(), day(first), day(first + 20), house.now())
        sites = await read_sites(tx, Which())
        there = [(row["bed_id"], row["end"]) for row in await sql.still_there(tx, now=house.now())]
    capacity, free = from_snapshot(snapshot, sites, first, 20, needs, there)
    expected_capacity, expected_free = from_rows(rows, needs)
    assert capacity.tolist() == expected_capacity.tolist()
    assert free.tolist() == expected_free.tolist()
