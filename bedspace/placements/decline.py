"""Whoever decides says no, with a reason; or the referral is withdrawn before a bed is booked."""

from datetime import datetime

import msgspec

from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.placements.accept import withdraw_others
from bedspace.placements.asking import after_one_closed, close, the_approach
from bedspace.placements.may import refuse_unless
from bedspace.placements.taken import audience, done, save, take, tell
from bedspace.store import Tx
from bedspace.waiting.settle import close_proposed
from schemas.acts import Done
from schemas.placing import DeclinePlacement, PlacementDone, WithdrawPlacement


async def decline_placement(tx: Tx, command: DeclinePlacement, now: datetime) -> Done[PlacementDone]:
    """The placement stays referred while others are asked; it is declined when nobody is left.

    Raises `NotAllowed` to who does not decide, `Invalid`, `Conflict`, `NotThere`.
    """
    today = london_today(now)
    taken, events = await take(tx, command.id, now)
    refuse_unless("decline", taken.standing(today))
    await check_listed(tx, command.reason, of="decline", field="reason", today=today, note=command.note)
    asked = await the_approach(tx, taken.asked, command.premises, now)
    closed = await close(tx, asked, "declined", now, reason=command.reason, note=command.note)
    changed = after_one_closed(taken, asked, "declined")
    if changed.state == "declined":
        changed = msgspec.structs.replace(changed, ended_reason=command.reason, ended_note=command.note)
    await save(tx, changed, now)
    note = f"{asked.premises_name} ({asked.premises}): {command.reason}. {command.note}".strip()
    await tell(tx, taken.id, "declined", now, state=changed.state, note=note)
    whom = await audience(tx, asked.premises_id, taken.officer_email)
    happened = taken.event("placement_declined", premises=asked.premises, reason=command.reason, tell=whom)
    return await done(tx, changed, (*events, *closed, happened))


async def withdraw_placement(tx: Tx, command: WithdrawPlacement, now: datetime) -> Done[PlacementDone]:
    """With it go all open approaches and the beds kept for them. Raises `Conflict` with what stands in the way."""
    today = london_today(now)
    taken, events = await take(tx, command.id, now)
    refuse_unless("withdraw", taken.standing(today))
    await check_listed(tx, command.reason, of="withdraw", field="reason", today=today, note=command.note)
    withdrawn = await withdraw_others(tx, taken, None, now, note=f"The referral was withdrawn: {command.reason}")
    unkept = await close_proposed(tx, taken.id, taken.proposed, now)
    changed = msgspec.structs.replace(
        taken, state="withdrawn", premises_id=None, ended_reason=command.reason, ended_note=command.note
    )
    await save(tx, changed, now)
    note = f"{command.reason}. {command.note}".strip()
    await tell(tx, taken.id, "withdrawn", now, state="withdrawn", note=note)
    happened = taken.event("placement_withdrawn", reason=command.reason)
    return await done(tx, changed, (*events, *withdrawn, *unkept, happened))
