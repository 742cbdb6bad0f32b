"""Closing whole premises: a director approves, and every bed closes from that night on."""

from datetime import datetime

from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.premises.change import day_of, remembered
from bedspace.premises.held import hold_premises
from bedspace.premises.record import Draft
from bedspace.premises.write import write
from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.errors import Conflict, Invalid
from schemas.keeping import ClosePremises, ReopenPremises
from schemas.premises import PremisesChanged

sql = queries(__file__)


async def close_premises(tx: Tx, command: ClosePremises, now: datetime) -> Done[PremisesChanged]:
    """Raises `NotThere`, `Invalid` (no approval, not listed), or `Conflict` naming claims in the way."""
    held = await hold_premises(tx, command.code)
    closure, today = command.closure, london_today(now)
    first = day_of(closure.from_, now)
    if held.before.closed_from is not None:
        raise Conflict(f"{command.code} closes on {spoken(held.before.closed_from)} already. Withdraw that first.")
    for field, text in (("approved_by", closure.approved_by), ("reference", closure.reference)):
        if not text.strip():
            raise Invalid.because(field, "is missing: premises close only with the recorded approval of a director.")
    if closure.approved_on > today:
        raise Invalid.because("approved_on", "is in the future. Close them once the director has approved it.")
    await check_listed(tx, closure.reason, of="closure", field="reason", today=today, note=closure.note)
    temporary = [row["code"] for row in await sql.temporary_beds(tx, premises_id=held.id, first=first)]
    if temporary:
        raise Conflict(f"{', '.join(temporary)}: temporary beds go on after {spoken(first)}. End those first.")
    draft = Draft(held.before)
    closure_id = await sql.record(
        tx,
        premises_id=held.id,
        closed_from=first,
        reason=closure.reason,
        note=closure.note,
        approved_by=closure.approved_by.strip(),
        approved_on=closure.approved_on,
        reference=closure.reference.strip(),
        now=now,
    )
    for bed in draft.beds.values():
        if bed.open_after(first):
            bed.close(first, today)
    draft.closed_from = first
    lapsed = await write(tx, held, draft, now)
    await sql.close(tx, premises_id=held.id, closed_from=first, closure_id=closure_id)
    return await remembered(tx, held, now, "premises_closed", first, lapsed)


async def reopen_premises(tx: Tx, command: ReopenPremises, now: datetime) -> Done[PremisesChanged]:
    """The beds that closed with the premises are open. Raises `NotThere`, or `Conflict` where nothing is closed."""
    held = await hold_premises(tx, command.code)
    first, closed = day_of(command.from_, now), held.before.closed_from
    if closed is None:
        raise Conflict(f"{command.code} is not closed, and no closure is recorded.")
    await sql.withdraw(tx, premises_id=held.id, now=now)
    draft = Draft(held.before)
    draft.closed_from = None
    for bed in draft.beds.values():
        if bed.closes == closed:
            bed.reopen(first)
    lapsed = await write(tx, held, draft, now)
    return await remembered(tx, held, now, "closure_withdrawn", first, lapsed)
