"""The end of a proposal: its hold ends with it, always in the same act."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bedspace.claims.change import end_claim, lock_beds
from bedspace.store import Tx, queries
from schemas.acts import Event
from schemas.errors import Conflict, NotAllowed, NotThere
from schemas.waiting import ProposalOutcome

sql = queries(__file__)


async def settle(tx: Tx, proposal: int, hold: int, bed: str, outcome: ProposalOutcome, now: datetime) -> list[Event]:
    """The bed is kept no longer. Its bed is locked already, or it is the only one."""
    await sql.settle(tx, id=proposal, outcome=outcome, now=now)
    return await end_hold(tx, hold, bed, now)


async def end_hold(tx: Tx, hold: int, bed: str, now: datetime) -> list[Event]:
    """Harmless where it is over already."""
    if await end_claim(tx, hold, how="ended", now=now) is None:
        return []
    return [Event("hold_ended", f"hold:{hold}", body={"bed": bed})]


async def close_open(tx: Tx, placement: UUID, now: datetime) -> list[Event]:
    """Whoever leaves keeps no bed."""
    row = await sql.open_of(tx, placement=placement)
    if row is None:
        return []
    _, lapsed = await lock_beds(tx, now, claims=[row["hold_id"]])
    seen = await sql.look(tx, id=row["id"])
    ended = await settle(tx, row["id"], row["hold_id"], seen["bed"], "closed", now)
    return [*lapsed, *ended, Event("proposal_closed", f"proposal:{row['id']}", body={"bed": seen["bed"]})]


async def close_proposed(tx: Tx, placement: UUID, locked: str | None, now: datetime) -> list[Event]:
    """Whoever gets a bed otherwise, or needs none, keeps none: wherever it is, also out of reach of whoever acts.

    The placement is locked, and before it its proposed bed, `locked`. Raises `Conflict` where another bed has been
    proposed meanwhile.
    """
    row = await sql.open_anywhere(tx, placement=placement)
    if row is None:
        return []
    if row["bed"] != locked:
        raise Conflict("A bed has just been proposed for this placement. Look at it again, and then decide.")
    await sql.close_anywhere(tx, placement=placement, now=now)
    ended = await end_hold(tx, row["hold_id"], row["bed"], now)
    return [*ended, Event("proposal_closed", f"proposal:{row['id']}", body={"bed": row["bed"]})]


async def proposal_to_decide(tx: Tx, proposal: int) -> Any:
    """A proposal in reach as it is just now, by one who decides. Raises `NotThere`, `NotAllowed`."""
    seen = await sql.look(tx, id=proposal)
    if seen is None:
        raise NotThere("There is no such proposal, or it is not yours to see.")
    await refuse_who_does_not_decide(tx, seen)
    return seen


async def refuse_who_does_not_decide(tx: Tx, row: Any) -> None:
    """Raises `NotAllowed`."""
    if not await sql.may_decide(tx, decides=row["decides"], premises_id=row["premises_id"]):
        raise NotAllowed("For these premises the central referral unit decides. Ask them.")


def refuse_settled(outcome: str | None) -> None:
    """Raises `Conflict`."""
    if outcome is None:
        return
    how = {
        "offered": "This bed has been offered already.",
        "skipped": "Somebody has said already why this bed is not offered.",
        "lapsed": "Nobody decided in time, and the bed was proposed again.",
        "closed": "This proposal is closed: whom it was for waits no longer, or the bed is no longer kept.",
    }[outcome]
    raise Conflict(f"{how} Look at the waiting list again.")
