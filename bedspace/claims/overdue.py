"""Stays that go on past their end: a bed never looks free while somebody sleeps there.

From the hour when people leave, a stay without a departure is lengthened to the next day, each day again. What is in
its way gives way: a booking is displaced, a hold ends, turnaround and a bed out of service begin later.
"""

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from bedspace.claims.change import (
    Held,
    change_nights,
    claim_held,
    claims_in_the_way,
    claims_of_placement,
    end_claim,
    lock_beds,
)
from bedspace.claims.out_of_service import start_later
from bedspace.claims.rest import make_way
from bedspace.placements.taken import audience, both_premises
from bedspace.store import Reader, Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, NightsClaimed
from schemas.stays import LengthenStay, StayLengthened

sql = queries(__file__)

WENT_ON = "The stay before it went on."


class Overdue(Struct, frozen=True, kw_only=True):
    """A stay on `[first, end)` that goes on until a day."""

    id: int
    bed_id: int
    bed: str
    person: UUID
    placement: UUID
    first: date
    end: date
    until: date


async def overdue_stays(reader: Reader, now: datetime, claim: int | None = None) -> list[Overdue]:
    """Those that are to be lengthened now, by bed; or the one."""
    rows = await sql.overdue(reader, now=now, id=claim)
    return msgspec.convert([dict(row) for row in rows], list[Overdue])


async def lengthen_stay(tx: Tx, command: LengthenStay, now: datetime) -> Done[StayLengthened]:
    """Doing it twice, or after a departure, is harmless. Raises `Conflict` when beds of the person change meanwhile."""
    for stay in await overdue_stays(tx, now, command.claim):
        others = await _elsewhere(tx, stay)
        _, lapsed = await lock_beds(tx, now, beds=[stay.bed], claims=others)
        for again in await overdue_stays(tx, now, command.claim):
            if set(await _elsewhere(tx, again)) - set(others):
                raise Conflict("This person has just got another bed. Look again.")
            until, events = await _lengthen(tx, again, others, now)
            return Done(StayLengthened(claim=again.id, until=until), (*lapsed, *events))
        return Done(StayLengthened(claim=command.claim), lapsed, subject=f"claim:{command.claim}")
    return Done(StayLengthened(claim=command.claim), subject=f"claim:{command.claim}")


async def _elsewhere(tx: Tx, stay: Overdue) -> list[int]:
    """Claims on other beds that the longer stay may change."""
    rows = await sql.elsewhere(tx, person=stay.person, id=stay.id, bed_id=stay.bed_id, first=stay.end, end=stay.until)
    return [row["id"] for row in rows]


async def _lengthen(tx: Tx, stay: Overdue, elsewhere: list[int], now: datetime) -> tuple[date, list[Event]]:
    until, events = await _clear(tx, stay, now)
    for claim in elsewhere:
        booking = await claim_held(tx, claim)
        if booking is not None and booking.kind == "booking" and booking.bed_id != stay.bed_id:
            events += await _begin_later(tx, booking, until, now)
    await change_nights(tx, stay.id, stay.first, until, now, though_closed=True)
    body = {"bed": stay.bed, "until": until.isoformat()}
    return until, [Event("stay_lengthened", f"claim:{stay.id}", stay.person, body), *events]


async def _clear(tx: Tx, stay: Overdue, now: datetime) -> tuple[date, list[Event]]:
    """Make room on the bed. Answers the day until which the stay goes on: later, where its own booking goes on."""
    until = stay.until
    events: list[Event] = []
    await make_way(tx, stay.bed_id, stay.end, until, now)
    for claim in await claims_in_the_way(tx, stay.bed_id, stay.end, until, but=[stay.id]):
        if claim.kind == "booking" and claim.placement == stay.placement and claim.end is not None:
            await end_claim(tx, claim.id, how="changed", now=now)
            until = max(until, claim.end)
        elif claim.kind == "booking":
            events += await displace(tx, claim, now)
        elif claim.outage is not None:
            events.append(await start_later(tx, claim.outage, until, WENT_ON, now))
        elif claim.end is not None and claim.end > until and await sql.keeps_the_rest(tx, id=claim.id):
            await change_nights(tx, claim.id, until, claim.end, now)
        else:
            await end_claim(tx, claim.id, how="displaced", now=now)
            events.append(Event("hold_ended", f"hold:{claim.id}", body={"bed": claim.bed, "why": "stay_went_on"}))
    return until, events


async def _begin_later(tx: Tx, booking: Held, first: date, now: datetime) -> list[Event]:
    """A booking of the same person in another bed: they come later than they were to."""
    if booking.end is None or first >= booking.end:
        return await displace(tx, booking, now)
    await change_nights(tx, booking.id, first, booking.end, now)
    await sql.arrives_later(tx, id=booking.placement, first=first, note=WENT_ON, now=now)
    body = {"bed": booking.bed, "claim": booking.id, "from": first.isoformat(), "why": "stay_went_on"}
    return [Event("booking_begins_later", f"placement:{booking.placement}", booking.person, body)]


async def displace(tx: Tx, booking: Held, now: datetime) -> list[Event]:
    """A booking on a locked bed loses it: its placement is displaced, waits from now on, and people are told."""
    await end_claim(tx, booking.id, how="displaced", now=now)
    displaced = await sql.displace(tx, id=booking.placement, now=now)
    if displaced is None:
        return await _no_longer_moves(tx, booking, now)
    await sql.tell(tx, id=booking.placement, now=now)
    body = {"bed": booking.bed, "premises": booking.premises, "claim": booking.id, "from": booking.first.isoformat()}
    whom = await audience(tx, booking.premises_id, displaced["officer_email"])
    return [Event("booking_displaced", f"placement:{booking.placement}", booking.person, {**body, "tell": whom})]


async def _no_longer_moves(tx: Tx, booking: Held, now: datetime) -> list[Event]:
    """The booking was of a resident who was to move there: that is off, and they live on where they are."""
    move = await sql.move_is_off(tx, id=booking.placement, bed_id=booking.bed_id, now=now)
    if move is None or booking.placement is None:
        return []
    whom = await both_premises(tx, move["from_premises"], move["to_premises"], move["officer_email"])
    body = {"departs": move["departs"], "arrives": booking.premises, "tell": whom}
    events = [Event("move_lost", f"placement:{booking.placement}", booking.person, body)]
    hold = await end_claim(tx, move["kept_hold"], how="ended", now=now) if move["kept_hold"] else None
    if hold is not None:
        events.append(Event("hold_ended", f"hold:{hold.id}", body={"bed": hold.bed}))
    for stay in await claims_of_placement(tx, booking.placement):
        if stay.end is not None and stay.end < move["departs_on"]:
            with suppress(NightsClaimed):  # somebody else has those nights by now: it goes on from day to day
                await change_nights(tx, stay.id, stay.first, move["departs_on"], now, though_closed=True)
    return events
