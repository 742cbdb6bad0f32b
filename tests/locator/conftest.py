"""One database with the published organisation and the demo's SPOCs; each test looks at it in its own transaction."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from bedspace.geography.postcodes import Postcodes
from bedspace.locator.invented import demo_spocs
from bedspace.locator.locate import locate
from bedspace.locator.spocs import keep_spocs
from bedspace.reference.load import load_reference
from bedspace.store import Tx
from schemas.locate import Located, Whereabouts
from schemas.words import Purpose

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def organised(server: str, template: str, named: Callable[[str], str]) -> Iterator[str]:
    """URL of that database."""
    name = f"organised_{uuid4().hex[:12]}"
    url = named(name)

    async def make() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"create database {name} template {template} strategy file_copy")
        await connection.close()
        connection = await asyncpg.connect(url)
        async with connection.transaction():
            await load_reference(connection)
            await connection.execute("select set_config('bedspace.nation', 'on', true)")
            await keep_spocs(connection, demo_spocs(), datetime(2026, 11, 22, tzinfo=UTC))
        await connection.close()

    async def drop() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"drop database {name} with (force)")
        await connection.close()

    asyncio.run(make())
    yield url
    asyncio.run(drop())


@pytest.fixture(scope="module")
def of_its_own(server: str, organised: str, named: Callable[[str], str]) -> Iterator[str]:
    """URL of a copy of the organised database, which the tests of a file change."""
    name = f"own_{uuid4().hex[:12]}"

    async def say(statement: str) -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(say(f"create database {name} template {urlsplit(organised).path[1:]} strategy file_copy"))
    yield named(name)
    asyncio.run(say(f"drop database {name} with (force)"))


@pytest.fixture
async def tx(organised: str) -> AsyncIterator[Tx]:
    """A transaction of the application's role; nothing of it stays."""
    connection = await asyncpg.connect(organised, server_settings={"role": "bedspace_app"})
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("select set_config('bedspace.nation', 'on', true)")
    await connection.execute("select set_config('bedspace.actor', 'x', true)")
    yield connection
    await transaction.rollback()
    await connection.close()


@pytest.fixture
def ask(tx: Tx, postcodes: Postcodes) -> Callable[..., Awaitable[Located]]:
    """Asks the locator on 22 November 2026, or `on` another day."""

    async def asked(near: str, purpose: Purpose = "transfer", on: date | None = None) -> Located:
        return await locate(tx, postcodes, Whereabouts(near=near, purpose=purpose, on=on), TODAY)

    return asked
