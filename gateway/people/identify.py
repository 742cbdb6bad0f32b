"""Other names and further identifiers of somebody: under each of them a message finds them."""

from datetime import date, datetime
from uuid import UUID

import asyncpg

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.people import identifiers
from gateway.people.known import person_known
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid
from schemas.identity import AddAlias, Identified, IdentifierKind, RecordIdentifier

sql = queries(__file__)

EXAMPLES: dict[IdentifierKind, tuple[str, str]] = {
    "crn": ("CRN", "A123456"),
    "noms": ("prison number", "A1234BC"),
    "pnc": ("PNC number", "2003/0011985X"),
    "cro": ("CRO number", "050415/87J"),
}


async def add_alias(tx: Tx, command: AddAlias, now: datetime) -> Done[Identified]:
    """The same name again is harmless. Raises `NotThere`, `Invalid`."""
    person = await person_known(tx, command.person)
    name = " ".join(command.name.split())
    if len(name) < 2:
        raise Invalid.because("name", "Give the other name.")
    if not await sql.add_alias(tx, person=person, name=name, now=now):
        return Done(Identified(person=person), (), (person,), f"person:{person}")
    return Done(Identified(person=person), (Event("person_identified", f"person:{person}", person),), (person,))


async def record_identifier(tx: Tx, command: RecordIdentifier, now: datetime) -> Done[Identified]:
    """The same again is harmless. Raises `NotThere`, `Invalid`, and `Conflict` where another record has it."""
    person = await person_known(tx, command.person)
    value = canonical(command.kind, command.value, london_today(now))
    await sql.alone(tx, kind=command.kind, value=value)
    what, _example = EXAMPLES[command.kind]
    async with the_whole_nation(tx):
        if await sql.of_another(tx, person=person, kind=command.kind, value=value):
            raise Conflict(f"Another record has this {what}. If the two are one person, merge them.")
    before = await sql.present(tx, person=person, kind=command.kind)
    if value == before or (not command.present and before and await sql.known(tx, kind=command.kind, value=value)):
        return Done(Identified(person=person), (), (person,), f"person:{person}")
    await _keep(tx, person, command, value, before, now)
    return Done(Identified(person=person), (Event("person_identified", f"person:{person}", person),), (person,))


async def _keep(tx: Tx, person: UUID, command: RecordIdentifier, value: str, before: str | None, now: datetime) -> None:
    """The first of its kind is the one that counts, whatever was asked."""
    if command.present or before is None:
        try:
            await sql.replace(tx, person=person, kind=command.kind, value=value)
        except asyncpg.UniqueViolationError as error:
            raise Conflict("Another record has just got it. Look again.") from error
        value = before or ""
    if value:
        await sql.add(tx, person=person, kind=command.kind, value=value, now=now)


def canonical(kind: IdentifierKind, text: str, today: date) -> str:
    """Raises `Invalid`, also for a check letter that is wrong."""
    what, example = EXAMPLES[kind]
    found = {
        "crn": identifiers.crn(text),
        "noms": identifiers.noms(text),
        "pnc": identifiers.pnc(text, today),
        "cro": identifiers.cro(text),
    }[kind]
    if found is None:
        more = " Check the letter at its end." if kind in ("pnc", "cro") else ""
        raise Invalid.because("value", f"This is no {what}; one looks like {example}.{more}")
    return found
