"""What a person needs, and whether a bed has it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bedspace.claims.change import claims_of_placement
from bedspace.nights import london_today
from bedspace.placements.asking import sql
from bedspace.placements.may import refuse_unless
from bedspace.placements.refer import check_needs
from bedspace.placements.taken import Taken, done, save, take, tell
from bedspace.store import Tx
from schemas.acts import Done
from schemas.placing import ChangeNeeds, PlacementDone


async def change_needs(tx: Tx, command: ChangeNeeds, now: datetime) -> Done[PlacementDone]:
    """The bed stays as it is; the answer remarks what it lacks, and so does the history.

    Raises `Invalid` naming codes that are no characteristics, or `Conflict` when the placement is over.
    """
    today = london_today(now)
    taken, events = await take(tx, command.id, now)
    refuse_unless("needs", taken.standing(today))
    await check_needs(tx, [*command.needs, *(command.preferred or [])], today)
    preferred = taken.need.preferred if command.preferred is None else command.preferred
    need = msgspec.structs.replace(taken.need, needs=list(command.needs), preferred=list(preferred))
    changed = msgspec.structs.replace(taken, need=need)
    await save(tx, changed, now)
    await tell(tx, taken.id, "needs_changed", now, note=_note(command))
    remarks = await remarks_of(tx, changed)
    if remarks:
        await tell(tx, taken.id, "needs_not_met", now, note=" ".join(remarks))
    happened = taken.event("placement_needs_changed", met=not remarks)
    return await done(tx, changed, (*events, happened), remarks)


def _note(command: ChangeNeeds) -> str:
    needs = ", ".join(command.needs) or "none"
    return f"{needs}. {command.note}".strip() if command.note else needs


async def remarks_of(tx: Tx, taken: Taken) -> list[str]:
    """What the beds of a placement, or those offered for it, lack of its needs."""
    claimed = [held.bed for held in await claims_of_placement(tx, taken.id)]
    beds = claimed or [one.bed for one in taken.approaches if one.bed]
    rows = [await sql.bed(tx, bed=bed) for bed in beds]
    return [remark for row in rows for remark in unmet(taken.need.needs, row["has"], row["code"])]


def unmet(needs: Sequence[str], has: Sequence[str], bed: str) -> list[str]:
    """In words, for whoever decides: nothing is refused by this."""
    lacks = [need.replace("_", " ") for need in needs if need not in has]
    return [f"Bed {bed} does not have: {', '.join(lacks)}."] if lacks else []
