"""The paper file, as evidence of its line on the action list: sent, where it is, received, and chased."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.nights import london_today, spoken
from bedspace.store import Reader, Tx, queries
from gateway.transfers.actions import sql as actions_sql
from gateway.transfers.kinds import Evidence, action_kinds, checked, document_kinds
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from gateway.transfers.reports import sql as questions
from gateway.transfers.status import answer, taken
from schemas.acts import Done
from schemas.chasing import Kept
from schemas.errors import Conflict, FieldFault, Invalid, NotAllowed
from schemas.nsis import NsiState
from schemas.paper import ChasePaper, DispatchPaper, PlacePaper, ReceivePaper

sql = queries(__file__)

KIND = action_kinds()["paper_file"]


async def dispatch_paper(tx: Tx, command: DispatchPaper, now: datetime) -> Done[NsiState]:
    """The same again is harmless.

    Raises `NotThere`, `NotAllowed` for the other end, `Conflict` once it is received, `Invalid`.
    """
    row = await taken(tx, command.id)
    ends = await sql.ends(tx, nsi=command.id)
    if not ends["sends"]:
        raise NotAllowed(f"{row['reference']}: who sends the paper file records it, which is {ends['sending']}.")
    line = await _line(tx, command.id)
    _refuse_received(row, line)
    today = london_today(now)
    given = {
        **line["evidence"],
        "dispatched_on": (command.on or today).isoformat(),
        "carrier": command.carrier,
        "reference": command.reference,
        "from_place": command.from_place,
        "to_place": command.to_place,
        "place": f"With {command.carrier}",
    }
    evidence = await _checked(tx, given, today, done=False)
    if evidence == line["evidence"]:
        return answer(row, row["status"])
    await actions_sql.keep_evidence(tx, nsi=command.id, n=line["n"], evidence=evidence)
    await tell(tx, command.id, "paper_sent", now, note=f"On {spoken(command.on or today)}, with {command.carrier}.")
    return answer(row, row["status"], "nsi_paper_sent")


async def place_paper(tx: Tx, command: PlacePaper, now: datetime) -> Done[NsiState]:
    """By either end, also after it was received. Raises `NotThere`, `Conflict` where it was never sent."""
    row = await taken(tx, command.id)
    line = await _line(tx, command.id)
    if not line["evidence"].get("dispatched_on"):
        raise Conflict(f"Nobody has recorded that the paper file of {row['reference']} was sent. Record that first.")
    evidence = {**line["evidence"], "place": command.place}
    if evidence == line["evidence"]:
        return answer(row, row["status"])
    await actions_sql.keep_evidence(tx, nsi=command.id, n=line["n"], evidence=evidence)
    await tell(tx, command.id, "paper_placed", now, note=f"{command.place}.")
    return answer(row, row["status"], "nsi_paper_placed")


async def receive_paper(tx: Tx, command: ReceivePaper, now: datetime) -> Done[NsiState]:
    """Closes the line; a question to the sender where something was missing.

    Raises `NotThere`, `NotAllowed` for the other end, `Conflict` where it is received already, `Invalid`.
    """
    row = await taken(tx, command.id)
    ends = await sql.ends(tx, nsi=command.id)
    if not ends["receives"]:
        raise NotAllowed(f"{row['reference']}: who receives the paper file records it, which is {ends['receiving']}.")
    line = await _line(tx, command.id)
    _refuse_received(row, line)
    today = london_today(now)
    titles = _titles(command.missing)
    given = {**line["evidence"], **_received(command, titles, ends["receiving"], today)}
    evidence = await _checked(tx, given, today, done=True)
    await actions_sql.complete(tx, nsi=command.id, n=line["n"], now=now, evidence=evidence)
    incomplete = bool(titles or command.missing_note.strip())
    lacked = f" Missing: {_lacked(titles)}." if incomplete else " Nothing was missing."
    await tell(tx, command.id, "paper_received", now, note=f"On {spoken(command.on or today)}.{lacked}")
    await questions.settle(tx, nsi=command.id, kind="paper_overdue", still=[], now=now)
    if incomplete:
        said = f"The paper file came without: {_lacked(titles)}. Where is that? Whoever sent the file answers."
        await questions.ask(tx, nsi=command.id, kind="paper_missing", said=said, now=now)
    await recount(tx, command.id, now)
    return answer(row, row["status"], "nsi_paper_incomplete" if incomplete else "nsi_paper_received")


def _received(command: ReceivePaper, titles: list[str], pdu: str, today: date) -> Evidence:
    given: Evidence = {
        "received_on": (command.on or today).isoformat(),
        "received_by": command.received_by,
        "place": command.place or f"At {pdu}",
        "missing": "; ".join(filter(None, [*titles, command.missing_note.strip()])),
    }
    if command.dispatched_on:
        given["dispatched_on"] = command.dispatched_on.isoformat()
    return given | ({"carrier": command.carrier} if command.carrier else {})


def _lacked(titles: list[str]) -> str:
    return "; ".join(titles) or "something that the action list names"


def _titles(codes: list[str]) -> list[str]:
    """Raises `Invalid`."""
    kinds = document_kinds()
    unknown = sorted(set(codes) - set(kinds))
    if unknown:
        why = f"There is no such document. Choose of: {', '.join(kinds)}."
        raise Invalid(*(FieldFault("missing", f"{code[:40]}: {why}") for code in unknown))
    return [kinds[code].title for code in kinds if code in codes]


async def _line(tx: Tx, nsi: UUID) -> Any:
    """Where no regime asks for one, a line of its own is added: paper travels all the same."""
    line = await sql.line(tx, nsi=nsi)
    if line is None:
        await sql.add(tx, nsi=nsi, title=KIND.title, owner=KIND.owner)
        line = await sql.line(tx, nsi=nsi)
    return line


def _refuse_received(row: Any, line: Any) -> None:
    """Raises `Conflict`."""
    if line["done_at"] is None:
        return
    if line["not_applicable"]:
        raise Conflict(f"{row['reference']} has no paper file: “{line['not_applicable']}” Open that line again first.")
    raise Conflict(f"The paper file of {row['reference']} was received. Open its line again, if that was a mistake.")


async def _checked(tx: Tx, given: dict[str, Any], today: date, *, done: bool) -> Evidence:
    """Raises `Invalid` by the names of the command."""
    try:
        return await checked(tx, KIND, given, today, done=done)
    except Invalid as error:
        raise Invalid(
            *(msgspec.structs.replace(one, field=_named(one.field, done=done)) for one in error.faults)
        ) from error


def _named(name: str, *, done: bool) -> str:
    name = name.removeprefix("evidence.")
    return "on" if name == ("received_on" if done else "dispatched_on") else name


async def papers_overdue(tx: Reader, now: datetime) -> list[UUID]:
    return [row["nsi_id"] for row in await sql.overdue(tx, today=london_today(now))]


async def chase_paper(tx: Tx, command: ChasePaper, now: datetime) -> Done[Kept]:
    """Twice is harmless. Who has it is asked: the sender, until it is on its way, and then the receiver too."""
    row = await taken(tx, command.id)
    line = await sql.line(tx, nsi=command.id)
    due = line and line["due"]
    subject = f"nsi:{command.id}"
    if not due or line["done_at"] or due >= london_today(now) or row["quiet"]:
        return Done(Kept(count=0), (), (row["person_id"],), subject)
    sent = bool(line["evidence"].get("dispatched_on"))
    how = "It was sent, and has not been received." if sent else "Nobody has recorded that it was sent."
    said = f"The paper file was due on {spoken(due)}. {how} Where is it?"
    await questions.ask(tx, nsi=command.id, kind="paper_overdue", said=said, now=now)
    await tell(tx, command.id, "paper_overdue", now, note=how)
    told = answer(row, row["status"], "nsi_paper_overdue")
    tell_whom = ["sending", "receiving"] if sent else ["sending"]
    event = msgspec.structs.replace(told.events[0], body={**told.events[0].body, "tell": tell_whom})
    return Done(Kept(count=1), (event,), (row["person_id"],), subject)
