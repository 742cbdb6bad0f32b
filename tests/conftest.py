"""A real PostgreSQL for the whole run; a fresh database, cloned from a migrated one, for each test that asks."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from bedspace.geography.postcodes import Postcodes, open_postcodes
from gateway.access.act import House
from gateway.embedded.postgres import embedded_postgres
from gateway.store.database import Pool, open_pool
from gateway.store.migrate import migrate
from tests.memory import folder_in_memory
from tests.organisation import with_more, with_organisation
from tests.premises.making import two_premises

LONG = (
    "browser/",
    "faults/",
    "journeys/",
    "adapters/email_notice/",
    "api/test_generated.py",
    "placements/test_races.py",
)
"""Files of few and long tests. They are begun first, so that no worker sits alone with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    items.sort(key=lambda item: not item.path.relative_to(here).as_posix().startswith(LONG))


NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
"""Time is given: a Sunday morning in winter."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of the maintenance database of a running PostgreSQL. `TEST_DATABASE_URL` names one that already runs."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with (
        folder_in_memory(otherwise=tmp_path_factory.mktemp("postgres")) as folder,
        embedded_postgres(folder, fsync=False) as url,
    ):
        yield url


def _named(server: str, database: str) -> str:
    head, _, tail = server.partition("?")
    return head.rsplit("/", 1)[0] + f"/{database}" + (f"?{tail}" if tail else "")


@pytest.fixture(scope="session")
def named(server: str) -> Callable[[str], str]:
    """The URL (as owner) of a database of that server by its name."""
    return lambda database: _named(server, database)


@pytest.fixture(scope="session")
def bare(server: str) -> Iterator[str]:
    """Name of a migrated, empty database of this test process."""
    name = f"template_{uuid4().hex[:12]}"

    async def make() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"create database {name}")
        await connection.close()
        await migrate(_named(server, name), "demo")

    async def drop() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"drop database {name} with (force)")
        await connection.close()

    asyncio.run(make())
    yield name
    asyncio.run(drop())


@pytest.fixture(scope="session")
def organised(server: str, bare: str) -> Iterator[str]:
    """Name of a database like `bare` with the organisation loaded, made once for all folders that ask for it."""
    yield from with_organisation(server, bare)


@pytest.fixture(scope="session")
def furnished(server: str, organised: str) -> Iterator[str]:
    """Name of a database like `organised` with two premises in Leeds, for those who look at them through a door."""
    yield from with_more(server, organised, partial(two_premises, now=NOW))


@pytest.fixture(scope="session")
def template(bare: str) -> str:
    """Name of the database that each test's own is cloned from. A folder that needs the organisation says so."""
    return bare


@pytest.fixture
async def database(server: str, template: str) -> AsyncIterator[str]:
    """URL (as owner) of a fresh migrated database."""
    name = f"test_{uuid4().hex[:12]}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"create database {name} template {template} strategy file_copy")
    yield _named(server, name)
    await connection.execute(f"drop database {name} with (force)")
    await connection.close()


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    """A pool as the application has it: working as `bedspace_app`."""
    opened = await open_pool(database, size=8)
    yield opened
    await asyncio.wait_for(opened.close(), 10)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def house(pool: Pool, now: datetime) -> House:
    """A house whose clock stands at `NOW`."""
    return House(pool=pool, now=lambda: now)


@pytest.fixture(scope="session")
def postcodes() -> Postcodes:
    """Every postcode of England and Wales, compiled where the application looks for them."""
    return open_postcodes(Path(".bedspace"))
