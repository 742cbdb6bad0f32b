"""Warning, breach and recall, by whoever holds or supervises: at any status, in a challenge and in caretaking."""

from datetime import date, datetime
from uuid import UUID, uuid4

from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.cases.contacts import sequence_of
from gateway.cases.follow import recount_open
from gateway.cases.reach import HOLDS, area_of
from gateway.people.known import person_known
from schemas.acts import Done, Event
from schemas.contacts import EnforcementOutcome, EnforcementRecorded, RecordEnforcement
from schemas.errors import Invalid, NotThere

sql = queries(__file__)

KINDS = {"warning": "A warning", "breach": "Breach", "recall": "Recall"}


async def record_enforcement(tx: Tx, command: RecordEnforcement, now: datetime) -> Done[EnforcementRecorded]:
    """It waits for no NSI: nothing of a move stands in its way. Every NSI that is not over shows that it was.

    Raises `NotThere`, `NotAllowed`, `Invalid`.
    """
    person = await person_known(tx, command.person)
    pdu = await area_of(tx, person, command.pdu, now, why=HOLDS)
    on = _day(command.on, london_today(now))
    enforcement = uuid4()
    await sql.keep(tx, id=enforcement, person=person, kind=command.kind, on=on, pdu=pdu, note=command.note, now=now)
    note = f"{KINDS[command.kind]}, by {pdu}, on {spoken(on)}."
    await recount_open(tx, person, now, told="enforcement", note=note)
    event = Event("enforcement_recorded", f"person:{person}", person, {"enforcement": str(enforcement), "pdu": pdu})
    return Done(await _answer(tx, person, enforcement, pdu), (event,), (person,))


async def record_enforcement_outcome(tx: Tx, command: EnforcementOutcome, now: datetime) -> Done[EnforcementRecorded]:
    """The same again is harmless. Raises as `record_enforcement` does."""
    person = await person_known(tx, command.person)
    row = await sql.one(tx, id=command.enforcement, person=person)
    if row is None:
        raise NotThere("This person has no such enforcement on record. Look at the contact log again.")
    await area_of(tx, person, None, now, why=HOLDS)
    today = london_today(now)
    await check_listed(
        tx, command.outcome, of="enforcement_outcome", field="outcome", today=today, note=command.outcome
    )
    on = _day(command.on, today)
    if on < row["on_day"]:
        raise Invalid.because("on", f"It was begun on {spoken(row['on_day'])}. Give that day or a later one.")
    answer = await _answer(tx, person, row["id"], row["pdu_code"])
    if row["outcome"] == command.outcome:
        return Done(answer, (), (person,), f"person:{person}")
    await sql.end_(tx, id=row["id"], outcome=command.outcome, on=on)
    event = Event("enforcement_ended", f"person:{person}", person, {"enforcement": str(row["id"])})
    return Done(answer, (event,), (person,))


def _day(given: date | None, today: date) -> date:
    if given is not None and given > today:
        raise Invalid.because("on", "Give today, or the earlier day on which it was.")
    return given or today


async def _answer(tx: Tx, person: UUID, enforcement: UUID, pdu: str) -> EnforcementRecorded:
    return EnforcementRecorded(id=enforcement, pdu=pdu, absences=(await sequence_of(tx, person)).unacceptable)
