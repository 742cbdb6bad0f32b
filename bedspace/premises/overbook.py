"""Overbooking is an explicit act: a temporary bed, with the role that allowed it, the reason, and its end."""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from bedspace.claims.change import lock_beds
from bedspace.lists.check import check_listed
from bedspace.nights import london_today, refuse_past, spoken
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.overbooking import ChangeOverbooking, ListOverbookings, Overbook, TemporaryBed

sql = queries(__file__)

LONGEST = 28
"""Nights from today on which one person may allow it; then somebody must allow it again."""
NOWHERE = "Temporary beds"
"""The room of a temporary bed that stands in no bedroom."""


async def overbook(tx: Tx, command: Overbook, now: datetime) -> Done[TemporaryBed]:
    """Raises `Invalid`, or `NotThere` for premises out of reach and for a room that is not there."""
    today = london_today(now)
    refuse_past(command.from_, today)
    _check_end(command.until, command.from_, today)
    await check_listed(tx, command.reason, of="overbook", field="reason", today=today, note=command.note)
    premises_id = await sql.lock_premises(tx, code=command.premises)
    if premises_id is None:
        raise _no_premises(command.premises)
    code = await sql.add(
        tx,
        premises_id=premises_id,
        room_id=await _room(tx, premises_id, command.room),
        first=command.from_,
        end=command.until,
        reason=command.reason,
        note=command.note,
    )
    return await _done(tx, code, "bed_overbooked", today)


async def change_overbooking(tx: Tx, command: ChangeOverbooking, now: datetime) -> Done[TemporaryBed]:
    """Raises `Invalid`, `NotThere`, or `Conflict` when it is claimed after its new end."""
    today = london_today(now)
    bed = await sql.temporary(tx, bed=command.bed)
    if bed is None:
        raise NotThere(f"There is no temporary bed {command.bed} at premises whose beds you keep.")
    await lock_beds(tx, now, beds=[command.bed])
    if command.until < today:
        raise Invalid.because("until", f"{spoken(command.until)} is in the past. Give {spoken(today)} to end it now.")
    if command.until > today:
        _check_end(command.until, bed["first"], today)
    claimed = await sql.claimed_until(tx, bed_id=bed["id"])
    if claimed is not None and claimed > command.until:
        raise Conflict(f"Bed {command.bed} is claimed until {spoken(claimed)}. End or move that booking or stay first.")
    await sql.change(tx, bed_id=bed["id"], end=command.until)
    return await _done(tx, command.bed, "overbooking_changed", today)


async def list_overbookings(tx: Tx, command: ListOverbookings, now: datetime) -> Done[list[TemporaryBed]]:
    """Those there now or planned, by their first night. Raises `NotThere` for premises out of reach."""
    if not await sql.premises_in_reach(tx, code=command.premises):
        raise _no_premises(command.premises)
    found = await _read(tx, premises=command.premises, bed=None, today=london_today(now))
    return Done(found, subject=f"premises:{command.premises}")


async def _room(tx: Tx, premises_id: int, name: str | None) -> int:
    if name is None:
        made: int = await sql.keep_room(tx, premises_id=premises_id, name=NOWHERE)
        return made
    found: int | None = await sql.room(tx, premises_id=premises_id, name=name)
    if found is None:
        raise Invalid.because("room", f"There is no room “{name}” there. Use its name as the premises list it.")
    return found


def _check_end(until: date, first: date, today: date) -> None:
    if until <= first:
        raise Invalid.because("until", f"It must be after {spoken(first)}. Give a later day.")
    latest = max(first, today) + timedelta(days=LONGEST)
    if until > latest:
        raise Invalid.because("until", f"It is for {LONGEST} nights at most. Give {spoken(latest)} or earlier.")


async def _done(tx: Tx, code: str, kind: str, today: date) -> Done[TemporaryBed]:
    (bed,) = await _read(tx, premises=None, bed=code, today=today)
    body = {"premises": bed.premises, "until": bed.until.isoformat(), "reason": bed.reason, "role": bed.allowed_role}
    return Done(bed, (Event(kind, f"bed:{code}", body=body),))


async def _read(tx: Tx, **asked: Any) -> list[TemporaryBed]:
    return msgspec.convert([dict(row) for row in await sql.temporary_beds(tx, **asked)], list[TemporaryBed])


def _no_premises(code: str) -> NotThere:
    return NotThere(f"There are no premises {code} whose beds you keep. Check the code.")
