"""How the register speaks to its tables: named queries, over a connection somebody else has opened."""

from pathlib import Path
from typing import Any, TypeAlias

import aiosql
import asyncpg

Tx: TypeAlias = "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
"""A connection inside a transaction."""


def queries(beside: str, name: str | None = None) -> Any:
    """The queries of `NAME.sql` (by default named as the module) in the folder of the module `beside`.

    Answers an object with one coroutine a query, taking a connection and keyword arguments.
    """
    module = Path(beside)
    return aiosql.from_path(module.with_name(f"{name or module.stem}.sql"), "asyncpg", mandatory_parameters=False)
