"""The person is there, or did not come."""

from datetime import date, datetime

import msgspec

from bedspace.claims.change import Held, become_stay, claims_of_placement, end_claim
from bedspace.claims.place import Claim, place
from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.placements.asking import bed_to_claim, refuse_another_bed
from bedspace.placements.may import refuse_unless
from bedspace.placements.moving import arrive_there
from bedspace.placements.taken import Taken, done, save, take, tell
from bedspace.store import Tx
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid
from schemas.placing import ArrivePlacement, PlacementDone, RecordNotArrived


async def arrive_placement(tx: Tx, command: ArrivePlacement, now: datetime) -> Done[PlacementDone]:
    """The booking becomes a stay from the night of the arrival on, also where that is another day than was booked.

    Twice is harmless. Who moves between premises departs the one and arrives at the other by this.
    Raises `Invalid`, `NotThere`, `Conflict`, or `NightsClaimed` when they are early and the bed is not free yet.
    """
    taken, events = await take(tx, command.id, now, beds=[command.bed] if command.bed else ())
    if taken.state == "arrived" and (taken.move is None or taken.move.state != "agreed"):
        return await done(tx, taken, events)
    refuse_unless("arrive", taken.standing(london_today(now)))
    at = hour_given(command.at, now)
    if taken.move is not None:
        if command.bed not in (None, taken.move.to_bed_code):
            raise Invalid.because("bed", f"The move is to bed {taken.move.to_bed_code}. Leave the bed out.")
        changed, moved = await arrive_there(tx, taken, taken.move, at, now)
        return await done(tx, changed, (*events, *moved))
    return await _arrive(tx, taken, command, at, events, now)


async def _arrive(
    tx: Tx, taken: Taken, command: ArrivePlacement, at: datetime, events: tuple[Event, ...], now: datetime
) -> Done[PlacementDone]:
    on = london_today(at)
    if on >= taken.departs_on:
        raise Conflict(
            f"The nights that were booked ended on {spoken(taken.departs_on)}. Extend the booking first, "
            "or record that they did not arrive."
        )
    booking = next(held for held in await claims_of_placement(tx, taken.id) if held.kind == "booking")
    await refuse_another_bed(tx, taken.person, on, taken.departs_on, now, but=taken.id)
    if command.bed in (None, booking.bed):
        stay, lapsed = await become_stay(tx, booking.id, on, now)
        bed = stay.bed
    else:
        bed, lapsed = await _into_another(tx, taken, booking, str(command.bed), on, now)
    changed = msgspec.structs.replace(taken, state="arrived", arrives_on=on, arrived_at=at)
    await save(tx, changed, now)
    if on != taken.arrives_on:
        await tell(tx, taken.id, "other_day", now, note=f"Expected on {spoken(taken.arrives_on)}")
    await tell(tx, taken.id, "arrived", now, state="arrived", note=f"Bed {bed}")
    return await done(tx, changed, (*events, *lapsed, taken.event("person_arrived", bed=bed, on=on.isoformat())))


async def _into_another(
    tx: Tx, taken: Taken, booking: Held, code: str, on: date, now: datetime
) -> tuple[str, tuple[Event, ...]]:
    """Another bed of the same premises. Raises `Invalid`, `NightsClaimed`."""
    row = await bed_to_claim(tx, code, taken.gender)
    if row["premises_id"] != booking.premises_id:
        raise Invalid.because(
            "bed", f"Bed {code} is not at {booking.premises}, where the booking is. A move between premises does that."
        )
    await end_claim(tx, booking.id, how="changed", now=now)
    stay = Claim(
        bed=code,
        kind="stay",
        from_=on,
        nights=(taken.departs_on - on).days,
        person=taken.person,
        placement=taken.id,
    )
    _, lapsed = await place(tx, stay, now)
    await tell(tx, taken.id, "bed_changed", now, note=f"{booking.bed} to {code}")
    return code, lapsed


def hour_given(at: datetime | None, now: datetime) -> datetime:
    """Raises `Invalid` for a time ahead, or without its zone."""
    if at is None:
        return now
    if at.tzinfo is None:
        raise Invalid.because("at", "Give the time with its zone, for instance 2026-12-03T15:10:00Z.")
    if at > now:
        raise Invalid.because("at", "This is still to come. Record it when it has happened.")
    return at


async def record_not_arrived(tx: Tx, command: RecordNotArrived, now: datetime) -> Done[PlacementDone]:
    """The bed is free again. From the day of arrival on. Raises `Invalid`, `Conflict`, `NotThere`."""
    today = london_today(now)
    taken, events = await take(tx, command.id, now)
    refuse_unless("not_arrived", taken.standing(today))
    await check_listed(tx, command.reason, of="not_arrived", field="reason", today=today, note=command.note)
    for held in await claims_of_placement(tx, taken.id):
        await end_claim(tx, held.id, how="not_arrived", now=now)
    changed = msgspec.structs.replace(taken, state="not_arrived", ended_reason=command.reason, ended_note=command.note)
    await save(tx, changed, now)
    await tell(tx, taken.id, "not_arrived", now, state="not_arrived", note=f"{command.reason}. {command.note}".strip())
    happened = taken.event("person_not_arrived", reason=command.reason)
    return await done(tx, changed, (*events, happened))
