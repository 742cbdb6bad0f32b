"""Recording who must not meet whom, that it is over, and that somebody looked. People are opaque ids here."""

from datetime import datetime
from uuid import UUID

from bedspace.lists.check import check_listed
from bedspace.meetings.barred import sql
from bedspace.nights import london_today
from bedspace.store import Tx
from schemas.errors import Conflict, Invalid, NotThere
from schemas.meetings import EndPair, RecordCheck, RecordPair


async def keep_pair(
    tx: Tx, command: RecordPair, person: UUID, other: UUID | None, other_crn: str | None, now: datetime
) -> int:
    """The other is an id, or a CRN of somebody not on record yet. Raises `Invalid`, or `Conflict` where it is there."""
    today = london_today(now)
    if person == other:
        raise Invalid.because("other", "This is the same person. Give the CRN of the other one.")
    since = command.since or today
    if command.until is not None and command.until <= since:
        raise Invalid.because("until", "is not after the day from which it counts. Give a later date, or none.")
    await check_listed(tx, command.kind, of="must_not_meet", field="kind", today=today, note=command.note)
    await check_listed(tx, command.source, of="meeting_source", field="source", today=today, note=command.note)
    pair: int | None = await sql.keep_pair(
        tx,
        person=person,
        other=other,
        other_crn=other_crn,
        kind=command.kind,
        source=command.source,
        note=command.note,
        since=since,
        until=command.until,
        now=now,
    )
    if pair is None:
        raise Conflict("That these two must not meet is recorded already, for the same reason.")
    return pair


async def finish_pair(tx: Tx, command: EndPair, now: datetime) -> list[UUID]:
    """Those of the two who are on record. Ending what is over is harmless. Raises `Invalid` or `NotThere`."""
    if not command.note.strip():
        raise Invalid.because("note", "Say why they may meet, or that it was recorded in error.")
    row = await sql.end_pair(tx, id=command.id, note=command.note, now=now)
    if row is None:
        raise NotThere(f"There is no pair {command.id}. Check its number.")
    return [one for one in (row["person_id"], row["other_id"]) if one is not None]


async def keep_check(tx: Tx, command: RecordCheck, person: UUID, now: datetime) -> int:
    """Raises `Invalid`."""
    if command.outcome != "not_possible" and not command.against:
        raise Invalid.because("against", "Say whose records were looked at. Choose at least one.")
    against = list(dict.fromkeys(command.against))
    for source in against:
        today = london_today(now)
        await check_listed(tx, source, of="meeting_source", field="against", today=today, note=command.note)
    if command.outcome == "not_possible" and not command.note.strip():
        raise Invalid.because("note", "Say why it was not possible, with nothing about the person.")
    if command.outcome == "recorded" and not await sql.has_pair(tx, person=person):
        raise Invalid.because("outcome", "Nobody is recorded whom this person must not meet. Record the pair first.")
    kept = await sql.keep_check(tx, person=person, outcome=command.outcome, against=against, note=command.note, now=now)
    return int(kept)
