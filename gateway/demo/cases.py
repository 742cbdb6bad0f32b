"""What is on record of a handful of the demo's people: orders, contacts of both areas, registrations that differ."""

from datetime import timedelta
from typing import Any, Literal

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.cases.contacts import record_contact
from gateway.cases.enforcement import record_enforcement
from gateway.cases.needs import ask_needs, record_ethnicity
from gateway.cases.registrations import register_person
from gateway.cases.sentences import record_sentence
from gateway.people.identify import add_alias
from gateway.transfers.read import list_nsis
from gateway.wiring import Works
from schemas.contacts import Outcome, RecordContact, RecordEnforcement
from schemas.identity import AddAlias
from schemas.needs import AskNeeds, NewNeed, RecordEthnicity
from schemas.nsis import ListNsis, NsiRow
from schemas.registrations import RegisterPerson
from schemas.sentences import NewRequirement, RecordSentence

MOST = 5
END = Literal["sending", "receiving"]

CURFEW = NewRequirement(kind="curfew", title="7 pm to 7 am")
NO_CONTACT = NewRequirement(kind="no_contact", title="With the victim, directly or through others")
PROGRAMME = NewRequirement(kind="programme", title="Thinking skills")

SEEN: tuple[tuple[int, str, Outcome, END], ...] = (
    (63, "appointment", "attended", "sending"),
    (56, "appointment", "unacceptable_absence", "sending"),
    (49, "appointment", "attended", "sending"),
    (35, "programme", "acceptable_absence", "sending"),
    (21, "office_visit", "unacceptable_absence", "sending"),
    (9, "home_visit", "attended", "receiving"),
    (2, "appointment", "unacceptable_absence", "receiving"),
)
"""Days ago, kind, what came of it, and which end recorded it."""


async def keep_cases(works: Works) -> None:
    """Of moves that run between two known PDUs. The first has everything; the others less and less."""
    found = (await act(works.house, OPERATOR, list_nsis, ListNsis(limit=200))).items
    running = [row for row in found if row.sending_pdu and row.status not in ("completed", "withdrawn", "returned")]
    each = {row.crn: row for row in sorted(running, key=lambda row: row.reference, reverse=True) if row.crn}
    for n, row in enumerate(sorted(each.values(), key=lambda row: row.reference)[:MOST]):
        await _one(works, row, n)


async def _one(works: Works, row: NsiRow, n: int) -> None:
    who, now = str(row.crn), works.house.now()
    today = london_today(now)
    licence = n % 2 == 1
    sentence = RecordSentence(
        person=who,
        kind="licence" if licence else "order",
        code="licence" if licence else "community_order",
        event_number=1,
        court="" if licence else "York Magistrates' Court",
        starts_on=today - timedelta(days=200 + n),
        ends_on=today + timedelta(days=300),
        hours_ordered=None if licence else 120,
        hours_done=None if licence else 36,
        requirements=[CURFEW, NO_CONTACT] if licence else [CURFEW, PROGRAMME],
    )
    await act(works.house, OPERATOR, record_sentence, sentence)
    for days, kind, outcome, end in SEEN[: len(SEEN) - n]:
        at = now - timedelta(days=days, hours=3)
        contact = RecordContact(person=who, at=at, kind=kind, outcome=outcome, pdu=_pdu(row, end))
        await act(works.house, OPERATOR, record_contact, contact)
    await _registered(works, row, n)
    needs = AskNeeds(person=who, needs=[NewNeed(kind="literacy", note="Letters in large print.")])
    await act(works.house, OPERATOR, ask_needs, needs)
    if n == 0:
        warned = RecordEnforcement(person=who, kind="warning", on=today - timedelta(days=20), pdu=row.sending_pdu)
        await act(works.house, OPERATOR, record_enforcement, warned)
        await act(works.house, OPERATOR, record_ethnicity, RecordEthnicity(person=who, ethnicity="not_stated"))
        await act(works.house, OPERATOR, add_alias, AddAlias(person=who, name="Nick Placeholder"))


async def _registered(works: Works, row: NsiRow, n: int) -> None:
    """The first one's two areas do not agree."""
    entries: list[tuple[END, dict[str, Any]]] = [("sending", {"kind": "rosh", "level": row.rosh or "medium"})]
    if n == 0:
        entries = [
            ("sending", {"kind": "rosh", "level": "high"}),
            ("sending", {"kind": "high_risk_register"}),
            ("receiving", {"kind": "rosh", "level": "medium"}),
        ]
    for end, what in entries:
        registration = RegisterPerson(person=str(row.crn), pdu=_pdu(row, end), **what)
        await act(works.house, OPERATOR, register_person, registration)


def _pdu(row: NsiRow, end: END) -> str | None:
    return row.sending_pdu if end == "sending" else row.receiving_pdu
