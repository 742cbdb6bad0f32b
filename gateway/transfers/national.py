"""Hard to place: who seeks asks the nation to look too; the national lead says who leads, and how it ended."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.placements.taken import tell as tell_placement
from bedspace.store import Tx
from gateway.transfers.applies import highest
from gateway.transfers.prepare import tell
from gateway.transfers.search_ends import close, sql, subject_of, tell_of
from gateway.transfers.status import taken
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.national import CloseSearch, LeadSearch, NoteSearch, SeekForNsi, SeekForPlacement, Sought, SoughtOutcome

OVER = ("completed", "withdrawn", "returned")
SEEKING = ("referred", "offered", "displaced", "declined", "lapsed")
"""States of a placement that has no bed yet."""


async def seek_for_nsi(tx: Tx, command: SeekForNsi, now: datetime) -> Done[Sought]:
    """Everything else of it goes on. Raises `NotThere`, `Invalid`, and `Conflict` for one that is over or there."""
    row = await taken(tx, command.id)
    if row["status"] in OVER:
        raise Conflict(f"{row['reference']} is {row['status']}: no place is sought for it. Raise a new NSI first.")
    found = await sql.nsi(tx, nsi=command.id)
    sought = await _keep(tx, command, row, found, now, nsi=command.id)
    await sql.mark(tx, nsi=command.id, since=now)
    await tell(tx, command.id, "hard_to_place", now, note=f"{sought.reference}: the nation looks too.")
    return await _done(tx, sought, row["person_id"], f"nsi:{command.id}", "nsi_hard_to_place", now, quiet=row["quiet"])


async def seek_for_placement(tx: Tx, command: SeekForPlacement, now: datetime) -> Done[Sought]:
    """Premises are asked meanwhile as before. Raises as `seek_for_nsi` does."""
    row = await sql.placement(tx, id=command.id)
    if row is None:
        raise NotThere("There is no such placement, or it is not yours to see.")
    if row["state"] not in SEEKING:
        raise Conflict(f"{row['reference']} is {row['state'].replace('_', ' ')}: no bed is sought for it.")
    sought = await _keep(tx, command, row, row, now, placement=command.id)
    await tell_placement(tx, command.id, "hard_to_place", now, note=f"{sought.reference}: the nation looks too.")
    subject = f"placement:{command.id}"
    return await _done(tx, sought, row["person_id"], subject, "placement_hard_to_place", now)


async def _keep(
    tx: Tx,
    command: SeekForNsi | SeekForPlacement,
    row: Any,
    found: Any,
    now: datetime,
    *,
    nsi: UUID | None = None,
    placement: UUID | None = None,
) -> Sought:
    open_one = await sql.open_one(tx, nsi=nsi, placement=placement)
    if open_one is not None:
        raise Conflict(f"{row['reference']} is in the queue already, as {open_one['reference']}. Add a note to that.")
    await check_listed(
        tx, command.reason, of="hard_to_place", field="reason", today=london_today(now), note=command.tried
    )
    for name in ("tried", "needed"):
        if not getattr(command, name).strip():
            raise Invalid.because(name, "Say it in words, for whoever looks further.")
    search = uuid4()
    reference = await sql.keep(
        tx,
        id=search,
        person=row["person_id"],
        nsi=nsi,
        placement=placement,
        pdu=found["pdu_code"],
        rosh=highest(found["rosh"], command.rosh),
        reason=command.reason,
        tried=command.tried,
        needed=command.needed,
        now=now,
    )
    await sql.step(tx, id=search, now=now, kind="sought", said="")
    return Sought(id=search, reference=reference, about=row["reference"])


async def _done(
    tx: Tx, sought: Sought, person: UUID, subject: str, kind: str, now: datetime, *, quiet: bool = False
) -> Done[Sought]:
    named = not quiet and await sql.lead_is_named(tx, today=london_today(now))
    event = Event(kind, subject, person, {"tell": ["lead"] if named else [], "search": sought.reference})
    return Done(sought, (event,), (person,), subject)


async def lead_search(tx: Tx, command: LeadSearch, now: datetime) -> Done[Sought]:
    """Saying the same again is harmless. Raises `NotThere`, `Invalid`, `Conflict` where it is closed."""
    row = await _taken(tx, command.id)
    _refuse_closed(row)
    leads = " ".join(command.leads.split())
    if not leads:
        raise Invalid.because("leads", "Say who leads, by name and office.")
    if row["leads"] == leads and not command.said.strip():
        return Done(_sought(row), persons=(row["person_id"],), subject=subject_of(row))
    await sql.lead(tx, id=command.id, leads=leads, now=now)
    await sql.step(tx, id=command.id, now=now, kind="led", said=f"{leads}. {command.said}".strip())
    await tell_of(tx, row, "hard_to_place_led", now, f"{row['reference']}: {leads} leads the search.")
    event = Event("hard_to_place_led", subject_of(row), row["person_id"], {"search": row["reference"]})
    return Done(_sought(row, leads=leads), (event,), (row["person_id"],), subject_of(row))


async def note_search(tx: Tx, command: NoteSearch, now: datetime) -> Done[Sought]:
    """Raises `NotThere`, `Invalid`, `Conflict` where it is closed."""
    row = await _taken(tx, command.id)
    _refuse_closed(row)
    if not command.said.strip():
        raise Invalid.because("said", "Say what was tried or found.")
    await sql.step(tx, id=command.id, now=now, kind="noted", said=command.said)
    event = Event("hard_to_place_noted", subject_of(row), row["person_id"], {"search": row["reference"]})
    return Done(_sought(row), (event,), (row["person_id"],), subject_of(row))


async def close_search(tx: Tx, command: CloseSearch, now: datetime) -> Done[Sought]:
    """The same outcome again is harmless. Both ends, or the referrer, are told.

    Raises `NotThere`, `Invalid`, `Conflict`, and `NotAllowed` to those who seek and say that somebody is placed.
    """
    row = await _taken(tx, command.id)
    if row["outcome"] == command.outcome:
        return Done(_sought(row), persons=(row["person_id"],), subject=subject_of(row))
    _refuse_closed(row)
    if command.outcome == "placed" and not row["national"]:
        raise NotAllowed("The national lead says that somebody is placed. Whoever seeks may withdraw the search.")
    if not command.said.strip():
        raise Invalid.because("said", "Say where, and on which conditions; or why it is withdrawn.")
    event = await close(tx, row, command.outcome, command.said, now)
    return Done(_sought(row, outcome=command.outcome), (event,), (row["person_id"],), subject_of(row))


async def _taken(tx: Tx, search: UUID) -> Any:
    """The NSI or the placement is locked first, as by whoever changes that."""
    seen = await sql.look(tx, id=search)
    if seen is None:
        raise NotThere("There is no such search in the queue of the nation, or it is not yours to see.")
    await sql.lock_nsi(tx, nsi=seen["nsi_id"])
    await sql.lock_placement(tx, placement=seen["placement_id"])
    return await sql.taken(tx, id=search)


def _refuse_closed(row: Any) -> None:
    if row["outcome"] is not None:
        when = spoken(row["closed_at"])
        raise Conflict(f"{row['reference']} was closed on {when}: {row['outcome']}. Put the person in the queue anew.")


def _sought(row: Any, *, leads: str | None = None, outcome: SoughtOutcome | None = None) -> Sought:
    return Sought(
        id=row["id"],
        reference=row["reference"],
        about=row["about"],
        leads=leads or row["leads"],
        outcome=outcome or row["outcome"],
    )
