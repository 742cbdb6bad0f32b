"""Orders and licences: what a court or the release says, what is worked off, and what binds through a move."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.cases.follow import recount_open
from gateway.cases.reach import area_of
from gateway.people.known import person_known
from schemas.acts import Done, Event
from schemas.errors import Conflict, FieldFault, Invalid, NotThere
from schemas.sentences import (
    AddRequirement,
    ChangeSentence,
    EndRequirement,
    NewRequirement,
    RecordSentence,
    SentenceRecorded,
)

sql = queries(__file__)

RESTRICTIVE = frozenset({"residence", "reside_approved", "curfew", "exclusion", "no_contact", "prohibited", "travel"})
"""Kinds that bind during a move too, unless somebody says otherwise."""
SAME_EVENT = "This person has a sentence with that event number already. Change that one, or give another number."


async def record_sentence(tx: Tx, command: RecordSentence, now: datetime) -> Done[SentenceRecorded]:
    """Raises `NotThere`, `NotAllowed`, `Invalid`, and `Conflict` for an event number that is taken."""
    person = await person_known(tx, command.person)
    await area_of(tx, person, None, now)
    today = london_today(now)
    await check_listed(tx, command.code, of="sentence", field="code", today=today, note=command.code)
    if command.kind == "licence" and command.court:
        raise Invalid.because("court", "A licence is of no court. Leave the court out, or record an order.")
    _check(command.starts_on, command.ends_on, command.hours_ordered, command.hours_done)
    await _check_requirements(tx, command.requirements, today)
    sentence = uuid4()
    facts = {name: getattr(command, name) for name in FACTS}
    try:
        await sql.keep(tx, id=sentence, person=person, now=now, **facts)
    except asyncpg.UniqueViolationError as error:
        raise Conflict(SAME_EVENT) from error
    await _add(tx, sentence, command.requirements)
    return await _done(tx, person, sentence, "sentence_recorded", now)


FACTS = ("kind", "code", "event_number", "court", "starts_on", "ends_on", "hours_ordered", "hours_done")


async def change_sentence(tx: Tx, command: ChangeSentence, now: datetime) -> Done[SentenceRecorded]:
    """Nothing different is harmless. Raises as `record_sentence` does."""
    person, row = await _taken(tx, command.person, command.sentence, now)
    names = ("ends_on", "hours_ordered", "hours_done", "court", "event_number")
    facts = {name: row[name] if (given := getattr(command, name)) is None else given for name in names}
    if facts["court"] and row["kind"] == "licence":
        raise Invalid.because("court", "A licence is of no court. Leave the court out.")
    _check(row["starts_on"], facts["ends_on"], facts["hours_ordered"], facts["hours_done"])
    if all(facts[name] == row[name] for name in names):
        return Done(await _answer(tx, row["id"]), (), (person,), f"person:{person}")
    try:
        await sql.change(tx, id=row["id"], **facts)
    except asyncpg.UniqueViolationError as error:
        raise Conflict(SAME_EVENT) from error
    return await _done(tx, person, row["id"], "sentence_changed", now)


async def add_requirement(tx: Tx, command: AddRequirement, now: datetime) -> Done[SentenceRecorded]:
    """Raises as `record_sentence` does."""
    person, row = await _taken(tx, command.person, command.sentence, now)
    await _check_requirements(tx, [command], london_today(now))
    await _add(tx, row["id"], [command])
    return await _done(tx, person, row["id"], "sentence_changed", now)


async def end_requirement(tx: Tx, command: EndRequirement, now: datetime) -> Done[SentenceRecorded]:
    """On the same day again is harmless. Raises as `record_sentence` does."""
    person, row = await _taken(tx, command.person, command.sentence, now)
    requirement = await sql.requirement(tx, sentence=row["id"], n=command.n)
    if requirement is None:
        raise NotThere(f"This sentence has no requirement or condition {command.n}.")
    on = command.on or london_today(now)
    begins = requirement["starts_on"] or row["starts_on"]
    if on <= begins:
        raise Invalid.because("on", f"Give a day after {spoken(begins)}, when it began.")
    if requirement["ends_on"] == on:
        return Done(await _answer(tx, row["id"]), (), (person,), f"person:{person}")
    await sql.end_requirement(tx, sentence=row["id"], n=command.n, on=on)
    return await _done(tx, person, row["id"], "sentence_changed", now)


async def _taken(tx: Tx, who: str, sentence: UUID, now: datetime) -> tuple[UUID, Any]:
    person = await person_known(tx, who)
    row = await sql.sentence(tx, id=sentence, person=person)
    if row is None:
        raise NotThere("This person has no such sentence on record. Look at the case again.")
    await area_of(tx, person, None, now)
    return person, row


def _check(starts_on: date, ends_on: date | None, ordered: int | None, done: int | None) -> None:
    faults = list[FieldFault]()
    if ends_on is not None and ends_on <= starts_on:
        faults.append(FieldFault("ends_on", f"Give a day after {spoken(starts_on)}, when it begins."))
    if done is not None and ordered is None:
        faults.append(FieldFault("hours_ordered", "Give the hours that were ordered too."))
    if done is not None and ordered is not None and done > ordered:
        faults.append(FieldFault("hours_done", f"Of {ordered} hours ordered no more than {ordered} are done."))
    if faults:
        raise Invalid(*faults)


async def _check_requirements(tx: Tx, requirements: list[NewRequirement], today: date) -> None:
    for n, one in enumerate(requirements):
        at = "" if isinstance(one, AddRequirement) else f"requirements.{n}."
        await check_listed(tx, one.kind, of="requirement", field=f"{at}kind", today=today, note=one.kind)
        if one.starts_on and one.ends_on and one.ends_on <= one.starts_on:
            raise Invalid.because(f"{at}ends_on", f"Give a day after {spoken(one.starts_on)}, when it begins.")


async def _add(tx: Tx, sentence: UUID, requirements: list[NewRequirement]) -> None:
    await sql.add_requirements(
        tx,
        sentence=sentence,
        kinds=[one.kind for one in requirements],
        titles=[one.title for one in requirements],
        restrictive=[one.kind in RESTRICTIVE if one.restrictive is None else one.restrictive for one in requirements],
        starts=[one.starts_on for one in requirements],
        ends=[one.ends_on for one in requirements],
    )


async def _done(tx: Tx, person: UUID, sentence: UUID, kind: str, now: datetime) -> Done[SentenceRecorded]:
    await recount_open(tx, person, now)
    event = Event(kind, f"person:{person}", person, {"sentence": str(sentence)})
    return Done(await _answer(tx, sentence), (event,), (person,))


async def _answer(tx: Tx, sentence: UUID) -> SentenceRecorded:
    row = await sql.answer(tx, id=sentence)
    return SentenceRecorded(id=sentence, requirements=row["requirements"], hours_outstanding=row["hours_outstanding"])
