"""The queue of a PDU by clock: what is overdue first, then what is due next."""

import re
from datetime import date, datetime
from typing import Any, get_args

import msgspec

from bedspace.days import working_days_after
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.transfers.clocks import state_of
from gateway.transfers.regime import regimes
from schemas.acts import Done
from schemas.chasing import Grade
from schemas.errors import Invalid
from schemas.locate import Named
from schemas.nsi_queue import ListQueue, QueueCounts, QueueDay, QueuePage, QueueRow
from schemas.nsis import Clock

sql = queries(__file__)

NO_CLOCK = date.max
"""As the driver reads the day of an NSI of which nothing is due."""
CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,18})")
LADDER = get_args(Grade)
CLOCK = ("rule", "title", "phase", "owner", "due", "paused_until")


async def list_queue(tx: Tx, command: ListQueue, now: datetime) -> Done[QueuePage]:
    """As far as the account reaches. Raises `Invalid` for a cursor that is not one of ours."""
    today = london_today(now)
    after_due, after_number = _after(command.cursor)
    given: dict[str, Any] = {"places": await sql.places(tx, pdu=command.pdu)} | {
        name: getattr(command, name) for name in ("side", "team", "officer", "high_risk")
    }
    rows = await sql.queue(
        tx,
        **given,
        overdue=command.overdue,
        today=today,
        after_due=after_due,
        after_number=after_number,
        limit=command.limit + 1,
    )
    shown = rows[: command.limit]
    days = await sql.days(tx, **given)
    held = await sql.holders(tx, places=given["places"])
    page = QueuePage(
        items=[_row(row, today) for row in shown],
        counts=_counts(days, today),
        days=[QueueDay(row["day"], row["count"]) for row in days if row["day"]],
        teams=sorted({row["team"] for row in held}),
        officers=sorted({Named(row["code"], row["officer"]) for row in held if row["officer"]}, key=lambda o: o.name),
        next=_cursor(shown[-1]) if len(rows) > len(shown) else None,
    )
    return Done(page, persons=tuple({row["person_id"] for row in shown if row["name"] is not None}), subject="nsis")


def _row(row: Any, today: date) -> QueueRow:
    clock = None
    if row["rule"]:
        soon = regimes()[row["regime"]].due_soon_working_days
        clock = Clock(**{name: row[name] for name in CLOCK}, state=state_of(row["due"], None, today, soon))
    given = {name: row[name] for name in QueueRow.__struct_fields__ if name != "clock"}
    told = sorted(row["told"], key=LADDER.index)
    return msgspec.convert(given | {"clock": clock, "told": told}, QueueRow)


def _counts(days: list[Any], today: date) -> QueueCounts:
    found = dict.fromkeys(QueueCounts.__struct_fields__, 0)
    soon = {one.id: working_days_after(today, one.due_soon_working_days) for one in regimes().values()}
    for row in days:
        found[_state(row["day"], today, soon[row["regime"]])] += row["count"]
        found["high_risk"] += row["high_risk"]
    return QueueCounts(**found)


def _state(day: date | None, today: date, soon: date) -> str:
    if day is None:
        return "no_clock"
    if day <= today:
        return "overdue" if day < today else "due"
    return "due_soon" if day <= soon else "later"


def _cursor(row: Any) -> str:
    return f"{row['next_due'] or NO_CLOCK}.{row['number']}"


def _after(cursor: str | None) -> tuple[date | None, int | None]:
    if cursor is None:
        return None, None
    try:
        found = CURSOR.fullmatch(cursor)
        if found is None:
            raise ValueError
        return date.fromisoformat(found[1]), int(found[2])
    except ValueError as error:
        why = "Send the `next` of the page before, as it came, or none for the first page."
        raise Invalid.because("cursor", why) from error
