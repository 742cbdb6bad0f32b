"""How the register speaks to its tables: named queries, over a connection somebody else has opened."""

from pathlib import Path
from typing import Any, TypeAlias

import aiosql
import asyncpg
from aiosql.adapters.asyncpg import AsyncPGAdapter

Tx: TypeAlias = "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
"""A connection inside a transaction."""
Reader: TypeAlias = "Tx | asyncpg.Pool[asyncpg.Record]"
"""Enough for a read that is one query."""

GONE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # an idle connection that was just told of the shutdown, used before it ends
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)
"""What the driver raises when the database does not answer."""


class _Lists(AsyncPGAdapter):
    """Answers a plain query with a list, and does not look through `dir(connection)` at each call."""

    is_aio_driver = False  # so that aiosql hands on the coroutines below as they are

    def _in_order(self, name: str, parameters: dict[str, Any]) -> list[Any]:
        return [parameters[variable] for variable in self.var_sorted[name]]

    async def select(
        self, conn: Tx, name: str, sql: str, parameters: dict[str, Any], _class: Any = None
    ) -> list[asyncpg.Record]:
        return await conn.fetch(sql, *self._in_order(name, parameters))

    async def select_one(self, conn: Tx, name: str, sql: str, parameters: dict[str, Any], _class: Any = None) -> Any:
        return await conn.fetchrow(sql, *self._in_order(name, parameters))

    async def select_value(self, conn: Tx, name: str, sql: str, parameters: dict[str, Any]) -> Any:
        return await conn.fetchval(sql, *self._in_order(name, parameters))

    async def insert_update_delete(self, conn: Tx, name: str, sql: str, parameters: dict[str, Any]) -> str:
        return await conn.execute(sql, *self._in_order(name, parameters))


def queries(beside: str, name: str | None = None) -> Any:
    """The queries of `NAME.sql` (by default named as the module) in the folder of the module `beside`.

    Answers an object with one coroutine a query, taking a connection and keyword arguments: a list of rows, one row
    (`^`), one value (`$`), or the command's tag (`!`).
    """
    module = Path(beside)
    adapter: Any = _Lists  # aiosql's protocol of an adapter knows no coroutine that answers a list
    return aiosql.from_path(module.with_name(f"{name or module.stem}.sql"), adapter, mandatory_parameters=False)
