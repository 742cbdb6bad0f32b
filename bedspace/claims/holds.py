"""Holds: a bed kept free for some hours while a referral is made. They lapse by themselves."""

from datetime import datetime, timedelta

from bedspace.claims.place import Claim, end_lapsed, place, sql
from bedspace.nights import london_today, refuse_past
from bedspace.store import Tx
from schemas.acts import Done, Event
from schemas.claims import EndHold, Hold, HoldEnded, Lapsed, LapseHolds, PlaceHold
from schemas.errors import NotThere

IDS = range(1, 1 << 63)


async def place_hold(tx: Tx, command: PlaceHold, now: datetime) -> Done[Hold]:
    """Raises `Invalid`, `NotThere`, or `NightsClaimed` with exactly the nights that are claimed already."""
    refuse_past(command.from_, london_today(now))
    expires_at = now + timedelta(hours=command.hours)
    claim = Claim(
        bed=command.bed,
        kind="hold",
        from_=command.from_,
        nights=command.nights,
        reason=command.reason,
        expires_at=expires_at,
    )
    hold_id, lapsed = await place(tx, claim, now)
    hold = Hold(
        id=hold_id,
        bed=command.bed,
        from_=command.from_,
        nights=command.nights,
        reason=command.reason,
        expires_at=expires_at,
    )
    return Done(hold, (*lapsed, Event("hold_placed", f"hold:{hold_id}", body={"bed": command.bed})))


async def end_hold(tx: Tx, command: EndHold, now: datetime) -> Done[HoldEnded]:
    """Ending a hold that is over already is harmless and says so by no event. Raises `NotThere`."""
    if command.id not in IDS:
        raise _no_hold(command.id)
    bed = await sql.bed_of_claim(tx, id=command.id, kind="hold")
    if bed is not None:
        await sql.lock_bed(tx, bed=bed)
        if await sql.end_claim(tx, id=command.id, kind="hold", now=now) is not None:
            event = Event("hold_ended", f"hold:{command.id}", body={"bed": bed})
            return Done(HoldEnded(id=command.id, bed=bed), (event,))
    bed = await sql.bed_of_ended(tx, id=command.id, kind="hold")
    if bed is None:
        raise _no_hold(command.id)
    return Done(HoldEnded(id=command.id, bed=bed), subject=f"hold:{command.id}")


def _no_hold(number: int) -> NotThere:
    return NotThere(f"There is no hold {number}. Check its number.")


async def lapse_holds(tx: Tx, command: LapseHolds, now: datetime) -> Done[Lapsed]:  # noqa: ARG001  # it says it all
    """End every hold whose time is over, bed by bed in the order of their ids."""
    beds = [row["bed_id"] for row in await sql.lock_holds(tx, now=now)]
    events = await end_lapsed(tx, beds, now)
    return Done(Lapsed(holds=len(events)), events, subject="holds")
