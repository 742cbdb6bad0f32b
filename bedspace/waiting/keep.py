"""A bed is kept for an entry, and that is written down with everybody who stood ahead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bedspace.claims.place import Claim, place
from bedspace.nights import london_today, spoken
from bedspace.placements.taken import tell
from bedspace.store import Tx, queries
from bedspace.waiting.match import Match, Passed
from bedspace.waiting.order import urgency
from schemas.acts import Event

sql = queries(__file__, "propose")

REASON = "Proposed for the waiting list"
GRACE = timedelta(minutes=15)
"""The hold outlasts the proposal by so much, so that it is renewed before anybody else takes the bed."""


async def keep(
    tx: Tx, found: Match, now: datetime, *, chosen_by: str | None = None, times: int = 1
) -> tuple[int, list[Event]]:
    """On a locked bed, for a locked entry. Raises what placing a claim raises."""
    entry = found.entry
    kind = urgency(entry, london_today(now))
    hours = {row["timeliness"]: row["keeps_hours"] for row in await sql.terms(tx)}[kind]
    until = now + timedelta(hours=hours)
    claim = Claim(
        bed=found.bed_code,
        kind="hold",
        from_=found.first,
        nights=(found.end - found.first).days,
        reason=REASON,
        expires_at=until + GRACE,
    )
    hold, lapsed = await place(tx, claim, now)
    proposal: int = await sql.keep(
        tx,
        placement=entry.id,
        bed=found.bed_code,
        hold=hold,
        first=found.first,
        end=found.end,
        place=found.place,
        chosen_by=chosen_by,
        times=times,
        now=now,
        kept_until=until,
    )
    await _keep_passed(tx, proposal, found.passed)
    who: Any = await sql.person_of(tx, id=entry.id)
    await tell(tx, entry.id, "bed_proposed", now, note=f"Bed {found.bed_code}, from {spoken(found.first)}")
    body = {"bed": found.bed_code, "premises": found.premises, "placement": str(entry.id), "times": times}
    return proposal, [
        *lapsed,
        Event("hold_placed", f"hold:{hold}", body={"bed": found.bed_code}),
        Event("bed_proposed", f"proposal:{proposal}", who["person_id"], body),
    ]


async def _keep_passed(tx: Tx, proposal: int, passed: Sequence[Passed]) -> None:
    if passed:
        await sql.keep_passed(
            tx,
            proposal=proposal,
            placements=[one.id for one in passed],
            places=[one.place for one in passed],
            codes=[one.code for one in passed],
        )
