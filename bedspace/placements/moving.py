"""The parts of a move between premises that several acts share: arriving there, and giving it up."""

from datetime import date, datetime, timedelta

import msgspec

from bedspace.claims.change import Held, become_stay, change_nights, claims_of_placement, end_claim
from bedspace.claims.rest import let_rest, rest_after
from bedspace.nights import london_today, spoken
from bedspace.placements.asking import end_hold_of, keep_free, refuse_another_bed
from bedspace.placements.taken import OpenMove, Taken, save, tell
from bedspace.store import Tx, queries
from schemas.acts import Event
from schemas.errors import Invalid

sql = queries(__file__)

KEPT = timedelta(days=2)
"""For how long after the day of the move the rest of the nights is kept, if nobody arrives."""


async def arrive_there(
    tx: Tx, taken: Taken, move: OpenMove, at: datetime, now: datetime
) -> tuple[Taken, tuple[Event, ...]]:
    """Departs the one and arrives at the other. Raises `NightsClaimed` when they are early and that bed is not free."""
    on = london_today(at)
    if taken.arrived_at is not None and at < taken.arrived_at:
        raise Invalid.because("at", "This is before the arrival at the first premises. Give a later time.")
    stay, booking = await both(tx, taken)
    until = max(taken.departs_on, on + timedelta(days=1))
    await refuse_another_bed(tx, taken.person, on, until, now, but=taken.id)
    freed = await end_hold_of(tx, move.kept_hold, move.from_bed_code, now)
    await end_claim(tx, stay.id, how="moved", now=now, until=max(on, stay.first))
    _, lapsed = await become_stay(tx, booking.id, on, now, end=until)
    await let_rest(tx, [(move.from_bed, on)], now)
    await sql.settle(tx, id=move.id, state="moved", now=now)
    changed = msgspec.structs.replace(
        taken,
        premises_id=move.to_premises,
        away=None,
        away_since=None,
        away_until=None,
        move=None,
    )
    await save(tx, changed, now)
    await tell(tx, taken.id, "moved", now, note=f"{move.from_code} to {move.to_code}, bed {move.to_bed_code}")
    happened = taken.event("person_moved", departed=move.from_code, arrived=move.to_code, bed=move.to_bed_code)
    return changed, (*freed, *lapsed, happened)


async def both(tx: Tx, taken: Taken) -> tuple[Held, Held]:
    """The stay at the one premises, and the booking at the other."""
    held = {one.kind: one for one in await claims_of_placement(tx, taken.id)}
    return held["stay"], held["booking"]


async def keep_the_rest(tx: Tx, taken: Taken, move: OpenMove, now: datetime) -> tuple[int | None, list[Event]]:
    """A hold on the nights that the stay gives up, in the place of its turnaround."""
    if move.departs_on <= move.on_day:
        return None, []
    rest = await rest_after(tx, move.from_bed, move.on_day)
    if rest is not None:
        await end_claim(tx, rest, how="changed", now=now)
    until = now + KEPT + (move.on_day - london_today(now))
    return await keep_free(tx, move.from_bed_code, move.on_day, move.departs_on, until, now, leaves=taken.id)


async def give_up_move(tx: Tx, taken: Taken, now: datetime) -> list[Event]:
    """The open move, if there is one, is undone on the other side: its bed is free, and nobody is asked."""
    move = taken.move
    if move is None:
        return []
    events = await end_hold_of(tx, move.kept_hold, move.from_bed_code, now)
    for one in taken.approaches:
        if one.id == move.approach_id:
            events += await end_hold_of(tx, one.hold_id, one.bed, now)
    for held in await claims_of_placement(tx, taken.id):
        if held.kind == "booking":
            await end_claim(tx, held.id, how="cancelled", now=now)
    await sql.settle(tx, id=move.id, state="undone", now=now)
    await tell(tx, taken.id, "move_undone", now, note=f"{move.from_code} to {move.to_code}")
    return [*events, taken.event("move_undone", premises=move.to_code)]


async def no_longer_asked(tx: Tx, move: OpenMove, now: datetime) -> None:
    """Last of all: the other premises may not see the placement after that."""
    await sql.take_back(tx, id=move.approach_id, note="The move was undone", now=now)


async def stay_on(tx: Tx, taken: Taken, departs_on: date, now: datetime) -> tuple[Taken, tuple[Event, ...]]:
    """The stay has its nights back, if it has not gone on past them. Raises `NightsClaimed` when they are gone."""
    (stay,) = await claims_of_placement(tx, taken.id)
    if stay.end is None or stay.end >= departs_on:
        return taken, ()
    _, lapsed = await change_nights(tx, stay.id, stay.first, max(departs_on, stay.first + timedelta(days=1)), now)
    await tell(tx, taken.id, "extended", now, note=f"To {spoken(departs_on)}, as before the move")
    return msgspec.structs.replace(taken, departs_on=departs_on), lapsed
