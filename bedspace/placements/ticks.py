"""What happens to placements by itself as time goes by: approaches lapse, and people are told of who did not come."""

from datetime import datetime
from uuid import UUID

import msgspec

from bedspace.nights import london_today
from bedspace.placements.asking import after_one_closed, end_hold_of
from bedspace.placements.moving import sql as moving_sql
from bedspace.placements.taken import Taken, audience, done, save, take, tell
from bedspace.store import Reader, Tx, queries
from schemas.acts import Done, Event
from schemas.placing import AlertArrival, LapseApproaches, PlacementDone

sql = queries(__file__)


async def due_to_lapse(reader: Reader, now: datetime) -> list[UUID]:
    return [row["id"] for row in await sql.due_to_lapse(reader, now=now)]


async def due_to_alert(reader: Reader, now: datetime) -> list[UUID]:
    return [row["id"] for row in await sql.due_to_alert(reader, now=now)]


async def lapse_approaches(tx: Tx, command: LapseApproaches, now: datetime) -> Done[PlacementDone]:
    """One placement an act, so that beds are locked in order. Raises `NotThere`."""
    taken, events = await take(tx, command.id, now)
    happened = list[Event](events)
    for one in [one for one in taken.approaches if one.answer_by <= now]:
        await sql.lapse(tx, id=one.id, now=now)
        happened += await end_hold_of(tx, one.hold_id, one.bed, now)
        note = f"{one.premises_name} ({one.premises})"
        if one.for_a_move and taken.move is not None:
            await moving_sql.settle(tx, id=taken.move.id, state="lapsed", now=now)
            await tell(tx, taken.id, "move_lapsed", now, note=note)
            happened.append(taken.event("move_lapsed", premises=one.premises))
            continue
        taken = after_one_closed(taken, one, "lapsed")
        await save(tx, taken, now)
        await tell(tx, taken.id, "lapsed", now, state=taken.state, note=note)
        whom = await audience(tx, one.premises_id, taken.officer_email)
        happened.append(taken.event("approach_lapsed", premises=one.premises, tell=whom))
    return await done(tx, taken, happened)


async def alert_arrival(tx: Tx, command: AlertArrival, now: datetime) -> Done[PlacementDone]:
    """Once for each agreed hour. Where they have arrived meanwhile, or the booking is over, nobody is told."""
    taken, events = await take(tx, command.id, now)
    where = expected_at(taken)
    if where is None or taken.alerted_at is not None or taken.arrive_by is None or taken.arrive_by > now:
        return await done(tx, taken, events)
    changed = msgspec.structs.replace(taken, alerted_at=now)
    await save(tx, changed, now)
    whom = await audience(tx, where, taken.officer_email)
    await tell(tx, taken.id, "alerted", now)
    happened = taken.event("arrival_overdue", premises=where, on=london_today(taken.arrive_by).isoformat(), tell=whom)
    return await done(tx, changed, (*events, happened))


def expected_at(taken: Taken) -> int | None:
    """Id of the premises where somebody is expected; None where nobody is."""
    if taken.state == "booked":
        return taken.premises_id
    if taken.move is not None and taken.move.state == "agreed":
        return taken.move.to_premises
    return None
