"""Records that come with a case: contacts with their absences, enforcement, registrations."""

from datetime import datetime
from typing import Any

import msgspec

from bedspace.geography.postcodes import Postcodes
from bedspace.nights import london_today
from bedspace.store import Tx
from gateway.cases.enforcement import record_enforcement
from gateway.cases.import_log import import_contacts
from gateway.cases.registrations import register_person
from gateway.intake.reported import Unfit, pdu_of
from gateway.people import identifiers
from schemas.acts import Done
from schemas.contacts import ImportContacts, RecordEnforcement
from schemas.drafts import Draft, DraftContact, DraftEnforcement, DraftRegistration, values_of
from schemas.registrations import RegisterPerson


class CaseRecords:
    """Each is about a person who is on record, and of an area that holds or supervises them."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def contact(self, tx: Tx, record: Any, now: datetime) -> Done[Any]:
        """Raises `Unfit`, and what the import of a log raises."""
        draft: DraftContact = record.draft
        said = _needed(draft, "at", "kind", "outcome")
        names = ("at", "kind", "outcome", "note")
        contact = {name: said[name] for name in names if name in said} | {"external_reference": record.reference}
        person, pdu = _person(draft), await self._pdu(tx, record, said, now)
        whole = _checked(
            ImportContacts, person=person, source=record.message["connection"], pdu=pdu, contacts=[contact]
        )
        return await import_contacts(tx, whole, now)

    async def enforcement(self, tx: Tx, record: Any, now: datetime) -> Done[Any]:
        """Raises `Unfit`, and what recording it raises."""
        draft: DraftEnforcement = record.draft
        said = _needed(draft, "kind", "on_day")
        pdu = await self._pdu(tx, record, said, now)
        facts = {"kind": said["kind"], "on": said["on_day"], "note": said.get("note", "")}
        return await record_enforcement(tx, _checked(RecordEnforcement, person=_person(draft), pdu=pdu, **facts), now)

    async def registration(self, tx: Tx, record: Any, now: datetime) -> Done[Any]:
        """Raises `Unfit`, also for one that is over; and what registering raises."""
        draft: DraftRegistration = record.draft
        said = _needed(draft, "kind", "since")
        person, pdu = _person(draft), await self._pdu(tx, record, said, now)
        if "until" in said:
            raise Unfit("It is over, or ends on a day that is given. End it on the case.", ["until"])
        facts = {name: said[name] for name in ("kind", "level", "category", "since") if name in said}
        return await register_person(tx, _checked(RegisterPerson, person=person, pdu=pdu, **facts), now)

    async def _pdu(self, tx: Tx, record: Any, said: dict[str, Any], now: datetime) -> str:
        area = record.message["area"]
        pdu = await pdu_of(tx, self._postcodes, said.get("pdu"), area, london_today(now))
        if pdu is None:
            raise Unfit("It does not say of which PDU it is, and its connection is of none.", ["pdu"])
        return pdu


def _needed(draft: Draft, *names: str) -> dict[str, Any]:
    said = values_of(draft)
    if lacking := [name for name in names if name not in said]:
        raise Unfit("This record does not hold all that it needs.", lacking)
    return said


def _person(draft: Draft) -> str:
    """Only a CRN says for certain who is meant."""
    crn = identifiers.crn(draft.crn.value) if draft.crn else None
    if crn is None:
        raise Unfit("It has no CRN that can be right. Find the person, and enter it by hand.", ["crn"])
    return crn


def _checked(shape: type[Any], **facts: Any) -> Any:
    """Held to what is published of its fields."""
    try:
        return msgspec.convert(facts, shape)
    except msgspec.ValidationError as error:
        field = str(error).rpartition("$.")[2].strip("`").rpartition(".")[2]
        raise Unfit("A value is too long, or not of the form that this field has.", [field]) from error
