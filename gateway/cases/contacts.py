"""The contact log: what is planned and what came of it, recorded by any area that holds or supervises."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.cases.first_appointment import tell_receivers
from gateway.cases.follow import recount_open
from gateway.cases.reach import area_of
from gateway.cases.sequence import Seen, Sequence, counted
from gateway.people.known import person_known
from schemas.acts import Done, Event
from schemas.contacts import ContactRecorded, NewContact, Outcome, RecordContact, RecordOutcome
from schemas.errors import Conflict, Invalid, NotThere

sql = queries(__file__)

TAKEN = "That reference is of another contact on record. Give the one that the source calls this contact."


async def record_contact(tx: Tx, command: RecordContact, now: datetime) -> Done[ContactRecorded]:
    """An appointment that the sending PDU makes for after the move is told to the receiving PDU.

    Raises `NotThere`, `NotAllowed`, `Invalid`, and `Conflict` for a reference that is taken.
    """
    person = await person_known(tx, command.person)
    pdu = await area_of(tx, person, command.pdu, now)
    check_time(command.at, command.outcome, now)
    await check_listed(
        tx, command.kind, of="contact", field="kind", today=london_today(now), note=command.note or command.kind
    )
    contact = await _keep(tx, person, pdu, command, now)
    return await _done(tx, person, contact, pdu, now)


async def record_outcome(tx: Tx, command: RecordOutcome, now: datetime) -> Done[ContactRecorded]:
    """What was said before stays in the history; the same again is harmless. Raises as `record_contact` does."""
    person = await person_known(tx, command.person)
    row = await sql.contact(tx, id=command.contact, person=person)
    if row is None:
        raise NotThere("This person has no such contact on record. Look at the contact log again.")
    pdu = await area_of(tx, person, command.pdu, now)
    at = command.at or row["at"]
    check_time(at, command.outcome, now)
    note = row["note"] if command.note is None else command.note
    if (at, command.outcome, note) != (row["at"], row["outcome"], row["note"]):
        await sql.change(tx, id=row["id"], kind=row["kind"], at=at, outcome=command.outcome, note=note, pdu=pdu)
        await sql.say(tx, contacts=[row["id"]], now=now)
    return await _done(tx, person, command.contact, pdu, now)


async def _keep(tx: Tx, person: UUID, pdu: str, command: RecordContact, now: datetime) -> UUID:
    contact = uuid4()
    try:
        await sql.keep(tx, person=person, pdu=pdu, source="bedspace", now=now, **columns([(contact, command)]))
    except asyncpg.UniqueViolationError as error:
        raise Conflict(TAKEN) from error
    await sql.say(tx, contacts=[contact], now=now)
    return contact


def columns(contacts: list[tuple[UUID, NewContact]]) -> dict[str, list[Any]]:
    return {
        "ids": [one for one, _ in contacts],
        "ats": [new.at for _, new in contacts],
        "kinds": [new.kind for _, new in contacts],
        "outcomes": [new.outcome for _, new in contacts],
        "notes": [new.note for _, new in contacts],
        "references": [new.external_reference for _, new in contacts],
    }


async def _done(tx: Tx, person: UUID, contact: UUID, pdu: str, now: datetime) -> Done[ContactRecorded]:
    told = await tell_receivers(tx, person, now)
    await recount_open(tx, person, now)
    answer = ContactRecorded(
        id=contact, absences=(await sequence_of(tx, person)).unacceptable, told=[one.reference for one in told]
    )
    recorded = Event("contact_recorded", f"person:{person}", person, {"contact": str(contact), "pdu": pdu})
    return Done(answer, (recorded, *(one.event for one in told)), (person,))


async def sequence_of(tx: Tx, person: UUID) -> Sequence:
    """Of every contact of the person, of all areas."""
    return counted([Seen(*row) for row in await sql.seen(tx, person=person)])


def check_time(at: datetime, outcome: Outcome, now: datetime, field: str = "at") -> None:
    """Raises `Invalid` for a time without its zone, and for an outcome of what is still to come."""
    if at.tzinfo is None:
        raise Invalid.because(field, "Give the time with its zone, such as 2026-11-23T10:00:00Z.")
    if at > now and outcome not in ("planned", "cancelled"):
        raise Invalid.because(field, "That is still to come: record it as planned, and what came of it afterwards.")
