"""Registrations side by side, and the mismatches of a PDU or of everybody, as data for figures."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.cases.mismatch import Differ, Entry, differing
from gateway.cases.registrations import mismatches_of
from gateway.cases.registrations import sql as registered
from gateway.people.known import person_known
from schemas.acts import Done
from schemas.registrations import (
    ListMismatches,
    Mismatch,
    Mismatches,
    MismatchRow,
    ReadRegistrations,
    Registration,
    Registrations,
)

sql = queries(__file__)


async def read_registrations(tx: Tx, command: ReadRegistrations, now: datetime) -> Done[Registrations]:
    """Raises `NotThere`."""
    person = await person_known(tx, command.person)
    found = await registrations_of(tx, person, london_today(now))
    return Done(found, persons=(person,), subject=f"person:{person}")


async def registrations_of(tx: Tx, person: UUID, today: date) -> Registrations:
    rows = await registered.registrations(tx, person=person, today=today)
    found = await mismatches_of(tx, person, today)
    names = await _names(tx, found)
    return Registrations(
        person=person,
        items=[msgspec.convert(dict(row), Registration) for row in rows],
        mismatches=[Mismatch(**_sides(one, names)) for one in found],
    )


async def list_mismatches(tx: Tx, command: ListMismatches, now: datetime) -> Done[Mismatches]:
    """Within reach. A masked person is counted, and named by nothing but an id."""
    today = london_today(now)
    differ = await everybody_differing(tx, today)
    found = [
        (person, one)
        for person, all_of_one in differ.items()
        for one in all_of_one
        if command.pdu in (None, one.one, one.other)
    ]
    names = await _names(tx, [one for _, one in found])
    people = {row["id"]: row for row in await sql.people(tx, ids=list({person for person, _ in found}))}
    items = []
    for person, one in found:
        who, nsi = people.get(person), await registered.between(tx, person=person, one=one.one, other=one.other)
        items.append(
            MismatchRow(
                **_sides(one, names),
                person=person,
                crn=who and who["crn"],
                name=who and who["name"],
                nsi=nsi and nsi["reference"],
            )
        )
    return Done(Mismatches(people=len(differ), items=items), persons=tuple(people), subject="registrations")


async def everybody_differing(tx: Tx, today: date) -> dict[UUID, list[Differ]]:
    """Of everybody whom two areas register or hold, within reach: where they differ, or an empty list."""
    entries = defaultdict[UUID, list[Entry]](list)
    responsible: dict[UUID, str | None] = {}
    for row in await sql.entries(tx, today=today):
        entries[row["person_id"]].append(Entry(row["kind"], row["pdu_code"], row["level"], row["category"]))
        responsible[row["person_id"]] = row["responsible"]
    visor = [row["code"] for row in await sql.all_visor(tx)]
    return {person: differing(of, responsible[person], visor) for person, of in entries.items()}


async def _names(tx: Tx, found: list[Differ]) -> dict[str, str]:
    codes = sorted({code for one in found for code in (one.one, one.other)})
    return {row["code"]: row["name"] for row in await registered.names(tx, codes=codes)}


def _sides(one: Differ, names: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "one": one.one,
        "one_name": names[one.one],
        "other": one.other,
        "other_name": names[one.other],
    }
