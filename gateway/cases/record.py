"""The record of one person, for those who may see them; masked for whoever may see no more than that there is one."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.cases.log import log_of
from gateway.cases.needs import needs_of
from gateway.cases.read_registrations import registrations_of
from gateway.cases.read_sentences import sentences_of
from gateway.people.known import NOBODY, person_known
from gateway.transfers.caretaking import caretaking_on
from gateway.transfers.responsible import sql as responsible
from schemas.acts import Done
from schemas.cases import Case, CaseNsi, CasePlacement, ReadCase
from schemas.errors import NotThere
from schemas.identity import Alias, Identifier, Merged
from schemas.nsis import Responsible
from schemas.people import Person

sql = queries(__file__)

NEWEST = 20
"""Contacts in the answer."""


async def read_case(tx: Tx, command: ReadCase, now: datetime) -> Done[Case]:
    """By the id of a record that was merged, the one that was kept is read. Raises `NotThere`."""
    try:
        person = await person_known(tx, command.person)
    except NotThere:
        return await _masked(tx, command.person)
    case = await _whole(tx, person, london_today(now))
    return Done(case, persons=(person,), subject=f"person:{person}")


async def _masked(tx: Tx, text: str) -> Done[Case]:
    """Only by id: a CRN of somebody whom one may not see is nobody's."""
    try:
        person = UUID(text.strip())
    except ValueError:
        raise NotThere(NOBODY) from None
    nsis, placements = await _moves(tx, person)
    if not nsis and not placements:
        raise NotThere(NOBODY)
    masked = Case(person=Person(id=person, limited_access=True), nsis=nsis, placements=placements)
    return Done(masked, subject=f"person:{person}")


async def _whole(tx: Tx, person: UUID, today: date) -> Case:
    row = await sql.person(tx, id=person)
    nsis, placements = await _moves(tx, person)
    async with the_whole_nation(tx):  # whoever sees the record that was kept knows which became it
        merges = await sql.merges(tx, person=person)
    return Case(
        person=msgspec.convert(dict(row), Person),
        cro=row["cro"],
        aliases=_all(Alias, await sql.aliases(tx, person=person)),
        identifiers=_all(Identifier, await sql.identifiers(tx, person=person)),
        merges=_all(Merged, merges),
        responsible=_responsible(await responsible.responsible(tx, person=person)),
        caretaking=await caretaking_on(tx, person, today),
        sentences=await sentences_of(tx, person, today),
        contacts=await log_of(tx, person, today, NEWEST),
        registrations=await registrations_of(tx, person, today),
        needs=await needs_of(tx, person, today),
        nsis=nsis,
        placements=placements,
    )


async def _moves(tx: Tx, person: UUID) -> tuple[list[CaseNsi], list[CasePlacement]]:
    nsis = _all(CaseNsi, await sql.nsis(tx, person=person))
    return nsis, _all(CasePlacement, await sql.placements(tx, person=person))


def _all(kind: type[Any], rows: list[Any]) -> list[Any]:
    return [msgspec.convert(dict(row), kind) for row in rows]


def _responsible(row: Any) -> Responsible | None:
    if row is None:
        return None
    return Responsible(
        region=row["region_name"], pdu=row["pdu_name"], team=row["team"], officer=row["officer"], since=row["since"]
    )
