"""To whom an NSI is allocated, notes about it, and questions that somebody answers."""

from datetime import datetime
from typing import Any

from bedspace.store import Tx, queries
from gateway.transfers.gates import check_gates
from gateway.transfers.prepare import sql as keeping
from gateway.transfers.prepare import tell
from gateway.transfers.status import NEXT, answer, change, taken
from schemas.acts import Done
from schemas.errors import Conflict, FieldFault, Invalid, NotThere
from schemas.nsi_life import AllocateNsi, AnswerQuestion, NoteNsi
from schemas.nsis import NsiState
from schemas.words import NsiStatus

sql = queries(__file__)

ALLOCATED: frozenset[NsiStatus] = frozenset({"allocated", "in_progress"})


async def allocate_nsi(tx: Tx, command: AllocateNsi, now: datetime) -> Done[NsiState]:
    """To a team, and to an officer where there is one. The same again is harmless; another replaces it.

    Raises `NotThere`, `Invalid`, and `Conflict` where it is not confirmed yet, is to be brokered first, or is over.
    """
    row = await taken(tx, command.id)
    if command.officer_email and not command.officer:
        raise Invalid(FieldFault("officer_email", "Give the officer too."))
    if row["status"] not in ALLOCATED and "allocated" not in NEXT[row["status"]]:
        first = "Have it confirmed first." if row["status"] == "prepared" else "Only an open NSI is allocated."
        raise Conflict(f"{row['reference']} is {row['status']}. {first}")
    to: dict[str, Any] = {"team": command.team, "officer": command.officer, "officer_email": command.officer_email}
    if row["status"] in ALLOCATED and await sql.is_allocated_so(tx, id=row["id"], **to):
        return answer(row, row["status"])
    if row["status"] not in ALLOCATED:
        await check_gates(tx, row, "allocated", now, earlier=False)
    await sql.allocate(tx, id=row["id"], **to)
    said = f"To the team {command.team}" + (", with an officer." if command.officer else ", no officer yet.")
    if row["status"] in ALLOCATED:
        await tell(tx, row["id"], "allocated_anew", now, note=said)
        return answer(row, row["status"], "nsi_allocated")
    await change(tx, row, "allocated", now, kind="allocated", note=said)
    return answer(row, "allocated", "nsi_allocated")


async def note_nsi(tx: Tx, command: NoteNsi, now: datetime) -> Done[NsiState]:
    """Notes are added, and are masked with the person. Raises `NotThere`, and `Invalid` for a blank one."""
    row = await taken(tx, command.id)
    if not await sql.sees_the_person(tx, person=row["person_id"]):
        raise NotThere("Notes are about the person, whom you may not see. Ask whoever is responsible.")
    if not command.text.strip():
        raise Invalid.because("text", "Write something.")
    await keeping.keep_note(tx, nsi=row["id"], now=now, text=command.text.strip())
    await tell(tx, row["id"], "noted", now)
    return answer(row, row["status"], "nsi_noted")


async def answer_question(tx: Tx, command: AnswerQuestion, now: datetime) -> Done[NsiState]:
    """Once answered it stays answered. Raises `NotThere`, and `Conflict` where somebody has answered."""
    row = await taken(tx, command.id)
    question = await sql.question(tx, nsi=command.id, n=command.n)
    if question is None:
        raise NotThere(f"{row['reference']} has no question {command.n}.")
    if question["answered_at"] is not None:
        raise Conflict(f"Question {command.n} is answered already. Add a note, if there is more to say.")
    if not command.answer.strip():
        raise Invalid.because("answer", "Say what you found.")
    await sql.answer(tx, n=command.n, answer=command.answer.strip(), now=now)
    await tell(tx, row["id"], "question_answered", now)
    return answer(row, row["status"], "nsi_question_answered")
