"""The register when its database goes away, and comes back."""

import asyncio
from typing import Any

import asyncpg
import pytest

from bedspace.search.register import Register
from gateway.access.act import House
from gateway.store.database import Pool
from schemas.errors import Unavailable
from tests.premises.making import keep, premises
from tests.search.conftest import beds, hold, need


class Gate:
    """A pool that can be shut, as if no server answered."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.shut = pool, False

    async def acquire(self, *, timeout: float) -> Any:  # noqa: ASYNC109  # the signature is asyncpg's
        if self.shut:
            raise ConnectionRefusedError
        return await self.pool.acquire(timeout=timeout)

    async def release(self, connection: Any) -> None:
        await self.pool.release(connection)


async def cut_all(database: str) -> None:
    """Ends every other connection to the database, as a restart does."""
    owner = await asyncpg.connect(database)
    await owner.execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )
    await owner.close()


async def test_when_the_database_is_gone_there_is_no_answer_and_it_recovers_by_itself(
    database: str, house: House, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(house, premises("AP1"))
    await register.shortlist(need())
    gate = Gate(register._pool)
    monkeypatch.setattr(register, "_pool", gate)
    gate.shut = True
    await cut_all(database)
    for _ in range(2):
        with pytest.raises(Unavailable, match="Try again in a few seconds"):
            await register.shortlist(need())
    gate.shut = False
    await hold(house)
    assert beds(await register.shortlist(need())) == []


async def test_a_connection_cut_while_idle_costs_no_search(database: str, house: House, register: Register) -> None:
    await keep(house, premises("AP1"))
    await register.shortlist(need())
    await cut_all(database)
    assert beds(await register.shortlist(need())) == ["AP1-1"]


async def test_a_connection_cut_during_a_refresh_fails_that_search_alone(
    database: str, house: House, register: Register
) -> None:
    await keep(house, premises("AP1"))
    await register.shortlist(need())
    owner = await asyncpg.connect(database)
    await owner.execute("begin; lock table register_shape in access exclusive mode")
    waiting = asyncio.create_task(register.shortlist(need()))
    while not await owner.fetchval("select count(*) from pg_locks where not granted"):  # noqa: ASYNC110  # its state is the server's
        await asyncio.sleep(0)
    await owner.execute("select pg_terminate_backend(pid, 5000) from pg_locks where not granted; rollback")
    await owner.close()
    with pytest.raises(Unavailable):
        await waiting
    assert beds(await register.shortlist(need())) == ["AP1-1"]
