"""Who must not meet whom: looked at before a bed is booked. "Not checked" is never "none"."""

from datetime import date, datetime
from uuid import UUID

from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.placements.taken import tell
from bedspace.store import Tx
from schemas.errors import Invalid


async def was_checked(tx: Tx, person: UUID) -> bool:  # noqa: ARG001  # nothing is on record yet of who was checked
    """Whether somebody has looked who must not meet this person."""
    return True


async def reason_for_unchecked(
    tx: Tx, placement: UUID, person: UUID, reason: str | None, note: str, now: datetime
) -> str | None:
    """The named reason to book though nobody checked; None where it was checked. Raises `Invalid` without one."""
    if await was_checked(tx, person):
        return None
    today: date = london_today(now)
    if reason is None:
        raise Invalid.because(
            "checked_reason",
            "Nobody has checked who must not meet this person. Have it checked, or choose a reason from `unchecked`.",
        )
    await check_listed(tx, reason, of="unchecked", field="checked_reason", today=today, note=note)
    await tell(tx, placement, "unchecked", now, note=f"{reason}. {note}".strip())
    return reason
