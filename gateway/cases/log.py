"""The contact log as one reads it: each contact in the sequence of all areas."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.cases.contacts import sequence_of
from gateway.cases.first_appointment import first_appointments
from gateway.cases.sequence import Sequence
from gateway.people.known import person_known
from schemas.acts import Done
from schemas.contacts import Absences, AreaCount, Contact, ContactLog, Enforcement, ReadContacts, Reporting
from schemas.errors import Invalid

sql = queries(__file__)


async def read_contacts(tx: Tx, command: ReadContacts, now: datetime) -> Done[ContactLog]:
    """Raises `NotThere`, and `Invalid` for a cursor that is not one of ours."""
    person = await person_known(tx, command.person)
    log = await log_of(tx, person, london_today(now), command.limit, command.cursor)
    return Done(log, persons=(person,), subject=f"person:{person}")


async def log_of(tx: Tx, person: UUID, today: date, limit: int, cursor: str | None = None) -> ContactLog:
    sequence = await sequence_of(tx, person)
    at, after = _after(cursor)
    rows = await sql.page(tx, person=person, at=at, after=after, limit=limit + 1)
    shown = rows[:limit]
    return ContactLog(
        person=person,
        absences=await _absences(tx, sequence),
        items=[_contact(row, sequence) for row in shown],
        first_appointments=await first_appointments(tx, person, today),
        reporting=[
            Reporting(nsi=row["reference"], due=row["due"], overdue=row["due"] < today)
            for row in await sql.reporting(tx, person=person)
        ],
        enforcement=[_enforcement(row) for row in await sql.enforcement(tx, person=person)],
        next=f"{shown[-1]['at'].isoformat()}~{shown[-1]['id']}" if len(rows) > len(shown) else None,
    )


async def _absences(tx: Tx, sequence: Sequence) -> Absences:
    names = {row["code"]: row["name"] for row in await sql.names(tx, codes=[one for one in sequence.by_area if one])}
    return Absences(
        unacceptable=sequence.unacceptable,
        in_a_row=sequence.in_a_row,
        acceptable=sequence.acceptable,
        by_area=[
            AreaCount(pdu=pdu, pdu_name=names.get(pdu or ""), absences=n)
            for pdu, n in sorted(sequence.by_area.items(), key=lambda one: (-one[1], one[0] or ""))
        ],
    )


def _contact(row: Any, sequence: Sequence) -> Contact:
    place = sequence.places.get(row["id"])
    found = msgspec.convert(dict(row), Contact)
    if place is None:
        return found
    return msgspec.structs.replace(found, absence=place.absence, in_a_row=place.in_a_row)


def _enforcement(row: Any) -> Enforcement:
    return Enforcement(**{name: row[name] for name in Enforcement.__struct_fields__})


def _after(cursor: str | None) -> tuple[datetime | None, UUID | None]:
    if cursor is None:
        return None, None
    at, _, contact = cursor.partition("~")
    try:
        moment, after = datetime.fromisoformat(at), UUID(contact)
    except ValueError:
        moment, after = None, None
    if moment is None or moment.tzinfo is None:
        why = "Send the `next` of the page before, as it came, or none for the first page."
        raise Invalid.because("cursor", why)
    return moment, after
