"""Whoever decides says yes: the bed is booked in the same act."""

from datetime import date, datetime
from typing import Any

import msgspec

from bedspace.claims.place import Claim, place
from bedspace.nights import london_today, spoken
from bedspace.placements.asking import bed_to_claim, close, meant, refuse_another_bed, sql, the_approach
from bedspace.placements.deadlines import hour_of
from bedspace.placements.may import refuse_unless
from bedspace.placements.meetings import reason_for_unchecked, refuse_barred
from bedspace.placements.needs import unmet
from bedspace.placements.taken import OpenApproach, Taken, audience, done, save, take, tell
from bedspace.placements.taken import sql as taken_sql
from bedspace.store import Tx
from bedspace.waiting.settle import close_proposed
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid
from schemas.placing import AcceptPlacement, PlacementDone


async def accept_placement(tx: Tx, command: AcceptPlacement, now: datetime) -> Done[PlacementDone]:
    """The hold ends, the booking is placed, and other open approaches are withdrawn, in one act.

    Raises `NotAllowed` to who does not decide, `NightsClaimed` when the bed is lost, `Conflict` naming the premises
    where the person has another bed, `Invalid`, `NotThere`.
    """
    bed = command.bed or await _bed(tx, command, now)
    taken, events = await take(tx, command.id, now, beds=[bed] if bed else ())
    refuse_unless("accept", taken.standing(london_today(now)))
    asked = await the_approach(tx, taken.asked, command.premises, now)
    row = await _bed_there(tx, bed, asked, taken)
    first = max(taken.arrives_on, london_today(now))
    if first >= taken.departs_on:
        raise Conflict("All of the nights that were asked for are past. Make a new AP referral.")
    _refuse_hour(command.arrive_by, first, taken.departs_on)
    await refuse_another_bed(tx, taken.person, first, taken.departs_on, now, but=taken.id)
    await refuse_barred(tx, taken, asked.premises, first, taken.departs_on, now)
    reason = await reason_for_unchecked(tx, taken, command.checked_reason, command.checked_note, now)
    closed = await close(tx, asked, "accepted", now, note=command.note)
    unkept = await close_proposed(tx, taken.id, taken.proposed, now)
    booked = await _book(tx, taken, row["code"], first, now)
    withdrawn = await withdraw_others(tx, taken, asked, now, note=f"Accepted by {asked.premises}")
    changed = msgspec.structs.replace(
        taken,
        state="booked",
        arrives_on=first,
        premises_id=asked.premises_id,
        arrive_by=command.arrive_by or hour_of(first, asked.by_hour),
        alerted_at=None,
        checked_reason=reason,
        ended_reason=None,
        ended_note="",
    )
    await save(tx, changed, now)
    await tell(tx, taken.id, "accepted", now, note=_said(asked, command.note))
    await tell(tx, taken.id, "booked", now, state="booked", note=f"Bed {row['code']}")
    whom = await audience(tx, asked.premises_id, taken.officer_email)
    happened = taken.event("placement_accepted", premises=asked.premises, bed=row["code"], tell=whom)
    remarks = unmet(taken.need.needs, row["has"], row["code"])
    return await done(tx, changed, (*events, *closed, *unkept, *booked, *withdrawn, happened), remarks)


async def _bed(tx: Tx, command: AcceptPlacement, now: datetime) -> str | None:
    """The bed that is offered; else one of the premises that fits. Nothing is locked yet: it may be lost."""
    rows = await taken_sql.open_approaches(tx, id=command.id)
    open_ = [one for one in msgspec.convert([dict(row) for row in rows], list[OpenApproach]) if not one.for_a_move]
    asked = await meant(tx, open_, command.premises)
    if len(asked) != 1:
        return None
    if asked[0].bed:
        return asked[0].bed
    row = await taken_sql.window(tx, id=command.id)
    if row is None or row["departs_on"] <= london_today(now):
        return None
    found: str | None = await sql.fitting_bed(
        tx,
        premises_id=asked[0].premises_id,
        first=max(row["arrives_on"], london_today(now)),
        end=row["departs_on"],
        needs=row["need"].get("needs", []),
        today=london_today(now),
        now=now,
    )
    return found


async def _bed_there(tx: Tx, bed: str | None, asked: OpenApproach, taken: Taken) -> Any:
    if bed is None:
        raise Conflict(
            f"{asked.premises} has no bed that meets every need and is free on all of these nights. "
            "Name a bed that will do, or decline."
        )
    row = await bed_to_claim(tx, bed, taken.gender)
    if row["premises_id"] != asked.premises_id:
        raise Invalid.because("bed", f"Bed {bed} is not at {asked.premises}. Choose a bed there.")
    return row


def _refuse_hour(hour: datetime | None, first: date, end: date) -> None:
    if hour is None:
        return
    if hour.tzinfo is None or not first <= london_today(hour) < end:
        raise Invalid.because("arrive_by", f"Give a time with its zone, on {spoken(first)} or a day after it.")


async def _book(tx: Tx, taken: Taken, bed: str, first: date, now: datetime) -> tuple[Event, ...]:
    claim = Claim(
        bed=bed,
        kind="booking",
        from_=first,
        nights=(taken.departs_on - first).days,
        person=taken.person,
        placement=taken.id,
    )
    claim_id, lapsed = await place(tx, claim, now)
    placed = Event("claim_placed", f"claim:{claim_id}", taken.person, {"bed": bed, "kind": "booking"})
    return (*lapsed, placed)


async def withdraw_others(tx: Tx, taken: Taken, but: OpenApproach | None, now: datetime, *, note: str) -> list[Event]:
    """Every other open approach is withdrawn, with the bed that was kept for it."""
    events: list[Event] = []
    for one in taken.approaches:
        if but is None or one.id != but.id:
            events += await close(tx, one, "withdrawn", now, note=note)
            await tell(tx, taken.id, "approach_withdrawn", now, note=f"{one.premises_name} ({one.premises})")
            events.append(Event("approach_withdrawn", f"approach:{one.id}", taken.person, {"premises": one.premises}))
    return events


def _said(asked: OpenApproach, note: str) -> str:
    return f"{asked.premises_name} ({asked.premises}). {note}".strip()
