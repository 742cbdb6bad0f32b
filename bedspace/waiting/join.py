"""An AP referral without a bed goes on the waiting list, and a person takes it off again."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from bedspace.lists.check import check_listed
from bedspace.nights import LONDON, london_today, spoken
from bedspace.placements.deadlines import timeliness_of
from bedspace.placements.may import BEFORE, why_not
from bedspace.placements.may import Standing as Stands
from bedspace.placements.taken import tell
from bedspace.store import Tx, queries
from bedspace.waiting.order import URGENCY
from bedspace.waiting.settle import close_open
from bedspace.waiting.settle import sql as settled
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.waiting import JoinByReference, JoinWaiting, LeaveWaiting, Waits
from schemas.words import Timeliness

sql = queries(__file__)

LONGEST = 730
"""Days."""


async def join_waiting(tx: Tx, command: JoinWaiting, now: datetime) -> Done[Waits]:
    """Joining again keeps the place, and gives a new end. Raises `NotThere`, `Invalid`, `Conflict` (it has a bed)."""
    row = await _take(tx, command.id)
    today = london_today(now)
    if row["state"] not in BEFORE:
        standing = Stands(state=row["state"], arrives_on=row["arrives_on"], today=today)
        raise Conflict(why_not("ask", standing) or "This placement needs no bed just now.")
    until = await _until(tx, command.until, row, today)
    await sql.join_or_stay(tx, id=command.id, until=until, now=now)
    again = row["waiting_since"] is not None
    kind = "waiting_prolonged" if again else "waiting_joined"
    if again and row["waiting_until"] == until:
        return await _done(tx, row)
    await tell(tx, command.id, kind, now, note=f"Until {spoken(_last(until))}")
    return await _done(tx, row, Event(kind, f"placement:{command.id}", row["person_id"], {"until": _last(until)}))


async def join_by_reference(tx: Tx, command: JoinByReference, now: datetime) -> Done[Waits]:
    """As `join_waiting`. Raises `Invalid` for a reference that is not in reach."""
    found: UUID | None = await settled.id_of(tx, reference=command.reference.strip())
    if found is None:
        raise Invalid.because(
            "reference", "There is no such placement in your reach. Check it: it looks like PL-000123."
        )
    return await join_waiting(tx, JoinWaiting(id=found, until=command.until), now)


async def leave_waiting(tx: Tx, command: LeaveWaiting, now: datetime) -> Done[Waits]:
    """A bed that is proposed is kept no longer. Leaving twice is harmless. Raises `NotThere`, `Invalid`."""
    await check_listed(
        tx, command.reason, of="leave_waiting", field="reason", today=london_today(now), note=command.note
    )
    ended = await close_open(tx, command.id, now)
    row = await _take(tx, command.id)
    if row["waiting_since"] is None:
        return await _done(tx, row, *ended)
    await sql.leave(tx, id=command.id, now=now)
    await tell(tx, command.id, "waiting_left", now, note=f"{command.reason}. {command.note}".strip())
    left = Event("waiting_left", f"placement:{command.id}", row["person_id"], {"reason": command.reason})
    return await _done(tx, row, *ended, left)


async def _take(tx: Tx, placement: UUID) -> Any:
    row = await sql.take(tx, id=placement)
    if row is None:
        raise NotThere("There is no such placement, or it is not yours to see.")
    return row


async def _until(tx: Tx, given: date | None, row: Any, today: date) -> datetime:
    """The end of the last day. A wait that runs keeps its end where none is given. Raises `Invalid`."""
    if given is None and row["waiting_until"] is not None:
        kept: datetime = row["waiting_until"]
        return kept
    if given is None:
        kind: Timeliness = min(row["timeliness"], timeliness_of(row["arrives_on"], today), key=URGENCY.__getitem__)
        term = await sql.term(tx, timeliness=kind)
        given = min(max(today, row["arrives_on"]) + timedelta(days=term["waits_days"]), today + timedelta(days=LONGEST))
    if given < today:
        raise Invalid.because("until", f"{spoken(given)} is in the past. Give {spoken(today)} or a later date.")
    if given > today + timedelta(days=LONGEST):
        raise Invalid.because("until", "Nobody waits for more than two years. Give an earlier date.")
    return datetime(given.year, given.month, given.day, tzinfo=LONDON) + timedelta(days=1)


def _last(until: datetime) -> date:
    """The last day on the list."""
    return (until.astimezone(LONDON) - timedelta(seconds=1)).date()


async def _done(tx: Tx, row: Any, *events: Event) -> Done[Waits]:
    answer = msgspec.convert(dict(await sql.state(tx, id=row["id"])), Waits)
    return Done(answer, events, (row["person_id"],), f"placement:{row['id']}")
