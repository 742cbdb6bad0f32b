"""Who must not meet whom: the verbs. They know people by CRN; below, people are opaque ids."""

from datetime import datetime
from uuid import UUID

import msgspec

from bedspace.meetings.barred import association, barred, sql
from bedspace.meetings.record import finish_pair, keep_check, keep_pair
from bedspace.store import Tx
from gateway.people.known import known_or_crn, person_known, placement_known
from schemas.acts import Done, Event
from schemas.errors import Invalid, NotThere
from schemas.meetings import (
    Check,
    CheckRecorded,
    Circle,
    EndPair,
    LookAtMeetings,
    Meetings,
    Pair,
    PairEnded,
    PairRecorded,
    RecordCheck,
    RecordPair,
    RuledOut,
    RuleOut,
)


async def record_pair(tx: Tx, command: RecordPair, now: datetime) -> Done[PairRecorded]:
    """Raises `NotThere`, `Invalid`, or `Conflict` where it is recorded already."""
    person = await person_known(tx, command.person)
    other, other_crn = await known_or_crn(tx, command.other, "other")
    pair = await keep_pair(tx, command, person, other, other_crn, now)
    event = Event("pair_recorded", f"pair:{pair}", person=person, body={"kind": command.kind})
    return Done(PairRecorded(id=pair), (event,), (person, *([other] if other else [])))


async def end_pair(tx: Tx, command: EndPair, now: datetime) -> Done[PairEnded]:
    """Raises `NotThere`."""
    persons = await finish_pair(tx, command, now)
    event = Event("pair_ended", f"pair:{command.id}", person=persons[0])
    return Done(PairEnded(id=command.id), (event,), tuple(persons))


async def record_check(tx: Tx, command: RecordCheck, now: datetime) -> Done[CheckRecorded]:
    """Raises `NotThere` or `Invalid`."""
    person = await person_known(tx, command.person)
    check = await keep_check(tx, command, person, now)
    event = Event("meetings_checked", f"check:{check}", person=person, body={"outcome": command.outcome})
    return Done(CheckRecorded(id=check), (event,))


async def look_at_meetings(tx: Tx, command: LookAtMeetings, now: datetime) -> Done[Meetings]:  # noqa: ARG001  # a read
    """Raises `NotThere` or `Invalid`."""
    person = await person_known(tx, command.person)
    pairs = [msgspec.convert(dict(row), Pair) for row in await sql.pairs(tx, person=person)]
    checks = [msgspec.convert(dict(row), Check) for row in await sql.checks(tx, person=person)]
    found = Meetings(person=person, association=await association(tx, person), pairs=pairs, checks=checks)
    return Done(found, persons=(person,), subject="meetings")


async def rule_out(tx: Tx, command: RuleOut, now: datetime) -> Done[RuledOut]:
    """What a search must keep away from. Only the search is told. Raises `Invalid`."""
    person, zones = await _whom(tx, command)
    premises = await barred(tx, person, command.first, command.nights, now)
    found = RuledOut(premises=premises, zones=zones, association=await association(tx, person))
    return Done(found, persons=(person,), subject="search")


async def _whom(tx: Tx, command: RuleOut) -> tuple[UUID, list[Circle]]:
    if command.placement is None:
        try:
            return await person_known(tx, command.person or ""), []
        except NotThere as error:
            raise Invalid.because("person", str(error)) from error
    person, zones = await placement_known(tx, command.placement)
    return person, [Circle(zone["lat"], zone["lon"], zone["miles"]) for zone in zones]
