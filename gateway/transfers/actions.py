"""The action list: done by evidence, not applicable with a reason, open again, somebody's; and lines of one's own."""

from datetime import date, datetime
from typing import Any

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.transfers.kinds import ActionKind, action_kinds, checked
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from gateway.transfers.status import answer, taken
from schemas.action_list import AddAction, AssignAction, CompleteAction, RecordEvidence, ReopenAction, SkipAction
from schemas.acts import Done
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.nsis import NsiState

sql = queries(__file__)

ROLES = {
    "aco": "an assistant chief officer",
    "mappa_coordinator": "the MAPPA co-ordinator",
    "national_lead": "the national lead",
}


async def complete_action(tx: Tx, command: CompleteAction, now: datetime) -> Done[NsiState]:
    """Doing it twice is harmless.

    Raises `NotThere`, and `Invalid` naming each field that is lacking or does not fit.
    """
    row, line, kind = await _line(tx, command)
    if line["done_at"] is not None:
        return answer(row, row["status"])
    given = {**line["evidence"], **command.evidence}
    evidence = await checked(tx, kind, given, london_today(now), done=True)
    if line["mandatory"] and not evidence:
        why = "This line is mandatory: say how it was done."
        raise Invalid.because(f"evidence.{kind.field[0].id}" if kind.field else "evidence", why)
    await sql.complete(tx, nsi=command.id, n=command.n, now=now, evidence=evidence)
    await tell(tx, command.id, "action_done", now, note=f"{line['title']}.")
    await recount(tx, command.id, now)
    return answer(row, row["status"], "nsi_action_completed")


async def record_evidence(tx: Tx, command: RecordEvidence, now: datetime) -> Done[NsiState]:
    """Kept beside what is recorded already; an empty text takes a field away. The line stays open.

    Raises `NotThere`, `Invalid`, and `Conflict` when it is closed.
    """
    row, line, kind = await _line(tx, command)
    _refuse_closed(line)
    evidence = await checked(tx, kind, {**line["evidence"], **command.evidence}, london_today(now), done=False)
    if evidence == line["evidence"]:
        return answer(row, row["status"])
    await sql.keep_evidence(tx, nsi=command.id, n=command.n, evidence=evidence)
    await tell(tx, command.id, "action_noted", now, note=f"{line['title']}.")
    return answer(row, row["status"], "nsi_action_noted")


async def skip_action(tx: Tx, command: SkipAction, now: datetime) -> Done[NsiState]:
    """Not applicable; the clock that it would meet is laid aside. Doing it twice is harmless.

    Raises `NotThere`, `Conflict` when it is done, and `NotAllowed` for a mandatory one that is not one's own to skip.
    """
    row, line, kind = await _line(tx, command)
    if line["not_applicable"] is not None:
        return answer(row, row["status"])
    _refuse_closed(line)
    if line["mandatory"] and await sql.role(tx) not in kind.skipped_by:
        may = " or ".join(ROLES.get(role, role) for role in kind.skipped_by) or "nobody"
        raise NotAllowed(f"“{line['title']}” cannot be skipped by your role: {may} can, with a reason.")
    await sql.skip(tx, nsi=command.id, n=command.n, now=now, why=command.why)
    how = "Skipped" if line["mandatory"] else "Not applicable"
    await tell(tx, command.id, "action_skipped", now, note=f"{line['title']}. {how}: {command.why}")
    await recount(tx, command.id, now)
    return answer(row, row["status"], "nsi_action_skipped")


async def reopen_action(tx: Tx, command: ReopenAction, now: datetime) -> Done[NsiState]:
    """The clock that was met by it runs again. Doing it twice is harmless.

    Raises `NotThere`, and `Conflict` for a mandatory one of an NSI that is completed.
    """
    row, line, _kind = await _line(tx, command)
    if line["done_at"] is None:
        return answer(row, row["status"])
    if line["mandatory"] and row["status"] == "completed":
        raise Conflict(f"{row['reference']} is completed: what had to be done before that is not opened again.")
    await sql.reopen(tx, nsi=command.id, n=command.n)
    if line["rule"]:
        await sql.unmeet(tx, nsi=command.id, rule=line["rule"])
    await tell(tx, command.id, "action_reopened", now, note=f"{line['title']}: {command.why}")
    await recount(tx, command.id, now)
    return answer(row, row["status"], "nsi_action_reopened")


async def assign_action(tx: Tx, command: AssignAction, now: datetime) -> Done[NsiState]:
    """Raises `NotThere`, `Conflict` when it is closed, `Invalid` for a day where a rule has one already."""
    row, line, _kind = await _line(tx, command)
    _refuse_closed(line)
    if command.due and line["due_with"]:
        raise Invalid.because("due", f"It is due with rule {line['due_with']}, on {line['due']}. Leave it out.")
    await sql.assign(tx, nsi=command.id, n=command.n, to=command.to, due=command.due)
    to = f" To {command.to}." if command.to else " To nobody in particular."
    await tell(tx, command.id, "action_assigned", now, note=f"{line['title']}.{to}")
    return answer(row, row["status"], "nsi_action_assigned")


async def add_action(tx: Tx, command: AddAction, now: datetime) -> Done[NsiState]:
    """Raises `NotThere`, `Conflict` when the NSI is over, `Invalid` for a day that is past."""
    row = await taken(tx, command.id)
    if row["status"] in ("withdrawn", "returned"):
        raise Conflict(f"{row['reference']} was {row['status']}: nothing is added to its action list.")
    _refuse_past(command.due, london_today(now))
    await sql.add(tx, nsi=command.id, title=command.title, owner=command.owner, due=command.due, to=command.to)
    await tell(tx, command.id, "action_added", now, note=f"{command.title}.")
    return answer(row, row["status"], "nsi_action_added")


async def _line(
    tx: Tx, command: CompleteAction | RecordEvidence | SkipAction | ReopenAction | AssignAction
) -> tuple[Any, Any, ActionKind]:
    row = await taken(tx, command.id)
    line = await sql.action(tx, nsi=command.id, n=command.n)
    if line is None:
        raise NotThere(f"{row['reference']} has no action {command.n}.")
    return row, line, action_kinds().get(line["kind"], action_kinds()["other"])


def _refuse_closed(line: Any) -> None:
    if line["done_at"] is not None:
        raise Conflict(f"“{line['title']}” is closed already. Open it again first.")


def _refuse_past(due: date | None, today: date) -> None:
    if due and due < today:
        raise Invalid.because("due", "Give today or a later day.")
