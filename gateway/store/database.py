"""Connections. Whatever the login, work is done as `bedspace_app`, which owns no table."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg
import msgspec

from bedspace.store import GONE, Tx
from schemas.errors import Unavailable

__all__ = ["GONE", "Pool", "open_pool", "transaction"]

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"


async def _speak_json(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    def encode(value: object) -> str:
        return msgspec.json.encode(value).decode()

    for name in ("json", "jsonb"):
        await connection.set_type_codec(name, schema="pg_catalog", encoder=encode, decoder=msgspec.json.decode)


async def open_pool(url: str, *, size: int = 8, **settings: str) -> Pool:
    """A pool working as `bedspace_app`; `settings` are server settings such as `plan_cache_mode`."""
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        timeout=5,
        command_timeout=30,
        init=_speak_json,
        server_settings={"role": "bedspace_app", "application_name": "bedspace", "timezone": "UTC", **settings},
    )


@asynccontextmanager
async def transaction(pool: Pool, *, readonly: bool = False) -> AsyncIterator[Tx]:
    """One transaction. Raises `Unavailable` when the database does not answer, commit included."""
    try:
        async with pool.acquire(timeout=5) as connection, connection.transaction(readonly=readonly):
            yield connection
    except GONE as error:
        raise Unavailable(
            "The database does not answer just now. Nothing was changed; try again in a few seconds."
        ) from error
