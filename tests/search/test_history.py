"""After any history the snapshot is what a fresh load would be, and the SQL form finds the same beds."""

from collections.abc import Callable

import numpy as np
import pytest
from msgspec import structs

from bedspace.nights import london_today
from bedspace.search.load import load
from bedspace.search.register import Register
from bedspace.search.search import search
from bedspace.search.snapshot import HORIZON, Snapshot
from bedspace.search.sql_form import walk
from bedspace.search.survey import survey
from gateway.access.act import House
from gateway.store.database import Pool
from tests.search.conftest import Clock
from tests.search.histories import History


@pytest.fixture(scope="session")
def template(organised: str) -> str:
    """With the lists of reasons, which some of the verbs ask for."""
    return organised


def beds_of(snapshot: Snapshot, words: "np.ndarray[tuple[int], np.dtype[np.uint64]]") -> dict[str, set[int]]:
    """Premises code → ids of the beds whose bits are set."""
    found: dict[str, set[int]] = {}
    for bed, (row, bit) in snapshot.shape.where.items():
        if int(words[row]) >> bit & 1:
            found.setdefault(snapshot.shape.sites[snapshot.shape.site_of_row[row]].code, set()).add(bed)
    return found


def same(one: Snapshot, other: Snapshot) -> None:
    for name, value in vars(one.shape).items():
        if name not in ("points", "told"):  # made of the sites and their beds, which are compared
            np.testing.assert_equal(value, getattr(other.shape, name), err_msg=name)
    assert one.base == other.base
    np.testing.assert_array_equal(one.busy, other.busy)


async def live(history: History, register: Register, pool: Pool, clock: Clock, steps: int) -> None:
    await history.begin()
    try:
        for _ in range(steps):
            await history.step()
            snapshot = await register.current()
            async with pool.acquire() as connection:
                fresh, _ = await load(connection, london_today(clock.now), clock.now)
            same(snapshot, fresh)
            ask = history.ask()
            if (ask.first - snapshot.base).days + ask.nights <= HORIZON:
                assert search(snapshot, ask) == search(fresh, ask)
            await agree(history, snapshot, pool, clock)
    finally:
        await history.finish()


async def agree(history: History, snapshot: Snapshot, pool: Pool, clock: Clock) -> None:
    """The search and the SQL form: same premises, same miles, same free beds.

    The order is another: the SQL form goes by distance alone, and the oracle of the search checks the rank.
    """
    ask = history.ask()
    if (ask.first - snapshot.base).days + ask.nights > HORIZON:
        return
    walked = await walk(pool, ask, clock.now)
    found = search(snapshot, ask)
    ranked = sorted((hit.premises.code, hit.miles) for hit in found.hits)
    assert ranked == sorted((w.code, round(w.miles, 1)) for w in walked)
    assert beds_of(snapshot, survey(snapshot, ask).fits) == {w.code: set(w.beds) for w in walked}
    few = await walk(pool, structs.replace(ask, limit=1), clock.now, beds=1)
    assert [w.code for w in few] == [w.code for w in walked[:1]]


@pytest.mark.parametrize("seed", range(3))
async def test_after_any_history_the_snapshot_equals_a_fresh_load_and_the_sql_form_agrees(
    house: House, register: Register, pool: Pool, clock: Clock, seed: int
) -> None:
    await live(History(house, clock, seed), register, pool, clock, 60)


@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("seed", range(100, 108))
async def test_after_long_histories_the_snapshot_equals_a_fresh_load(
    house: House, open_register: Callable[[], Register], pool: Pool, clock: Clock, seed: int
) -> None:
    await live(History(house, clock, seed), open_register(), pool, clock, 500)
