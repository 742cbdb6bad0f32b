"""How a connection goes: its last good and its last error, and a breaker that opens after failures in a row."""

from datetime import datetime, timedelta

from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.connections import ConnectionDone, NoteHealth
from schemas.errors import NotThere

sql = queries(__file__)

OPENS_AT = 5
"""Failures in a row."""
FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=1)
"""For which it stays open: twice as long each time, up to an hour. Then one is tried."""


async def note_health(tx: Tx, command: NoteHealth, now: datetime) -> Done[ConnectionDone]:
    """One event when an outage begins, and one when it is over. Raises `NotThere`."""
    events = await note(tx, command.code, command.error, now)
    return Done(ConnectionDone(code=command.code), events, subject=f"connection:{command.code}")


async def note(tx: Tx, code: str, error: str | None, now: datetime) -> tuple[Event, ...]:
    """The same within another verb."""
    row = await (sql.good(tx, code=code, now=now) if error is None else sql.bad(tx, code=code, error=error, now=now))
    if row is None:
        raise NotThere("There is no such connection.")
    failures: int = row["failures"]
    if error is None:
        return (Event("connection_up", f"connection:{code}"),) if failures >= OPENS_AT else ()
    if failures >= OPENS_AT:
        await sql.break_until(tx, code=code, until=now + min(FIRST * 2 ** min(failures - OPENS_AT, 20), LONGEST))
    return (Event("connection_down", f"connection:{code}"),) if failures == OPENS_AT else ()


async def note_faulty(tx: Tx, code: str, error: str, now: datetime) -> None:
    """A message that cannot be read: the road is sound, and its officer should look."""
    await sql.faulty(tx, code=code, error=error, now=now)
