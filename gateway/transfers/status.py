"""How an NSI comes from one status to the next, and what each status brings with it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.transfers.fold import BEFORE_IT_STARTS, FINAL, OURS, Folded, Report, allowed
from gateway.transfers.follow import follow
from gateway.transfers.gates import check_gates
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from gateway.transfers.reports import keep_report, refold
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.nsis import NsiState, RecordStatus
from schemas.words import NsiStatus

sql = queries(__file__)

MOMENT = timedelta(microseconds=1)

NEXT: dict[NsiStatus, frozenset[NsiStatus]] = {
    "prepared": frozenset({"withdrawn"}),  # raised only by being confirmed
    "raised": frozenset({"received", "allocated", "withdrawn", "returned"}),
    "received": frozenset({"allocated", "in_progress", "withdrawn", "returned"}),
    "allocated": frozenset({"in_progress", "completed", "withdrawn", "returned"}),
    "in_progress": frozenset({"completed", "withdrawn", "returned"}),
    "returned": frozenset({"raised", "withdrawn"}),
    "completed": frozenset(),
    "withdrawn": frozenset(),
}

STILL_OPEN = {
    "what_is_mandatory_is_closed_first": "open: {}.",
    "components_are_decided_first": "not decided: {}. Record what was decided, or why it is left open.",
}
"""What the table itself keeps from being completed, by the names of its promises."""


async def record_status(tx: Tx, command: RecordStatus, now: datetime) -> Done[NsiState]:
    """The same status again is harmless.

    Raises `NotThere`, `Conflict` for a status that cannot follow, `Invalid` for a time ahead or before the last one.
    """
    row = await taken(tx, command.id)
    if row["status"] == command.status:
        return answer(row, row["status"])
    if command.status not in NEXT[row["status"]]:
        raise Conflict(_refusal(row["reference"], row["status"], command.status))
    at = command.at or now
    if at.tzinfo is None or at > now or (command.at and at < (await sql.standing(tx, id=row["id"]))["status_at"]):
        raise Invalid.because("at", "Give a time with its zone, not ahead, and not before the status it has now.")
    await _check(tx, row, command, at)
    await check_gates(tx, row, command.status, at, earlier=command.at is not None)
    await change(tx, row, command.status, at, kind="status", outcome=command.outcome)
    return answer(row, command.status, "nsi_status_recorded")


async def _check(tx: Tx, row: Any, command: RecordStatus, at: datetime) -> None:
    """Raises `Invalid` for a status that the type does not allow, and an outcome that it cannot have."""
    if not allowed(row["type"], command.status, london_today(at), row["move_on"]):
        why = f"{row['reference']}: {BEFORE_IT_STARTS} It starts on {spoken(row['move_on'])}: withdraw it instead."
        raise Invalid.because("status", why)
    if command.outcome is not None:
        if command.status not in FINAL:
            raise Invalid.because("outcome", "Only what is completed, withdrawn or returned has an outcome.")
        await check_listed(tx, command.outcome, of="nsi_outcome", field="outcome", today=london_today(at))


def answer(row: Any, status: NsiStatus, event: str = "") -> Done[NsiState]:
    """What a write on an NSI answers; with its event, where something has changed."""
    subject = f"nsi:{row['id']}"
    body: dict[str, Any] = {"status": status} | ({"tell": []} if row["quiet"] else {})
    events = (Event(event, subject, row["person_id"], body),) if event else ()
    return Done(NsiState(id=row["id"], reference=row["reference"], status=status), events, (row["person_id"],), subject)


async def taken(tx: Tx, nsi: UUID) -> Any:
    """The NSI's row, locked until this transaction ends. Raises `NotThere`, and `Conflict` where it was merged."""
    row = await sql.taken(tx, id=nsi)
    if row is None:
        raise NotThere("There is no such NSI, or it is not yours to see.")
    if row["merged_into"]:
        raise Conflict(f"{row['reference']} was merged into {row['merged_into']}. Go on with that one.")
    return row


async def change(
    tx: Tx,
    row: Any,
    status: NsiStatus,
    at: datetime,
    *,
    kind: str,
    outcome: str | None = None,
    note: str = "",
    ended_on: date | None = None,
) -> None:
    """Report a status as our own, and let follow from it what follows.

    It holds from `at`, or from just after what a far system reported meanwhile.
    """
    standing = await sql.standing(tx, id=row["id"])
    just_after = standing["status_at"] + (MOMENT if standing["status_source"] > OURS else timedelta())
    at = max(at, just_after)
    report = Report(
        source=OURS, version=standing["next_version"], status=status, at=at, outcome=outcome, ended_on=ended_on
    )
    said = note or ("" if kind == "confirmed" else status.replace("_", " ") + ".")
    await take_report(tx, row, report, at, kind=kind, note=said)


async def take_report(
    tx: Tx, row: Any, report: Report, now: datetime, *, kind: str, note: str, of: UUID | None = None
) -> Folded | None:
    """Keep a report: with its line of history, the rules it meets, and responsibility where it passes by it.

    None where it is there already. `row` is that of `taken`: the NSI that holds; `of` is the one that was merged into
    it, where the report is of that.
    """
    if not await keep_report(tx, of or row["id"], report, now):
        return None
    folded = await _refolded(tx, row, now)
    changed = folded.status != row["status"]
    await tell(tx, row["id"], kind, report.at, status=folded.status if changed else None, note=note)
    if changed:
        await follow(tx, row, folded, now)
    await recount(tx, row["id"], now)
    return folded


async def _refolded(tx: Tx, row: Any, now: datetime) -> Folded:
    """Raises `Conflict` while something is open, or not decided, that our own report would pass by."""
    try:
        async with tx.transaction():
            return await refold(tx, row["id"], row["type"], row["move_on"], now)
    except asyncpg.CheckViolationError as error:
        why = STILL_OPEN.get(error.constraint_name or "")
        if why is None:
            raise
        raise Conflict(f"{row['reference']} cannot be completed while this is {why.format(error)}") from error


def _refusal(reference: str, status: NsiStatus, wanted: NsiStatus) -> str:
    if status == "prepared" and wanted != "withdrawn":
        return f"{reference} is not confirmed by its sender yet. Confirm it first."
    following = sorted(one.replace("_", " ") for one in NEXT[status])
    can = f"it can become {', '.join(following)}" if following else "nothing follows it"
    return f"{reference} is {status.replace('_', ' ')}: {can}, not {wanted.replace('_', ' ')}."
