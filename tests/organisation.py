"""The whole organisation, with one invented SPOC a PDU, for tests that route."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from uuid import uuid4

import asyncpg

from bedspace.reference.load import load_reference

SPOCS = """
insert into spoc (pdu_code, purpose, name, email, phone, hours, team)
select code, 'transfer', 'Pat Example-' || name, lower(code) || '@spoc.invalid', '01632 960000', '9 to 5', 'Transfers'
from pdu
"""


def with_organisation(server: str, of: str) -> Iterator[str]:
    """Name of a template database like `of`, with the organisation loaded."""
    yield from with_more(server, of, _organise)


def with_more(server: str, of: str, fill: Callable[[str], Awaitable[None]]) -> Iterator[str]:
    """Name of a template database like `of`, of whose URL `fill` puts more into it."""
    name = f"template_{uuid4().hex[:12]}"

    async def make() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"create database {name} template {of} strategy file_copy")
        await connection.close()
        head, _, tail = server.partition("?")
        await fill(head.rsplit("/", 1)[0] + f"/{name}" + (f"?{tail}" if tail else ""))

    async def drop() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"drop database {name} with (force)")
        await connection.close()

    asyncio.run(make())
    yield name
    asyncio.run(drop())


async def _organise(url: str) -> None:
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        await load_reference(connection)
        await connection.execute(SPOCS)
    await connection.close()
