"""An out without an in, and the reverse: found every night, and asked of whoever has not reported, once a step."""

from datetime import date, datetime, timedelta
from uuid import UUID

from bedspace.days import working_days_after
from bedspace.nights import london_today, spoken
from bedspace.store import Reader, Tx
from gateway.transfers.ends import ASKED, SIDE, WHAT, sql
from gateway.transfers.prepare import tell
from gateway.transfers.reports import sql as reports
from gateway.transfers.status import taken
from schemas.acts import Done, Event
from schemas.chasing import Kept
from schemas.ends import ChaseEnd, Which

STEPS = (3, 10, 20)
"""Working days after the end that is reported: then the other one is asked, and asked again."""


async def to_chase(tx: Reader, now: datetime, limit: int = 50) -> list[UUID]:
    """Moves of which an end is to be asked for. History, and what somebody has answered, chases nobody."""
    return [row["id"] for row in await sql.to_chase(tx, latest=_latest(london_today(now)), limit=limit)]


async def chase_end(tx: Tx, command: ChaseEnd, now: datetime) -> Done[Kept]:
    """Each step once, whoever asks and however often. The letter holds a reference and a link."""
    row = await taken(tx, command.id)
    ends = await sql.ends(tx, nsi=command.id)
    subject = f"nsi:{command.id}"
    if row["quiet"] or ends["state"] not in ("in_missing", "out_missing"):
        return Done(Kept(count=0), persons=(row["person_id"],), subject=subject)
    missing: Which = "in" if ends["state"] == "in_missing" else "out"
    known: date = ends["out_on"] if missing == "in" else ends["in_on"]
    due = sum(known <= latest for latest in _latest(london_today(now)))
    step = await sql.chased(tx, nsi=command.id, missing=missing) + 1
    if step > due:
        return Done(Kept(count=0), persons=(row["person_id"],), subject=subject)
    await sql.keep_chase(tx, nsi=command.id, missing=missing, step=due, now=now)
    other: Which = "out" if missing == "in" else "in"
    said = f"{WHAT[other].capitalize()} on {spoken(known)}, and nobody has reported that {WHAT[missing]}."
    await reports.ask(tx, nsi=command.id, kind=ASKED[missing], said=said, now=now)
    await tell(tx, command.id, "end_chased", now, note=f"The {SIDE[missing]} end, for the {_nth(due)} time.")
    told = [SIDE[missing]] if await sql.reachable(tx, nsi=command.id, which=missing) else []
    event = Event("end_missing", subject, row["person_id"], {"missing": missing, "step": due, "tell": told})
    return Done(Kept(count=1), (event,), (row["person_id"],), subject)


def _nth(step: int) -> str:
    return ("first", "second", "third")[step - 1]


def _latest(today: date) -> list[date]:
    """For each step the latest day whose working days are over."""
    found = []
    for days in STEPS:
        day = today
        while working_days_after(day, days) >= today:
            day -= timedelta(days=1)
        found.append(day)
    return found
