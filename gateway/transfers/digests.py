"""One mail a day to each person who has something due: references only."""

from datetime import date, datetime

from bedspace.days import is_working, working_days_after
from bedspace.nights import LONDON, london_today
from bedspace.store import Reader, Tx, queries
from gateway.transfers.regime import regimes
from schemas.acts import Done, Event
from schemas.chasing import KeepDigest, Kept

sql = queries(__file__)

FROM_HOUR = 7
"""In London, on working days."""


def is_time(now: datetime) -> bool:
    there = now.astimezone(LONDON)
    return is_working(there.date()) and there.hour >= FROM_HOUR


async def to_write_to(tx: Reader, now: datetime, limit: int = 200) -> list[KeepDigest]:
    """Those who have something due and had no digest today, with what. Who covers stands for the absent."""
    today = london_today(now)
    rows = await sql.to_write_to(tx, today=today, soon=_soon(today), limit=limit)
    return [KeepDigest(email=row["email"], nsis=row["nsis"]) for row in rows]


async def keep_digest(tx: Tx, command: KeepDigest, now: datetime) -> Done[Kept]:
    """Once a day, whoever asks and however often. How each NSI stands is read when the letter is written."""
    digest = await sql.keep(tx, email=command.email, day=london_today(now), now=now, nsis=command.nsis)
    if digest is None:
        return Done(Kept(count=0), subject="digest")
    return Done(Kept(count=1), (Event("digest_due", f"digest:{digest}"),))


def _soon(today: date) -> date:
    """The last day that is due soon."""
    return working_days_after(today, max(regime.due_soon_working_days for regime in regimes().values()))
