"""Short ways to record what is on a case."""

from datetime import datetime, timedelta
from typing import Any

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.cases.contacts import record_contact, record_outcome
from gateway.cases.enforcement import record_enforcement
from gateway.cases.log import read_contacts
from gateway.cases.sentences import record_sentence
from schemas.contacts import (
    ContactLog,
    ContactRecorded,
    EnforcementRecorded,
    ReadContacts,
    RecordContact,
    RecordEnforcement,
    RecordOutcome,
)
from schemas.sentences import RecordSentence, SentenceRecorded
from tests.conftest import NOW
from tests.messages import FACTS, YORK

CRN = str(FACTS["crn"])
ABSENT = "unacceptable_absence"


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def at(house: House, moment: datetime) -> House:
    """The same house at another time."""
    return House(pool=house.pool, now=lambda: moment, follow=house.follow)


async def contact(house: House, actor: Actor = YORK, **more: Any) -> ContactRecorded:
    given: dict[str, Any] = {"person": CRN, "at": ago(1), "kind": "appointment", "outcome": "attended"} | more
    return await act(house, actor, record_contact, RecordContact(**given))


async def outcome(house: House, actor: Actor, of: ContactRecorded, said: Any, **more: Any) -> ContactRecorded:
    return await act(house, actor, record_outcome, RecordOutcome(person=CRN, contact=of.id, outcome=said, **more))


async def log(house: House, actor: Actor = OPERATOR, **more: Any) -> ContactLog:
    return await act(house, actor, read_contacts, ReadContacts(**({"person": CRN} | more)))


async def enforced(house: House, actor: Actor = YORK, **more: Any) -> EnforcementRecorded:
    return await act(house, actor, record_enforcement, RecordEnforcement(**({"person": CRN, "kind": "breach"} | more)))


async def sentenced(house: House, actor: Actor = YORK, **more: Any) -> SentenceRecorded:
    given: dict[str, Any] = {
        "person": CRN,
        "kind": "order",
        "code": "community_order",
        "starts_on": ago(200).date(),
    } | more
    return await act(house, actor, record_sentence, RecordSentence(**given))
