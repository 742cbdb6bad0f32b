"""A move between premises is one act: asked for and agreed beforehand, or in an emergency at once."""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from bedspace.claims.change import Held, change_nights, claims_of_placement, end_claim
from bedspace.claims.place import Claim, place
from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.placements.asking import (
    ask,
    bed_to_claim,
    close,
    keep_free,
    premises_to_ask,
    refuse_another_bed,
    the_approach,
)
from bedspace.placements.deadlines import answer_due, hour_of
from bedspace.placements.may import refuse_unless
from bedspace.placements.meetings import reason_for_unchecked, refuse_barred
from bedspace.placements.moving import give_up_move, keep_the_rest, no_longer_asked, sql, stay_on
from bedspace.placements.taken import OpenMove, Taken, both_premises, done, save, take, tell
from bedspace.store import Tx
from schemas.acts import Done, Event
from schemas.errors import Invalid
from schemas.placing import (
    AcceptRelocation,
    DeclineRelocation,
    PlacementDone,
    RelocatePlacement,
    UndoRelocation,
)

ONE = timedelta(days=1)


async def relocate_placement(tx: Tx, command: RelocatePlacement, now: datetime) -> Done[PlacementDone]:
    """Planned: the bed there is kept until the premises answer. Emergency: departs here and arrives there by this.

    Raises `Invalid`, `NightsClaimed`, `Conflict`, `NotThere`.
    """
    today = london_today(now)
    taken, events = await take(tx, command.id, now, beds=[command.bed])
    refuse_unless("relocate", taken.standing(today))
    await check_listed(tx, command.reason, of="relocate", field="reason", today=today, note=command.note)
    (stay,) = await claims_of_placement(tx, taken.id)
    row = await bed_to_claim(tx, command.bed, taken.gender)
    if row["premises_id"] == stay.premises_id:
        raise Invalid.because("bed", f"Bed {command.bed} is at {stay.premises}, too. Choose a bed of other premises.")
    on = _day(command, taken, stay, today)
    (there,) = await premises_to_ask(tx, [row["premises"]], taken.gender)
    await refuse_barred(tx, taken, row["premises"], on, max(taken.departs_on, on + ONE), now)
    if command.emergency:
        changed, moved = await _at_once(tx, taken, stay, there, command, on, now)
        return await done(tx, changed, (*events, *moved))
    until = answer_due(on, there["arrive_by"], now)
    hold, kept = await keep_free(tx, command.bed, on, taken.departs_on, until, now)
    asked, happened = await ask(tx, taken, there, now, bed=command.bed, hold=hold, on=on)
    await _keep(tx, taken, stay, command, on, asked.id, there["id"], now)
    await tell(tx, taken.id, "move_asked", now, note=_note(stay, there, on, command))
    body = taken.event("move_asked", departs=stay.premises, arrives=there["code"], on=on.isoformat())
    return await done(tx, taken, (*events, *kept, happened, body))


def _day(command: RelocatePlacement, taken: Taken, stay: Held, today: date) -> date:
    """Raises `Invalid`."""
    on = command.on or today
    if command.emergency and on != today:
        raise Invalid.because("on", "An emergency is today. Leave the day out, or plan the move.")
    if command.on is None and not command.emergency:
        raise Invalid.because("on", "Say from which night on. Only an emergency is at once.")
    if on < today:
        raise Invalid.because("on", f"{spoken(on)} is in the past. Give {spoken(today)} or a later day.")
    if not command.emergency and not stay.first < on < taken.departs_on:
        raise Invalid.because(
            "on", f"The stay is from {spoken(stay.first)} to {spoken(taken.departs_on)}. Give a day between these."
        )
    return on


async def _keep(
    tx: Tx,
    taken: Taken,
    stay: Held,
    command: RelocatePlacement,
    on: date,
    approach: int,
    there: int,
    now: datetime,
    *,
    state: str = "asked",
) -> None:
    await sql.keep_move(
        tx,
        placement=taken.id,
        approach=approach,
        from_premises=stay.premises_id,
        from_bed=stay.bed_id,
        to_premises=there,
        bed=command.bed,
        on_day=on,
        departs_on=taken.departs_on,
        emergency=command.emergency,
        reason=command.reason,
        note=command.note,
        state=state,
        now=now,
        settled_at=now if state == "moved" else None,
    )


async def _at_once(
    tx: Tx, taken: Taken, stay: Held, there: Any, command: RelocatePlacement, on: date, now: datetime
) -> tuple[Taken, tuple[Event, ...]]:
    """Departs the one and arrives at the other, and tells the other premises."""
    until = max(taken.departs_on, on + ONE)
    await refuse_another_bed(tx, taken.person, on, until, now, but=taken.id)
    asked, told = await ask(tx, taken, there, now, bed=command.bed, on=on, told=True)
    await close(tx, asked, "accepted", now, note="An emergency: not asked, but told")
    await end_claim(tx, stay.id, how="moved", now=now, until=max(on, stay.first))
    claim = Claim(
        bed=command.bed,
        kind="stay",
        from_=on,
        nights=(until - on).days,
        person=taken.person,
        placement=taken.id,
    )
    _, lapsed = await place(tx, claim, now)
    await _keep(tx, taken, stay, command, on, asked.id, there["id"], now, state="moved")
    changed = msgspec.structs.replace(taken, premises_id=there["id"], away=None, away_since=None, away_until=None)
    await save(tx, changed, now)
    await tell(tx, taken.id, "moved", now, note=_note(stay, there, on, command))
    happened = taken.event("person_moved", departed=stay.premises, arrived=there["code"], bed=command.bed)
    whom = await both_premises(tx, stay.premises_id, there["id"], taken.officer_email)
    emergency = taken.event("moved_in_emergency", departs=stay.premises, arrives=there["code"], tell=whom)
    return changed, (told, *lapsed, happened, emergency)


def _note(stay: Held, there: Any, on: date, command: RelocatePlacement) -> str:
    how = ", an emergency" if command.emergency else ""
    said = f"{stay.premises} to {there['code']}, bed {command.bed}, on {spoken(on)}{how}: {command.reason}."
    return f"{said} {command.note}".strip()


async def accept_relocation(tx: Tx, command: AcceptRelocation, now: datetime) -> Done[PlacementDone]:
    """The stay is shortened, the bed there is booked, and the rest of the nights here is kept until the arrival.

    Raises `NotAllowed` to who does not decide, `NightsClaimed`, `Invalid`, `Conflict`, `NotThere`.
    """
    taken, events = await take(tx, command.id, now)
    refuse_unless("relocation_accept", taken.standing(london_today(now)))
    move = _move(taken)
    asked = await the_approach(tx, [one for one in taken.approaches if one.id == move.approach_id], None, now)
    await refuse_barred(tx, taken, move.to_code, move.on_day, max(taken.departs_on, move.on_day + ONE), now)
    reason = await reason_for_unchecked(tx, taken, command.checked_reason, command.checked_note, now)
    (stay,) = await claims_of_placement(tx, taken.id)
    if not stay.first < move.on_day < taken.departs_on or move.on_day < london_today(now):
        raise Invalid.because(
            "on", f"The stay has changed, or {spoken(move.on_day)} is past. Undo the move, ask again."
        )
    closed = await close(tx, asked, "accepted", now, note=command.note)
    _, freed = await change_nights(tx, stay.id, stay.first, move.on_day, now)
    booking = Claim(
        bed=move.to_bed_code,
        kind="booking",
        from_=move.on_day,
        nights=(taken.departs_on - move.on_day).days,
        person=taken.person,
        placement=taken.id,
    )
    _, lapsed = await place(tx, booking, now)
    hold, kept = await keep_the_rest(tx, taken, move, now)
    await sql.agree(tx, id=move.id, hold=hold)
    changed = msgspec.structs.replace(
        taken,
        arrive_by=hour_of(move.on_day, asked.by_hour),
        alerted_at=None,
        checked_reason=reason or taken.checked_reason,
    )
    await save(tx, changed, now)
    await tell(tx, taken.id, "move_agreed", now, note=f"{move.to_name} ({move.to_code}). {command.note}".strip())
    whom = await both_premises(tx, move.from_premises, move.to_premises, taken.officer_email)
    happened = taken.event("move_agreed", departs=move.from_code, arrives=move.to_code, tell=whom)
    return await done(tx, changed, (*events, *closed, *freed, *lapsed, *kept, happened))


async def decline_relocation(tx: Tx, command: DeclineRelocation, now: datetime) -> Done[PlacementDone]:
    """The stay goes on as it was. Raises `NotAllowed` to who does not decide, `Invalid`, `Conflict`, `NotThere`."""
    today = london_today(now)
    taken, events = await take(tx, command.id, now)
    refuse_unless("relocation_decline", taken.standing(today))
    move = _move(taken)
    await check_listed(tx, command.reason, of="decline", field="reason", today=today, note=command.note)
    asked = await the_approach(tx, [one for one in taken.approaches if one.id == move.approach_id], None, now)
    await sql.settle(tx, id=move.id, state="declined", now=now)
    closed = await close(tx, asked, "declined", now, reason=command.reason, note=command.note)
    note = f"{move.to_name} ({move.to_code}): {command.reason}. {command.note}".strip()
    await tell(tx, taken.id, "move_declined", now, note=note)
    whom = await both_premises(tx, move.from_premises, move.to_premises, taken.officer_email)
    happened = taken.event("move_declined", premises=move.to_code, reason=command.reason, tell=whom)
    return await done(tx, taken, (*events, *closed, happened))


async def undo_relocation(tx: Tx, command: UndoRelocation, now: datetime) -> Done[PlacementDone]:
    """Everything is as before the move was asked for. Raises `Conflict` when there is none, or they have arrived."""
    taken, events = await take(tx, command.id, now)
    refuse_unless("relocation_undo", taken.standing(london_today(now)))
    move = _move(taken)
    undone = await give_up_move(tx, taken, now)
    if move.state == "asked":
        await no_longer_asked(tx, move, now)
        return await done(tx, taken, (*events, *undone))
    changed, lapsed = await stay_on(tx, taken, move.departs_on, now)
    await save(tx, changed, now)
    await no_longer_asked(tx, move, now)
    return await done(tx, changed, (*events, *undone, *lapsed))


def _move(taken: Taken) -> OpenMove:
    if taken.move is None:
        raise Invalid.because("id", "There is no move between premises to answer.")
    return taken.move
