"""Premises that are ruled out for a person because of who is there; asked of the database, and kept nowhere."""

from datetime import date, datetime
from uuid import UUID

from bedspace.nights import london_today, until
from bedspace.store import Tx, queries
from schemas.search import Association

sql = queries(__file__, "meetings")


async def barred(tx: Tx, person: UUID, first: date, nights: int, now: datetime) -> frozenset[str]:
    """Codes of the premises where somebody whom the person must not meet has a claim on one of these nights.

    A resident who was due to leave by the first night, and has not been recorded as gone, is still there.
    """
    rows = await sql.barred(tx, person=person, first=first, end=until(first, nights), today=london_today(now), now=now)
    return frozenset(row["code"] for row in rows)


async def association(tx: Tx, person: UUID) -> Association:
    """Whether anybody looked who must not meet the person. "Not checked" is never "none"."""
    return Association.of(await sql.last_check(tx, person=person))
