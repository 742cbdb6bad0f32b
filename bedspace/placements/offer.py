"""A bed of the shortlist is offered: it is kept until the answer is due."""

from datetime import datetime

import msgspec

from bedspace.nights import london_today
from bedspace.placements.asking import (
    ask,
    bed_to_claim,
    end_hold_of,
    keep_free,
    premises_to_ask,
    refuse_another_bed,
    sql,
)
from bedspace.placements.deadlines import answer_due
from bedspace.placements.may import refuse_unless
from bedspace.placements.meetings import refuse_barred
from bedspace.placements.needs import unmet
from bedspace.placements.taken import done, save, take, tell
from bedspace.store import Tx
from bedspace.waiting.settle import close_proposed
from schemas.acts import Done
from schemas.errors import Conflict
from schemas.placing import OfferBed, PlacementDone


async def offer_bed(tx: Tx, command: OfferBed, now: datetime) -> Done[PlacementDone]:
    """Premises that are not asked yet are asked by this. Another bed of premises asked already replaces the first.

    Raises `NotThere`, `Invalid` (the other estate; the bed is not open), `NightsClaimed`, or `Conflict`.
    """
    return await offer_a_bed(tx, command, now)


async def offer_a_bed(tx: Tx, command: OfferBed, now: datetime, *, by_proposal: bool = False) -> Done[PlacementDone]:
    """`by_proposal`: its open proposal is settled by the caller, afterwards, since premises see the referral by it."""
    taken, events = await take(tx, command.id, now, beds=[command.bed])
    refuse_unless("offer", taken.standing(london_today(now)))
    first = max(taken.arrives_on, london_today(now))
    if first >= taken.departs_on:
        raise Conflict("All of the nights that were asked for are past. Make a new AP referral.")
    row = await bed_to_claim(tx, command.bed, taken.gender)
    await refuse_another_bed(tx, taken.person, first, taken.departs_on, now, but=taken.id)
    await refuse_barred(tx, taken, row["premises"], first, taken.departs_on, now)
    open_ = next((one for one in taken.asked if one.premises_id == row["premises_id"]), None)
    ended = await end_hold_of(tx, open_.hold_id, open_.bed, now) if open_ else []
    closed = [] if by_proposal else await close_proposed(tx, taken.id, taken.proposed, now)
    (premises,) = await premises_to_ask(tx, [row["premises"]], taken.gender)
    until = open_.answer_by if open_ else answer_due(taken.arrives_on, premises["arrive_by"], now)
    hold, kept = await keep_free(tx, command.bed, first, taken.departs_on, until, now)
    if open_:
        await sql.keep_bed(tx, id=open_.id, bed=command.bed, hold=hold)
    else:
        _, asked = await ask(tx, taken, premises, now, bed=command.bed, hold=hold)
        kept.append(asked)
    changed = msgspec.structs.replace(
        taken, state="offered", premises_id=row["premises_id"], ended_reason=None, ended_note=""
    )
    await save(tx, changed, now)
    await tell(tx, taken.id, "offered", now, state="offered", note=f"Bed {command.bed}")
    remarks = unmet(taken.need.needs, row["has"], command.bed)
    happened = taken.event("bed_offered", bed=command.bed, premises=row["premises"])
    return await done(tx, changed, (*events, *ended, *closed, *kept, happened), remarks)
