"""Servers of our own, to be killed and started again."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest

from bedspace.reference.load import load_reference
from gateway.embedded.postgres import Postgres
from gateway.embedded.valkey import Valkey
from gateway.store.migrate import migrate
from tests.organisation import SPOCS
from tests.worker.running import Place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("place")
    with Postgres(folder, fsync=False) as postgres, Valkey(folder) as valkey:
        for server in (postgres, valkey):
            server.start()
        for server in (postgres, valkey):
            server.wait_ready()
        asyncio.run(_fill(postgres.url))
        yield Place(folder, postgres, valkey)


async def _fill(url: str) -> None:
    await migrate(url, "demo")
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        await load_reference(connection)
        await connection.execute(SPOCS)
    await connection.close()
