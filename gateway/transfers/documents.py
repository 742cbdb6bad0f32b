"""The documents that travel with a person: required or not, sent, received, and complete or not."""

from datetime import date, datetime
from typing import Any

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.transfers.kinds import document_kinds
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from gateway.transfers.status import answer, taken
from schemas.acts import Done
from schemas.errors import FieldFault, Invalid
from schemas.files import Document, RecordDocument
from schemas.nsis import NsiState

sql = queries(__file__)


async def record_document(tx: Tx, command: RecordDocument, now: datetime) -> Done[NsiState]:
    """Only what is given changes. The rule about documents is met when all that are required have come.

    Raises `NotThere`, and `Invalid` naming each field that does not fit.
    """
    row = await taken(tx, command.id)
    kinds = document_kinds()
    if command.kind not in kinds:
        raise Invalid.because("kind", f"There is no such document. Choose one of: {', '.join(kinds)}.")
    before = await sql.document(tx, nsi=command.id, kind=command.kind)
    faults = _faults(command, before, london_today(now))
    if faults:
        raise Invalid(*faults)
    await sql.keep(
        tx,
        nsi=command.id,
        kind=command.kind,
        need=command.need or (before["need"] if before else "conditional"),
        why=command.why or None,
        sent_on=command.sent_on,
        received_on=command.received_on,
        complete=command.complete,
        lacking=command.lacking or None,
    )
    await tell(tx, command.id, "document", now, note=f"{kinds[command.kind].title}: {_said(command)}.")
    await recount(tx, command.id, now)
    return answer(row, row["status"], "nsi_document_recorded")


def _faults(command: RecordDocument, before: Any, today: date) -> list[FieldFault]:
    faults = []
    received = command.received_on or (before and before["received_on"])
    for name in ("sent_on", "received_on"):
        day = getattr(command, name)
        if day and day > today:
            faults.append(FieldFault(name, "Give today, or an earlier day."))
    if command.received_on and command.sent_on and command.received_on < command.sent_on:
        faults.append(FieldFault("received_on", "It did not come before it was sent."))
    if command.complete is not None and not received:
        faults.append(FieldFault("complete", "Say first when it was received."))
    if command.complete is False and not command.lacking.strip():
        faults.append(FieldFault("lacking", "Say what was missing from it."))
    if command.lacking and command.complete is not False:
        faults.append(FieldFault("complete", "Where something was missing, it is not complete."))
    if command.need == "not_applicable" and not command.why.strip():
        faults.append(FieldFault("why", "Say why it is not applicable."))
    return faults


def _said(command: RecordDocument) -> str:
    said: list[str | None] = [
        command.need and command.need.replace("_", " "),
        "sent" if command.sent_on else None,
        "received" if command.received_on else None,
        {True: "complete", False: "not complete", None: ""}[command.complete],
    ]
    return ", ".join(filter(None, said)) or "looked at"


async def documents_of(tx: Tx, nsi: Any) -> list[Document]:
    kinds = document_kinds()
    rows = {row["kind"]: row for row in await sql.documents(tx, nsi=nsi)}
    return [Document(title=kinds[kind].title, **dict(rows[kind])) for kind in kinds if kind in rows]
