"""Police checks by force and PDU: how long they take, and where so many are overdue that somebody is told."""

from datetime import date, datetime

from msgspec import convert

from bedspace.nights import london_today
from bedspace.store import Reader, Tx, queries
from gateway.transfers.clocks import working_days_before
from gateway.transfers.regime import Pattern, regime_on
from schemas.acts import Done, Event
from schemas.chasing import Kept
from schemas.files import FindPatterns, PoliceChecks, PoliceLine, PoliceReport

sql = queries(__file__)

KIND = "police_check"


async def police_checks(tx: Tx, command: PoliceChecks, now: datetime) -> Done[PoliceReport]:
    """Counts, as far as the account reaches; the slowest first."""
    rows = await sql.report(
        tx,
        today=london_today(now),
        before=_before(london_today(now)),
        pdu=command.pdu,
        force=command.force,
        since=command.since,
        overdue=command.overdue,
    )
    return Done(PoliceReport(items=[convert(row, PoliceLine) for row in rows]), subject="police-checks")


def _pattern(today: date) -> Pattern | None:
    return next((one for one in regime_on(today).pattern if one.action == KIND), None)


def _before(today: date) -> date:
    """A check that was asked for before this day, and is not back, is overdue."""
    pattern = _pattern(today)
    return working_days_before(today, pattern.working_days) if pattern else today


async def patterns_change(tx: Reader, now: datetime) -> bool:
    """Whether there is a pattern that nobody was told of, or one that is over. A look costs nothing."""
    pattern = _pattern(london_today(now))
    if pattern is None:
        return False
    found: bool = await sql.changes(tx, before=_before(london_today(now)), least=pattern.overdue)
    return found


async def find_patterns(tx: Tx, command: FindPatterns, now: datetime) -> Done[Kept]:  # noqa: ARG001  # it holds nothing
    """Each is told once, to the region that receives, until it is over."""
    pattern = _pattern(london_today(now))
    if pattern is None:
        return Done(Kept(count=0), subject="patterns")
    given = {"before": _before(london_today(now)), "least": pattern.overdue, "now": now}
    await sql.end(tx, **given)
    new = await sql.raise_(tx, **given)
    events = tuple(Event("pattern_found", f"pattern:{row['id']}", None, {"pdu": row["pdu"]}) for row in new)
    return Done(Kept(count=len(new)), events, subject="patterns")
