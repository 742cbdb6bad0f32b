"""Approaches: premises are asked, a bed is kept meanwhile, and whatever they say is kept."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.claims.change import end_claim
from bedspace.claims.place import Claim, place
from bedspace.nights import LONDON, london_today, spoken
from bedspace.placements.deadlines import answer_due
from bedspace.placements.taken import OpenApproach, Taken, audience, spocs, tell
from bedspace.store import Tx, queries
from schemas.acts import Event
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.placements import ApproachOutcome
from schemas.words import Gender

sql = queries(__file__)


async def premises_to_ask(tx: Tx, codes: Sequence[str], gender: Gender) -> list[Any]:
    """Rows in the order of the codes, each once. Raises `NotThere`, `Invalid` for the other estate."""
    rows = {row["code"]: row for row in await sql.premises(tx, codes=list(codes))}
    unknown = [code for code in codes if code not in rows]
    if unknown:
        raise NotThere(f"There are no premises {', '.join(unknown[:5])}. GET /api/v1/premises lists them.")
    for row in rows.values():
        refuse_other_estate(row["code"], row["gender"], gender)
    return [rows[code] for code in dict.fromkeys(codes)]


def refuse_other_estate(code: str, estate: Gender, gender: Gender) -> None:
    """Raises `Invalid`."""
    if estate != gender:
        kind = "women" if estate == "female" else "men"
        raise Invalid.because("premises", f"{code} is for {kind} only. Choose other premises.")


async def bed_to_claim(tx: Tx, code: str, gender: Gender) -> Any:
    """The bed's row with its premises. Raises `NotThere`, `Invalid`."""
    row = await sql.bed(tx, bed=code)
    if row is None:
        raise NotThere(f"There is no bed {code}. Search again, and use the code of a bed as it is shown there.")
    refuse_other_estate(row["premises"], row["gender"], gender)
    return row


async def keep_free(
    tx: Tx, bed: str, first: date, end: date, until: datetime, now: datetime, *, leaves: UUID | None = None
) -> tuple[int, list[Event]]:
    """A hold for a placement on a locked bed, also behind its own stay where it `leaves` that bed.

    Raises `NightsClaimed`, `Invalid` when the bed is not open.
    """
    claim = Claim(
        bed=bed,
        kind="hold",
        from_=first,
        nights=(end - first).days,
        reason="Kept for a placement",
        expires_at=until,
        leaves=leaves,
    )
    hold, lapsed = await place(tx, claim, now)
    return hold, [*lapsed, Event("hold_placed", f"hold:{hold}", body={"bed": bed})]


async def end_hold_of(tx: Tx, hold: int | None, bed: str | None, now: datetime) -> list[Event]:
    """The bed is no longer kept. Harmless where the hold is over."""
    if hold is None or await end_claim(tx, hold, how="ended", now=now) is None:
        return []
    return [Event("hold_ended", f"hold:{hold}", body={"bed": bed})]


async def ask(
    tx: Tx,
    placement: Taken,
    premises: Any,
    now: datetime,
    *,
    bed: str | None = None,
    hold: int | None = None,
    on: date | None = None,
    told: bool = False,
) -> tuple[OpenApproach, Event]:
    """One approach to premises (`id`, `code`, `name`, `decides`, `arrive_by`), and the event that writes to them.

    `on` is the day of a move; else it is for the arrival, and SPOCs learn of it. Who is `told` already gets none.
    """
    due = answer_due(on or placement.arrives_on, premises["arrive_by"], now)
    approach: int = await sql.ask(
        tx,
        placement=placement.id,
        premises_id=premises["id"],
        bed=bed,
        hold=hold,
        decides=premises["decides"],
        answer_by=due,
        now=now,
    )
    await tell(tx, placement.id, "asked", now, note=f"{premises['name']} ({premises['code']})")
    asked = OpenApproach(
        id=approach,
        premises_id=premises["id"],
        premises=premises["code"],
        premises_name=premises["name"],
        bed=bed,
        hold_id=hold,
        decides=premises["decides"],
        answer_by=due,
        by_hour=premises["arrive_by"],
        for_a_move=False,
    )
    body = {
        "placement": str(placement.id),
        "premises": premises["code"],
        "tell": [] if told else await audience(tx, premises["id"], placement.officer_email),
    }
    if on is None:
        body["tell"] += await spocs(tx, placement, premises["id"], approach, now)
    return asked, Event("premises_asked", f"approach:{approach}", placement.person, body)


async def the_approach(tx: Tx, open_: Sequence[OpenApproach], premises: str | None, now: datetime) -> OpenApproach:
    """The open approach that is answered, by one who decides it, in time.

    Raises `Invalid` (several are open), `NotThere`, `NotAllowed`, or `Conflict` when the answer comes too late.
    """
    asked = await meant(tx, open_, premises)
    if not asked and premises is None:
        raise NotAllowed("You do not decide for any of the premises that are being asked. Ask their staff to answer.")
    if not asked:
        raise NotThere(f"{premises} is not being asked just now. Ask it, or offer one of its beds, first.")
    if len(asked) > 1:
        codes = ", ".join(one.premises for one in asked)
        raise Invalid.because("premises", f"Several premises are being asked. Say which one answers: {codes}.")
    await refuse_who_does_not_decide(tx, asked[0])
    if asked[0].answer_by <= now:
        raise Conflict(
            f"The answer of {asked[0].premises} was due by {spoken_hour(asked[0].answer_by)}, so the approach lapses. "
            "Ask again, or offer a bed."
        )
    return asked[0]


async def meant(tx: Tx, open_: Sequence[OpenApproach], premises: str | None) -> list[OpenApproach]:
    """Those of the premises given; where none are, those that whoever acts may answer, if several are open."""
    if premises is not None or len(open_) < 2:
        return [one for one in open_ if premises is None or one.premises == premises]
    return [one for one in open_ if await sql.may_decide(tx, decides=one.decides, premises_id=one.premises_id)]


async def refuse_who_does_not_decide(tx: Tx, asked: OpenApproach) -> None:
    """Raises `NotAllowed`."""
    if not await sql.may_decide(tx, decides=asked.decides, premises_id=asked.premises_id):
        who = "their own staff" if asked.decides == "premises" else "the central referral unit"
        raise NotAllowed(f"For {asked.premises}, {who} decide. Ask them to answer.")


async def close(
    tx: Tx, asked: OpenApproach, outcome: ApproachOutcome, now: datetime, *, reason: str | None = None, note: str = ""
) -> list[Event]:
    """Keep what they said; the bed is no longer kept by a hold."""
    await sql.answer(tx, id=asked.id, outcome=outcome, reason=reason, note=note, now=now)
    return await end_hold_of(tx, asked.hold_id, asked.bed, now)


async def refuse_another_bed(
    tx: Tx, person: UUID, first: date, end: date, now: datetime, *, but: UUID | None = None
) -> None:
    """Raises `Conflict` naming the premises where the person has a bed then. `but` is a placement not looked at."""
    row = await sql.elsewhere(tx, person=person, first=first, end=end, but=but, today=london_today(now), now=now)
    if row is not None:
        until = f" until {spoken(row['end'])}" if row["end"] else ""
        raise Conflict(
            f"This person already has a bed at {row['name']} ({row['code']}) from {spoken(row['first'])}{until}. "
            "End or shorten that booking or stay first, or move them between premises."
        )


def after_one_closed(placement: Taken, closed: OpenApproach, outcome: ApproachOutcome) -> Taken:
    """Where the placement stands when an approach has ended without a booking."""
    left = [one for one in placement.asked if one.id != closed.id]
    offered = [one for one in left if one.bed]
    if offered:
        return msgspec.structs.replace(placement, approaches=left, state="offered", premises_id=offered[-1].premises_id)
    if left and placement.state != "displaced":
        return msgspec.structs.replace(placement, approaches=left, state="referred", premises_id=None)
    if placement.state == "displaced":
        return msgspec.structs.replace(placement, approaches=left)
    state = "lapsed" if outcome == "lapsed" else "declined"
    return msgspec.structs.replace(placement, approaches=[], state=state, premises_id=None)


def spoken_hour(at: datetime) -> str:
    """As people say it: `14:30 on 3 December 2026`."""
    there = at.astimezone(LONDON)
    return f"{there:%H:%M} on {spoken(there.date())}"
