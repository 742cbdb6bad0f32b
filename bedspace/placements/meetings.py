"""Who must not meet whom: looked at before a bed is offered or booked. "Not checked" is never "none"."""

from datetime import date, datetime

from bedspace.lists.check import check_listed
from bedspace.meetings.barred import association, barred, sql
from bedspace.nights import london_today
from bedspace.placements.taken import Taken, tell
from bedspace.store import Tx
from schemas.errors import Conflict, Invalid


async def refuse_barred(tx: Tx, taken: Taken, premises: str, first: date, end: date, now: datetime) -> None:
    """Raises `Conflict` without saying why: who is where is obeyed, and never shown.

    Two who must not meet, and are placed at the same premises at the same moment, queue here: beds and persons are
    locked before it, and nothing after it.
    """
    await sql.queue(tx, person=taken.person, premises=premises, first=first, end=end)
    if premises in await barred(tx, taken.person, first, (end - first).days, now):
        raise Conflict(f"{premises} is ruled out for this person on these nights. Choose other premises.")


async def reason_for_unchecked(tx: Tx, taken: Taken, reason: str | None, note: str, now: datetime) -> str | None:
    """The named reason to book though nobody checked; None where it was checked. Raises `Invalid` without one."""
    if (await association(tx, taken.person)).state == "checked":
        return None
    if reason is None:
        raise Invalid.because(
            "checked_reason",
            "Nobody has checked who must not meet this person. Have it checked, or choose a reason from `unchecked`.",
        )
    await check_listed(tx, reason, of="unchecked", field="checked_reason", today=london_today(now), note=note)
    await tell(tx, taken.id, "unchecked", now, note=f"{reason}. {note}".strip())
    return reason
