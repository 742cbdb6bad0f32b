"""Registrations by area. Where two areas come to differ, both ends of the NSI between them are asked."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from msgspec import Struct

from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.cases.follow import recount_open
from gateway.cases.mismatch import Differ, Entry, differing
from gateway.cases.reach import area_of
from gateway.people.known import person_known
from schemas.acts import Done, Event
from schemas.errors import Invalid, NotAllowed, NotThere
from schemas.registrations import EndRegistration, Registered, RegisterPerson, RegistrationKind

sql = queries(__file__)

KINDS: dict[RegistrationKind, str] = {
    "rosh": "the risk of serious harm",
    "mappa": "MAPPA",
    "visor": "ViSOR",
    "high_risk_register": "the high risk register",
}
LEVELS = {"rosh": ("low", "medium", "high", "very_high"), "mappa": ("", "1", "2", "3")}


class Asked(Struct, frozen=True):
    reference: str
    event: Event


async def register_person(tx: Tx, command: RegisterPerson, now: datetime) -> Done[Registered]:
    """What the area had before ends on that day. The same again is harmless.

    Raises `NotThere`, `NotAllowed`, `Invalid`.
    """
    person = await person_known(tx, command.person)
    pdu = await area_of(tx, person, command.pdu, now)
    today = london_today(now)
    since = command.since or today
    _check(command, since, today)
    if command.kind == "visor" and pdu not in await visor_pdus(tx, [pdu]):
        raise Invalid.because("kind", "ViSOR is off for that region. Its ACO or an administrator turns it on first.")
    await sql.queue(tx, person=person)
    row = await sql.standing(tx, person=person, kind=command.kind, pdu=pdu)
    if row is not None and (row["level"], row["category"]) == (command.level, command.category):
        return Done(await _answer(tx, person, row["id"], pdu, today, []), (), (person,), f"person:{person}")
    registration = await _keep(tx, person, pdu, since, command, row, now)
    return await _done(tx, person, registration, pdu, "person_registered", now)


async def end_registration(tx: Tx, command: EndRegistration, now: datetime) -> Done[Registered]:
    """Again is harmless. Raises as `register_person` does."""
    person = await person_known(tx, command.person)
    row = await sql.registration(tx, id=command.registration, person=person)
    if row is None:
        raise NotThere("This person has no such registration on record. Look at the case again.")
    if not row["ours"]:
        raise NotAllowed("A registration is ended by the area whose it is. Speak with them.")
    today = london_today(now)
    if row["until"] is not None and row["until"] <= today:
        return Done(await _answer(tx, person, row["id"], row["pdu_code"], today, []), (), (person,), f"person:{person}")
    on = command.on or today
    if on > today or on <= row["since"]:
        raise Invalid.because("on", f"Give a day after {spoken(row['since'])}, when it began, and not ahead.")
    await sql.queue(tx, person=person)
    await sql.end_(tx, id=row["id"], on=on)
    return await _done(tx, person, row["id"], row["pdu_code"], "registration_ended", now)


def _check(command: RegisterPerson, since: date, today: date) -> None:
    if since > today:
        raise Invalid.because("since", "Give today, or the earlier day from which it is.")
    levels = LEVELS.get(command.kind, ("",))
    if command.level not in levels:
        given = ", ".join(level for level in levels if level)
        raise Invalid.because("level", f"Give one of: {given}." if given else "Leave the level out: this has none.")
    if command.category and command.kind != "mappa":
        raise Invalid.because("category", "Only MAPPA has a category. Leave it out.")


async def _keep(tx: Tx, person: UUID, pdu: str, since: date, command: RegisterPerson, row: Any, now: datetime) -> UUID:
    if row is not None and since < row["since"]:
        why = f"That area has it on record since {spoken(row['since'])}. Give that day or a later one."
        raise Invalid.because("since", why)
    if row is not None and row["since"] == since:
        await sql.correct(tx, id=row["id"], level=command.level, category=command.category)
        registration: UUID = row["id"]
        return registration
    if row is not None:
        await sql.end_(tx, id=row["id"], on=since)
    registration = uuid4()
    facts = {"kind": command.kind, "level": command.level, "category": command.category}
    await sql.keep(tx, id=registration, person=person, pdu=pdu, since=since, now=now, **facts)
    return registration


async def _done(tx: Tx, person: UUID, registration: UUID, pdu: str, kind: str, now: datetime) -> Done[Registered]:
    await recount_open(tx, person, now, told="registered", note=f"By {pdu}.")
    asked = await ask_about_mismatches(tx, person, now)
    answer = await _answer(tx, person, registration, pdu, london_today(now), [one.reference for one in asked])
    event = Event(kind, f"person:{person}", person, {"registration": str(registration), "pdu": pdu})
    return Done(answer, (event, *(one.event for one in asked)), (person,))


async def _answer(tx: Tx, person: UUID, registration: UUID, pdu: str, today: date, asked: list[str]) -> Registered:
    found = await mismatches_of(tx, person, today)
    return Registered(id=registration, pdu=pdu, mismatches=len(found), asked=asked)


async def mismatches_of(tx: Tx, person: UUID, today: date) -> list[Differ]:
    rows = await sql.in_force(tx, person=person, today=today)
    entries = [Entry(row["kind"], row["pdu_code"], row["level"], row["category"]) for row in rows]
    responsible: str | None = await sql.responsible(tx, person=person)
    pdus = [*(entry.pdu for entry in entries), *([responsible] if responsible else [])]
    return differing(entries, responsible, await visor_pdus(tx, pdus))


async def visor_pdus(tx: Tx, pdus: list[str]) -> list[str]:
    """Those of regions that have turned ViSOR on."""
    return [row["code"] for row in await sql.visor_pdus(tx, pdus=pdus)]


async def ask_about_mismatches(tx: Tx, person: UUID, now: datetime) -> list[Asked]:
    """Ask both ends of the NSI between the two areas, once; what agrees again is answered by that.

    The question names the areas and what differs, and nothing of what either says.
    """
    wanted = await mismatches_of(tx, person, london_today(now))
    said = [question(one) for one in wanted]
    await sql.answer_agreed(tx, person=person, said=said, now=now)
    asked: list[Asked] = []
    for differ, words in zip(wanted, said, strict=True):
        nsi = await sql.between(tx, person=person, one=differ.one, other=differ.other)
        if nsi is None or not await sql.ask(tx, nsi=nsi["id"], said=words, now=now):
            continue
        body = {"kind": differ.kind, "pdus": [differ.one, differ.other]} | ({"tell": []} if nsi["quiet"] else {})
        asked.append(Asked(nsi["reference"], Event("registrations_differ", f"nsi:{nsi['id']}", person, body)))
    return asked


def question(found: Differ) -> str:
    """Nothing of what either says."""
    return f"{found.one} and {found.other} register {KINDS[found.kind]} differently."
