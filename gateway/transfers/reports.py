"""Keeps what sources report of an NSI, and sets what follows from it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.store import Tx, queries
from gateway.transfers.fold import Folded, Report, fold, impossible
from schemas.words import NsiType

sql = queries(__file__)

IMPOSSIBLE = "impossible_sequence"


async def keep_report(tx: Tx, nsi: UUID, report: Report, now: datetime) -> bool:
    """Whether it is new. What is there already stands."""
    new: bool = await sql.keep_report(tx, nsi=nsi, received_at=now, **msgspec.structs.asdict(report))
    return new


async def reports_of(tx: Tx, nsi: UUID) -> list[Report]:
    return [msgspec.convert(row, Report) for row in await sql.reports(tx, nsi=nsi)]


async def refold(tx: Tx, nsi: UUID, type_: NsiType, move_on: date, now: datetime) -> Folded:
    """Set status, start, end and outcome anew, and ask a person about what cannot be. Needs the NSI's lock."""
    reports = await reports_of(tx, nsi)
    folded = fold(reports)
    following: dict[str, Any] = {
        name: getattr(folded, name) for name in ("status", "started_on", "ended_on", "outcome")
    }
    await sql.set_folded(tx, nsi=nsi, **following)
    wrong = impossible(reports, type_, move_on)
    await sql.settle(tx, nsi=nsi, kind=IMPOSSIBLE, still=wrong, now=now)
    for said in wrong:
        await sql.ask(tx, nsi=nsi, kind=IMPOSSIBLE, said=said, now=now)
    return folded
