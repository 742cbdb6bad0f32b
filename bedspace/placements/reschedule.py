"""The day of arrival moves, with as many nights as before: a release that moves takes its referral or booking along."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from bedspace.claims.change import change_nights, claim_held, claims_of_placement
from bedspace.nights import LONDON, london_today, refuse_past, spoken
from bedspace.placements.asking import refuse_another_bed
from bedspace.placements.deadlines import hour_of
from bedspace.placements.may import ARRIVED, BEFORE, refuse_unless
from bedspace.placements.meetings import refuse_barred
from bedspace.placements.taken import Taken, done, save, take, tell
from bedspace.store import Tx
from bedspace.waiting.settle import close_proposed
from schemas.acts import Done, Event
from schemas.errors import Conflict
from schemas.placing import PlacementDone


async def move_arrival(tx: Tx, placement: UUID, on: date, now: datetime) -> Done[PlacementDone]:
    """What is booked keeps its bed, and so does what is offered, where the bed is free on the new nights.

    Raises `NightsClaimed` naming the nights in the way, `Conflict` (arrived, over, barred, another bed), `Invalid`.
    """
    today = london_today(now)
    taken, events = await take(tx, placement, now)
    refuse_unless("needs", taken.standing(today))
    if taken.state not in (*BEFORE, "booked"):
        raise Conflict(ARRIVED)
    refuse_past(on, today)
    if on == taken.arrives_on:
        return await done(tx, taken, events)
    end = on + (taken.departs_on - taken.arrives_on)
    moved = await _nights(tx, taken, on, end, now)
    unkept = await close_proposed(tx, taken.id, taken.proposed, now)
    hour = taken.arrive_by and hour_of(on, taken.arrive_by.astimezone(LONDON).time())
    changed = msgspec.structs.replace(taken, arrives_on=on, departs_on=end, arrive_by=hour, alerted_at=None)
    await save(tx, changed, now)
    await tell(tx, taken.id, "arrival_moved", now, note=f"From {spoken(taken.arrives_on)} to {spoken(on)}")
    return await done(tx, changed, (*events, *moved, *unkept, taken.event("arrival_moved", on=on.isoformat())))


async def _nights(tx: Tx, taken: Taken, on: date, end: date, now: datetime) -> Sequence[Event]:
    """Of the booking, or of the beds that are kept while they decide."""
    events: list[Event] = []
    if taken.state == "booked":
        (held,) = await claims_of_placement(tx, taken.id)
        await refuse_another_bed(tx, taken.person, on, end, now, but=taken.id)
        await refuse_barred(tx, taken, held.premises, on, end, now)
        events += (await change_nights(tx, held.id, on, end, now))[1]
    for one in taken.asked:
        kept = await claim_held(tx, one.hold_id) if one.hold_id else None
        if kept is not None:
            events += (await change_nights(tx, kept.id, on, end, now))[1]
    return events
