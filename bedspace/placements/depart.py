"""The person has left, or the booking is cancelled."""

from datetime import date, datetime, timedelta

import msgspec

from bedspace.claims.change import claims_of_placement, end_claim
from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.placements.accept import withdraw_others
from bedspace.placements.arrive import hour_given
from bedspace.placements.may import refuse_unless
from bedspace.placements.moving import give_up_move, no_longer_asked
from bedspace.placements.taken import done, save, take, tell
from bedspace.store import Tx
from schemas.acts import Done
from schemas.errors import Invalid
from schemas.placing import CancelPlacement, DepartPlacement, PlacementDone


async def depart_placement(tx: Tx, command: DepartPlacement, now: datetime) -> Done[PlacementDone]:
    """The bed is free from that night on. Departing twice is harmless; a move between premises that is open is undone.

    Raises `Invalid` (a time ahead, or before the arrival; the reasons), `Conflict`, `NotThere`.
    """
    today = london_today(now)
    taken, events = await take(tx, command.id, now)
    if taken.state == "departed":
        return await done(tx, taken, events)
    refuse_unless("depart", taken.standing(today))
    at = hour_given(command.at, now)
    if taken.arrived_at is not None and at < taken.arrived_at:
        raise Invalid.because("at", "This is before the arrival. Give a later time.")
    await _check_reasons(tx, command, today)
    given_up = await give_up_move(tx, taken, now)
    on = london_today(at)
    for held in await claims_of_placement(tx, taken.id):
        await end_claim(tx, held.id, how="departed", now=now, until=on)
    changed = msgspec.structs.replace(
        taken,
        state="departed",
        departed_at=at,
        departs_on=max(on, taken.arrives_on + timedelta(days=1)),
        away=None,
        away_since=None,
        away_until=None,
        ended_reason=command.reason,
        ended_note=command.note,
        move_on=command.move_on,
    )
    await save(tx, changed, now)
    said = ", ".join(code for code in (command.reason, command.move_on) if code)
    await tell(tx, taken.id, "departed", now, state="departed", note=f"{said}. {command.note}".strip())
    if taken.move is not None:
        await no_longer_asked(tx, taken.move, now)
    happened = taken.event("person_departed", reason=command.reason, move_on=command.move_on, on=on.isoformat())
    return await done(tx, changed, (*events, *given_up, happened))


async def _check_reasons(tx: Tx, command: DepartPlacement, today: date) -> None:
    await check_listed(tx, command.reason, of="departure", field="reason", today=today, note=command.note)
    if command.move_on is not None:
        await check_listed(tx, command.move_on, of="move_on", field="move_on", today=today, note=command.note)


async def cancel_placement(tx: Tx, command: CancelPlacement, now: datetime) -> Done[PlacementDone]:
    """The bed is free at once. Raises `Invalid`, `Conflict`, `NotThere`."""
    today = london_today(now)
    taken, events = await take(tx, command.id, now)
    refuse_unless("cancel", taken.standing(today))
    await check_listed(tx, command.reason, of="cancel", field="reason", today=today, note=command.note)
    withdrawn = await withdraw_others(tx, taken, None, now, note=f"The booking was cancelled: {command.reason}")
    for held in await claims_of_placement(tx, taken.id):
        await end_claim(tx, held.id, how="cancelled", now=now)
    changed = msgspec.structs.replace(taken, state="cancelled", ended_reason=command.reason, ended_note=command.note)
    await save(tx, changed, now)
    await tell(tx, taken.id, "cancelled", now, state="cancelled", note=f"{command.reason}. {command.note}".strip())
    return await done(tx, changed, (*events, *withdrawn, taken.event("placement_cancelled", reason=command.reason)))
