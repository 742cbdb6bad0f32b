"""Stops a connection, and lets it go on. Nothing is lost by it: what comes in is stored, what goes out waits."""

from datetime import datetime

from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.connections import ConnectionDone, PauseConnection, ResumeConnection
from schemas.errors import NotThere

sql = queries(__file__)


async def pause_connection(tx: Tx, command: PauseConnection, now: datetime) -> Done[ConnectionDone]:
    """Raises `NotThere`."""
    return _done(await sql.pause(tx, code=command.code, why=command.why, now=now), "connection_paused")


async def resume_connection(tx: Tx, command: ResumeConnection, now: datetime) -> Done[ConnectionDone]:  # noqa: ARG001  # a verb has three parameters
    """Raises `NotThere`."""
    return _done(await sql.resume(tx, code=command.code), "connection_resumed")


def _done(code: str | None, what: str) -> Done[ConnectionDone]:
    if code is None:
        raise NotThere("There is no such connection.")
    return Done(ConnectionDone(code=code), (Event(what, f"connection:{code}"),))
