"""How an NSI comes from one status to the next, and what each status brings with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.transfers.prepare import tell
from gateway.transfers.regime import Regime, regimes
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.nsis import NsiState, RecordStatus
from schemas.words import NsiStatus

sql = queries(__file__)

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


async def record_status(tx: Tx, command: RecordStatus, now: datetime) -> Done[NsiState]:
    """The same status again is harmless.

    Raises `NotThere`, `Conflict` for a status that cannot follow, `Invalid` for a time ahead or before the last one.
    """
    row = await taken(tx, command.id)
    at = command.at or now
    if row["status"] == command.status:
        return answer(row, row["status"])
    if command.status not in NEXT[row["status"]]:
        raise Conflict(_refusal(row["reference"], row["status"], command.status))
    if at.tzinfo is None or at > now or at < row["status_at"]:
        raise Invalid.because("at", "Give a time with its zone, not ahead, and not before the status it has now.")
    await change(tx, row, command.status, at, kind="status")
    return answer(row, command.status, "nsi_status_recorded")


def answer(row: Any, status: NsiStatus, event: str = "") -> Done[NsiState]:
    """What a write on an NSI answers; with its event, where something has changed."""
    subject = f"nsi:{row['id']}"
    events = (Event(event, subject, row["person_id"], {"status": status}),) if event else ()
    return Done(NsiState(id=row["id"], reference=row["reference"], status=status), events, (row["person_id"],), subject)


async def taken(tx: Tx, nsi: UUID) -> Any:
    """The NSI's row, locked until this transaction ends. Raises `NotThere`."""
    row = await sql.taken(tx, id=nsi)
    if row is None:
        raise NotThere("There is no such NSI, or it is not yours to see.")
    return row


async def change(tx: Tx, row: Any, status: NsiStatus, at: datetime, *, kind: str) -> None:
    """Set the status, with its line of history, the rules it meets, and responsibility where it passes by it."""
    regime = regimes()[row["regime"]]
    await sql.set_status(tx, id=row["id"], status=status, today=london_today(at))
    note = "" if kind == "confirmed" else status.replace("_", " ") + "."
    await tell(tx, row["id"], kind, at, status=status, note=note)
    met = [rule.id for rule in regime.rule if rule.met_by == status]
    await sql.meet(tx, nsi=row["id"], rules=met, on=london_today(at))
    if regime.responsibility[row["type"]] == status:
        await _pass_responsibility(tx, row, regime, at)


async def _pass_responsibility(tx: Tx, row: Any, regime: Regime, at: datetime) -> None:
    passed = await sql.pass_responsibility(
        tx, person=row["person_id"], at=at, region=row["receiving_region"], pdu=row["receiving_pdu"]
    )
    if passed:
        note = f"To {row['receiving_pdu_name']} ({row['receiving_pdu']}), by the {regime.title}."
        await tell(tx, row["id"], "passed", at, note=note)


def _refusal(reference: str, status: NsiStatus, wanted: NsiStatus) -> str:
    if status == "prepared" and wanted != "withdrawn":
        return f"{reference} is not confirmed by its sender yet. Confirm it first."
    following = sorted(one.replace("_", " ") for one in NEXT[status])
    can = f"it can become {', '.join(following)}" if following else "nothing follows it"
    return f"{reference} is {status.replace('_', ' ')}: {can}, not {wanted.replace('_', ' ')}."
