"""After any sequence of verbs no invariant is broken, and the snapshot is what a fresh load would be."""

from datetime import datetime

import pytest

from bedspace.nights import london_today
from bedspace.search.load import load
from bedspace.search.register import Register
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from gateway.verify.register import snapshot_differs
from gateway.verify.verify import Verify, verify
from tests.search.conftest import Clock, ThreePostcodes
from tests.search.histories import Orderly
from tests.search.test_history import same

LOOKS = {"sealed", "responsible_known", "dead"}
"""Warnings about what these histories do not touch."""


async def live(house: House, clock: Clock, seed: int, steps: int) -> Orderly:
    history = Orderly(house, clock, seed)
    register = Register(house.pool, ThreePostcodes(), now=clock, invented=True)
    try:
        await history.begin()
        for step in range(steps):
            await history.step()
            snapshot = await register.current()
            async with house.pool.acquire() as connection:
                same(snapshot, (await load(connection, london_today(clock.now), clock.now))[0])
            if step % 10 == 9:
                await sound(house, clock)
        await sound(house, clock)
    finally:
        await register.close()
    return history


async def sound(house: House, clock: Clock) -> None:
    found = await act(house, OPERATOR, verify, Verify())
    assert {one.id: one.found for one in found if one.state != "holds" and one.id not in LOOKS} == {}
    assert await snapshot_differs(house.pool, clock.now) == []


def on_a_clock(pool: Pool, now: datetime) -> tuple[House, Clock]:
    clock = Clock(now)
    return House(pool=pool, now=clock), clock


@pytest.mark.parametrize("seed", range(4))
async def test_after_any_sequence_of_verbs_everything_holds(pool: Pool, now: datetime, seed: int) -> None:
    house, clock = on_a_clock(pool, now)
    await live(house, clock, seed, 60)


async def test_such_sequences_come_to_everything_that_can_happen(pool: Pool, now: datetime) -> None:
    house, clock = on_a_clock(pool, now)
    await live(house, clock, 11, 120)
    kinds = {row["kind"] for row in await pool.fetch("select distinct kind from event")}
    assert {"bed_out_of_service", "outage_revised", "outage_cancelled", "stay_lengthened", "bed_overbooked"} <= kinds
    ends = {row["ended_how"] for row in await pool.fetch("select distinct ended_how from bed_claim_history")}
    assert {"departed", "past", "lapsed", "changed"} <= ends


@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("seed", range(100, 108))
async def test_after_long_sequences_of_verbs_everything_holds(pool: Pool, now: datetime, seed: int) -> None:
    house, clock = on_a_clock(pool, now)
    await live(house, clock, seed, 500)
