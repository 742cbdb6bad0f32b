"""Diversity needs, asked on every move; and ethnicity as the person says it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.cases.reach import area_of
from gateway.people.known import person_known
from gateway.transfers.actions import complete_action
from schemas.action_list import CompleteAction
from schemas.acts import Done, Event
from schemas.errors import FieldFault, Invalid
from schemas.needs import AskedOnMove, AskNeeds, Need, Needs, NeedsAsked, ReadNeeds, RecordEthnicity

sql = queries(__file__)

NONE = "none"


async def ask_needs(tx: Tx, command: AskNeeds, now: datetime) -> Done[NeedsAsked]:
    """The action of each move it was asked for is done by it. The same again is harmless.

    Raises `NotThere`, `NotAllowed`, `Invalid`.
    """
    person = await person_known(tx, command.person)
    await area_of(tx, person, None, now)
    today = london_today(now)
    await _check(tx, command, today)
    moves = await _moves(tx, person, command.nsi)
    given = {one.kind: one.note for one in command.needs}
    await sql.queue(tx, person=person)
    standing = {row["kind"]: row["note"] for row in await sql.in_force(tx, person=person)}
    changed = standing != given
    if changed:
        await sql.end_(tx, person=person, kinds=list(given), notes=list(given.values()), today=today)
        new = {kind: note for kind, note in given.items() if standing.get(kind) != note}
        await sql.keep(tx, person=person, kinds=list(new), notes=list(new.values()), today=today)
    for row in moves:
        evidence: dict[str, str | bool] = {"asked_on": today.isoformat(), "needs": NONE not in given}
        await complete_action(tx, CompleteAction(id=row["id"], n=row["n"], evidence=evidence), now)
    answer = NeedsAsked(person=person, in_force=len(given.keys() - {NONE}), moves=[row["reference"] for row in moves])
    events = (Event("needs_asked", f"person:{person}", person),) if changed or moves else ()
    return Done(answer, events, (person,), f"person:{person}")


async def record_ethnicity(tx: Tx, command: RecordEthnicity, now: datetime) -> Done[NeedsAsked]:
    """Raises `NotThere`, `NotAllowed`, `Invalid`."""
    person = await person_known(tx, command.person)
    await area_of(tx, person, None, now)
    await check_listed(tx, command.ethnicity, of="ethnicity", field="ethnicity", today=london_today(now))
    await sql.keep_ethnicity(tx, person=person, ethnicity=command.ethnicity, now=now)
    event = Event("ethnicity_recorded", f"person:{person}", person)
    standing = await sql.in_force(tx, person=person)
    return Done(NeedsAsked(person=person, in_force=sum(row["kind"] != NONE for row in standing)), (event,), (person,))


async def read_needs(tx: Tx, command: ReadNeeds, now: datetime) -> Done[Needs]:
    """Raises `NotThere`."""
    person = await person_known(tx, command.person)
    return Done(await needs_of(tx, person, london_today(now)), persons=(person,), subject=f"person:{person}")


async def needs_of(tx: Tx, person: UUID, today: date) -> Needs:
    said = await sql.ethnicity(tx, person=person)
    return Needs(
        person=person,
        items=[msgspec.convert(dict(row), Need) for row in await sql.needs(tx, person=person, today=today)],
        moves=[
            AskedOnMove(nsi=row["reference"], asked_on=row["asked_on"]) for row in await sql.asked(tx, person=person)
        ],
        ethnicity=said["ethnicity"],
        ethnicity_said_at=said["ethnicity_said_at"],
    )


async def _check(tx: Tx, command: AskNeeds, today: date) -> None:
    kinds = [one.kind for one in command.needs]
    for n, one in enumerate(command.needs):
        try:
            await check_listed(tx, one.kind, of="diversity", field="kind", today=today, note=one.note)
        except Invalid as error:
            raise Invalid(*(FieldFault(f"needs.{n}.{fault.field}", fault.why) for fault in error.faults)) from error
        if kinds.count(one.kind) > 1:
            raise Invalid.because(f"needs.{n}.kind", "It is given twice. Put both into one note.")
    if NONE in kinds and len(kinds) > 1:
        raise Invalid.because("needs", "There are none, or there are these. Leave one of the two out.")


async def _moves(tx: Tx, person: UUID, reference: str | None) -> list[Any]:
    """Moves whose action is open. Raises `Invalid`."""
    rows: list[Any] = await sql.open_actions(tx, person=person, reference=reference and reference.strip().upper())
    if reference is not None and not await sql.has_nsi(tx, person=person, reference=reference.strip().upper()):
        raise Invalid.because("nsi", "This person has no such NSI. Give its reference, such as NSI-000123, or none.")
    return rows
