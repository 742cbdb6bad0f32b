"""Caretaking: one PDU supervises for another, without a formal transfer. It is no NSI, and moves no responsibility."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec

from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.people.known import person_known
from gateway.transfers.responsible import responsible_now
from gateway.transfers.responsible import sql as responsible
from schemas.acts import Done, Event
from schemas.custody import (
    Caretaking,
    CaretakingPage,
    CaretakingRow,
    Counted,
    EndCaretaking,
    ListCaretaking,
    RecordCaretaking,
)
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere

sql = queries(__file__)


async def record_caretaking(tx: Tx, command: RecordCaretaking, now: datetime) -> Done[Caretaking]:
    """By either end. Raises `NotThere`, `NotAllowed`, `Invalid`, and `Conflict` naming who holds the person already."""
    person = await person_known(tx, command.person)
    from_ = _from(command, london_today(now))
    row = await responsible_now(tx, person)
    by_pdu, for_pdu = await _ends(tx, command, row, london_today(now))
    nsi = await _nsi(tx, person, command.nsi)
    span = {"person": person, "begins": from_, "ends": command.until}
    if (other := await sql.overlapping(tx, **span)) is not None:
        raise Conflict(_held(other))
    caretaking = uuid4()
    try:
        await sql.keep(
            tx, id=caretaking, by_pdu=by_pdu, for_pdu=for_pdu, nsi=nsi, reason=command.reason, now=now, **span
        )
    except asyncpg.ExclusionViolationError as error:
        raise Conflict("Somebody has just recorded who holds this person. Look again.") from error
    event = Event("caretaking_recorded", f"caretaking:{caretaking}", person, {"by": by_pdu, "for": for_pdu})
    return Done(_whole(await sql.taken(tx, id=caretaking)), (event,), (person,))


def _from(command: RecordCaretaking, today: date) -> date:
    from_ = command.from_ or today
    if from_ > today:
        raise Invalid.because("from", "Give today, or the earlier day on which it began.")
    if command.until is not None and command.until <= from_:
        raise Invalid.because("until", "Give a day after the one on which it began, or none where it is not known.")
    return from_


async def _ends(tx: Tx, command: RecordCaretaking, row: Any, today: date) -> tuple[str, str]:
    now_responsible = row and row["pdu_code"]
    for_pdu = command.for_pdu or now_responsible
    if for_pdu is None:
        raise Invalid.because("for_pdu", "No PDU is on record as responsible. Say for whom the person is supervised.")
    ours = False
    for name, code in (("by_pdu", command.by_pdu), ("for_pdu", for_pdu)):
        pdu = await responsible.pdu(tx, pdu=code, today=today)
        if pdu is None:
            raise Invalid.because(name, "There is no such PDU today. Give its code, such as the locator shows.")
        ours = ours or pdu["ours"]
    if now_responsible not in (None, for_pdu):
        raise Invalid.because(
            "for_pdu", f"{row['pdu_name']} is responsible, so it is held for them, or taken over first."
        )
    if command.by_pdu == for_pdu:
        raise Invalid.because("by_pdu", "That PDU is responsible itself: nobody is held for oneself.")
    if not ours:
        raise NotAllowed("Caretaking is recorded by the PDU that supervises, or by the one that is responsible.")
    return command.by_pdu, for_pdu


async def _nsi(tx: Tx, person: UUID, reference: str | None) -> UUID | None:
    if reference is None:
        return None
    row = await sql.nsi(tx, person=person, reference=reference.strip().upper())
    if row is None:
        raise Invalid.because("nsi", "This person has no such NSI. Give its reference, such as NSI-000123, or none.")
    nsi: UUID = row["id"]
    return nsi


async def finish_caretaking(tx: Tx, command: EndCaretaking, now: datetime) -> Done[Caretaking]:
    """By either end. Ending what is over by then is harmless. Raises `NotThere`, and `Invalid` for a day ahead."""
    row = await sql.taken(tx, id=command.id)
    if row is None:
        raise NotThere("There is no such caretaking, or it is not yours to see.")
    today = london_today(now)
    on = command.on or today
    if on > today or on <= row["from_"]:
        raise Invalid.because("on", f"Give a day after {spoken(row['from_'])}, when it began, and not ahead.")
    if row["until"] is not None and row["until"] <= on:
        return Done(_whole(row), persons=(row["person_id"],), subject=f"caretaking:{command.id}")
    await sql.end_(tx, id=command.id, on=on)
    event = Event("caretaking_ended", f"caretaking:{command.id}", row["person_id"])
    return Done(_whole(await sql.taken(tx, id=command.id)), (event,), (row["person_id"],))


async def end_caretaking(tx: Tx, person: UUID, on: date) -> None:
    """When responsibility passes to another PDU: nobody is held for whom it has left."""
    for row in await sql.running(tx, person=person, day=on):
        await sql.end_(tx, id=row["id"], on=on)


async def caretaking_on(tx: Tx, person: UUID, day: date) -> Caretaking | None:
    row = await sql.on_day(tx, person=person, day=day)
    return row and _whole(row)


async def list_caretaking(tx: Tx, command: ListCaretaking, now: datetime) -> Done[CaretakingPage]:
    """Held for others, and by others for us (M-04). Raises `Invalid` for a cursor that is not one of ours."""
    day = command.on or london_today(now)
    after = _after(command.cursor)
    rows = await sql.held(tx, pdu=command.pdu, day=day, limit=command.limit + 1, **after)
    shown = rows[: command.limit]
    page = CaretakingPage(
        on=day,
        counts=[msgspec.convert(dict(row), Counted) for row in await sql.counts(tx, pdu=command.pdu, day=day)],
        items=[_row(row) for row in shown],
        next=f"{shown[-1]['from_']}.{shown[-1]['id']}" if len(rows) > len(shown) else None,
    )
    return Done(page, persons=tuple({row["person_id"] for row in shown if row["name"]}), subject="caretaking")


def _after(cursor: str | None) -> dict[str, Any]:
    if cursor is None:
        return {"after_from": None, "after_id": None}
    try:
        return {"after_from": date.fromisoformat(cursor[:10]), "after_id": UUID(cursor[11:])}
    except ValueError as error:
        why = "Send the `next` of the page before, as it came, or none for the first page."
        raise Invalid.because("cursor", why) from error


def _whole(row: Any) -> Caretaking:
    return Caretaking(**{name: row[name] for name in Caretaking.__struct_fields__})


def _row(row: Any) -> CaretakingRow:
    return CaretakingRow(**{name: row[name] for name in CaretakingRow.__struct_fields__})


def _held(row: Any) -> str:
    until = f" until {spoken(row['until'])}" if row["until"] else ""
    return (
        f"{row['by_name']} has held this person for {row['for_name']} since {spoken(row['from_'])}{until}. "
        "A person is held by one at a time: end that first."
    )
