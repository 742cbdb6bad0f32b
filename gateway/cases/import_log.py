"""The contact log of another system, taken in with the case."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import asyncpg

from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.cases.contacts import TAKEN, check_time, columns, sequence_of
from gateway.cases.contacts import sql as contacts
from gateway.cases.follow import recount_open
from gateway.cases.reach import any_area_of
from gateway.people.known import person_known
from schemas.acts import Done, Event
from schemas.contacts import ContactsImported, ImportContacts, NewContact
from schemas.errors import Conflict, FieldFault, Invalid

sql = queries(__file__)


async def import_contacts(tx: Tx, command: ImportContacts, now: datetime) -> Done[ContactsImported]:
    """All of it or nothing. What is on record under the same reference gets its newer outcome; again is harmless.

    Nobody is told of appointments that a log brings. Raises `NotThere`, `NotAllowed`, `Conflict`, and `Invalid` that
    names each line.
    """
    person = await person_known(tx, command.person)
    pdu = await any_area_of(tx, person, command.pdu, now)
    await _check(tx, command.contacts, now)
    await sql.queue(tx, person=person, source=command.source)
    known = {row["external_reference"]: row for row in await sql.known(tx, person=person, source=command.source)}
    new = [(uuid4(), one) for one in command.contacts if one.external_reference not in known]
    old = [(known[one.external_reference], one) for one in command.contacts if one.external_reference in known]
    changed = [(row, one) for row, one in old if _differs(row, one)]
    try:
        await contacts.keep(tx, person=person, pdu=pdu, source=command.source, now=now, **columns(new))
    except asyncpg.UniqueViolationError as error:
        raise Conflict(TAKEN) from error
    for row, one in changed:
        await contacts.change(tx, id=row["id"], kind=one.kind, at=one.at, outcome=one.outcome, note=one.note, pdu=pdu)
    await contacts.say(tx, contacts=[*(one for one, _ in new), *(row["id"] for row, _ in changed)], now=now)
    await recount_open(tx, person, now)
    answer = ContactsImported(
        new=len(new),
        changed=len(changed),
        same=len(command.contacts) - len(new) - len(changed),
        absences=(await sequence_of(tx, person)).unacceptable,
    )
    events = (Event("contacts_imported", f"person:{person}", person, {"pdu": pdu}),) if new or changed else ()
    return Done(answer, events, (person,), f"person:{person}")


def _differs(row: Any, one: NewContact) -> bool:
    return (row["at"], row["kind"], row["outcome"], row["note"]) != (one.at, one.kind, one.outcome, one.note)


async def _check(tx: Tx, given: list[NewContact], now: datetime) -> None:
    """Raises `Invalid` with the fault of each line."""
    faults: list[FieldFault] = []
    seen: set[str | None] = set()
    kinds: dict[str, str | None] = {}
    for n, one in enumerate(given):
        at = f"contacts.{n}"
        if one.external_reference is None:
            faults.append(FieldFault(f"{at}.external_reference", "Give what the source calls it."))
        elif one.external_reference in seen:
            faults.append(FieldFault(f"{at}.external_reference", "It is in the log twice. Send its newest line."))
        seen.add(one.external_reference)
        if one.kind not in kinds:
            kinds[one.kind] = await _unlisted(tx, one.kind, now)
        if (why := kinds[one.kind]) is not None:
            faults.append(FieldFault(f"{at}.kind", why))
        try:
            check_time(one.at, one.outcome, now, f"{at}.at")
        except Invalid as error:
            faults += error.faults
    if faults:
        raise Invalid(*faults[:20])


async def _unlisted(tx: Tx, kind: str, now: datetime) -> str | None:
    try:
        await check_listed(tx, kind, of="contact", field="kind", today=london_today(now), note=kind)
    except Invalid as error:
        return error.faults[0].why
    return None
