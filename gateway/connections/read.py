"""Connections and how they go, one or many."""

from datetime import datetime

import msgspec

from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.connections import Connection, ConnectionPage, ListConnections, ReadConnection
from schemas.errors import NotThere

sql = queries(__file__)


async def read_connection(tx: Tx, command: ReadConnection, now: datetime) -> Done[Connection]:
    """Raises `NotThere`."""
    rows = await sql.connections(tx, code=command.code, area=None, after=None, limit=1, now=now)
    if not rows:
        raise NotThere("There is no such connection.")
    return Done(msgspec.convert(rows[0], Connection), subject=f"connection:{command.code}")


async def list_connections(tx: Tx, command: ListConnections, now: datetime) -> Done[ConnectionPage]:
    rows = await sql.connections(
        tx, code=None, area=command.area, after=command.cursor, limit=command.limit + 1, now=now
    )
    items = [msgspec.convert(row, Connection) for row in rows[: command.limit]]
    page = ConnectionPage(items=items, next=items[-1].code if len(rows) > len(items) else None)
    return Done(page, subject="connections")
