"""A named person offers the bed that is proposed. No machine does."""

from datetime import datetime
from typing import Any

from bedspace.nights import spoken
from bedspace.placements.offer import offer_a_bed
from bedspace.placements.taken import take, tell
from bedspace.store import Tx
from bedspace.waiting.settle import end_hold, proposal_to_decide, refuse_settled, sql
from schemas.acts import Done, Event
from schemas.placing import OfferBed
from schemas.waiting import OfferProposal, ProposalDone


async def offer_proposal(tx: Tx, command: OfferProposal, now: datetime) -> Done[ProposalDone]:
    """The premises are asked, and the bed is kept until their answer is due; the entry keeps its place meanwhile.

    Raises `NotThere`, `NotAllowed`, `Conflict` (it is settled), or what offering a bed raises.
    """
    seen = await proposal_to_decide(tx, command.id)
    refuse_settled(seen["outcome"])
    taken, lapsed = await take(tx, seen["placement_id"], now, beds=[seen["bed"]])
    refuse_settled((await sql.take(tx, id=command.id))["outcome"])
    ended = await end_hold(tx, seen["hold_id"], seen["bed"], now)
    await _move_dates(tx, seen, now)
    offered = await offer_a_bed(tx, OfferBed(id=taken.id, bed=seen["bed"]), now, by_proposal=True)
    await sql.settle(tx, id=command.id, outcome="offered", now=now)
    happened = Event("proposal_offered", f"proposal:{command.id}", taken.person, {"bed": seen["bed"]})
    answer = ProposalDone(
        id=command.id,
        outcome="offered",
        reference=taken.reference,
        bed=seen["bed"],
        remarks=offered.result.remarks,
    )
    return Done(answer, (*lapsed, *ended, *offered.events, happened), (taken.person,), f"proposal:{command.id}")


async def _move_dates(tx: Tx, seen: Any, now: datetime) -> None:
    tag = await sql.move_dates(tx, id=seen["placement_id"], first=seen["from_day"], end=seen["until_day"], now=now)
    if tag.endswith(" 1"):
        await tell(tx, seen["placement_id"], "dates_moved", now, note=f"Now from {spoken(seen['from_day'])}")
