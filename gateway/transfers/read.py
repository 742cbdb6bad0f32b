"""NSIs, one whole or many in a list: for the pages, the API and the letters."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import asdict

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.people import identifiers
from gateway.transfers.components import components_of
from gateway.transfers.documents import documents_of
from gateway.transfers.ends import ends_of
from gateway.transfers.fold import in_order
from gateway.transfers.gates import sql as gates
from gateway.transfers.lines import actions_of, clocks_of
from gateway.transfers.move_review import reviews_of
from gateway.transfers.regime import regimes
from gateway.transfers.reports import reports_of
from gateway.transfers.searches import search_of
from schemas.acts import Done
from schemas.chasing import Escalation
from schemas.drafts import DraftNsi
from schemas.errors import Invalid, NotThere
from schemas.locate import Named, Spoc
from schemas.nsi_parts import Caretaker, KnownAs, NsiNote, NsiQuestion, NsiReport
from schemas.nsis import (
    Evidence,
    Happened,
    ListNsis,
    Nsi,
    NsiPage,
    NsiRow,
    ReadNsi,
    Receiving,
    Responsible,
    Sending,
)
from schemas.people import Person

sql = queries(__file__)

WHAT = {
    "message_received": "Message received",
    "prepared": "NSI prepared from the message, not yet confirmed by its sender",
    "raised": "NSI raised",
    "alike": "Someone else on record has this name and birth date, under another identifier: is it one person?",
    "confirmed": "Confirmed by the sender",
    "routed": "Routed",
    "rerouted": "Not for this PDU, and sent on",
    "rerouted_again": "Sent on once more: it has been to more than one wrong PDU",
    "status": "Status recorded",
    "reported": "Reported by another system",
    "unannounced": "Arrived without warning: the origin is asked to confirm and complete it",
    "retrospective": "In flight when NSIs began: its clocks count from the day of the referral",
    "allocated": "Allocated",
    "allocated_anew": "Allocated anew",
    "noted": "Note added",
    "question_answered": "A question about it was answered",
    "changed": "Changed before the move",
    "merged": "Merged into another NSI",
    "merged_here": "Another NSI was found to be this one",
    "unmerged": "Not merged any more",
    "unmerged_here": "Another NSI is found not to be this one",
    "action_done": "Action done",
    "action_noted": "Recorded of an action",
    "action_skipped": "Action closed without evidence",
    "action_reopened": "Action open again",
    "action_assigned": "Action assigned",
    "action_added": "Action added",
    "clock_met": "Rule met",
    "clock_paused": "Clock paused",
    "clock_resumed": "Clock goes on",
    "escalated": "Told up the ladder",
    "concern": "Concern raised",
    "escalation_answered": "Escalation answered",
    "document": "Document",
    "paper_sent": "Paper file sent",
    "paper_placed": "The paper file is elsewhere",
    "paper_received": "Paper file received",
    "paper_overdue": "The paper file is overdue: people are asked where it is",
    "reviewed": "File reviewed",
    "passed": "Responsibility passed",
    "first_appointment": "The first appointment was made, and the receiving PDU told",
    "enforcement": "Enforcement recorded",
    "registered": "What an area registers the person for has changed",
    "person_merged": "The person was found to be the same as another on record",
    "person_unmerged": "The person was found not to be the same as another on record",
    "challenged": "Challenged on risk",
    "challenge_decided": "The challenge was decided by the national lead",
    "hard_to_place": "In the queue of the nation: hard to place",
    "hard_to_place_led": "The search of the nation is led",
    "hard_to_place_decided": "The search of the nation is closed",
    "end_reported": "Reported by an end of the move",
    "end_chased": "An end was asked what it has not reported",
    "component_added": "Component added",
    "component_applied": "A court was applied to",
    "component_decided": "Component decided",
    "component_started": "Component goes on in the receiving area",
    "component_left_open": "Component left open",
    "move_review_asked": "The temporary move ends: its review is asked of the origin",
    "move_reviewed": "The temporary move was reviewed by the origin",
    "mail_queued": "Mail queued",
    "mail_sent": "Mail sent",
    "mail_dead": "Mail could not be delivered",
}
"""What each kind of line in the history says to a reader."""

AS_KEPT = (
    "way",
    "sub_type",
    "referred_on",
    "started_on",
    "ended_on",
    "outcome",
    "event_number",
    "requirement",
    "intended_provider",
    "team",
    "officer",
    "officer_email",
    "source",
    "quiet",
    "merged_into",
    "merged",
)


async def read_nsi(tx: Tx, command: ReadNsi, now: datetime) -> Done[Nsi]:
    """Masked (person, address, reason and evidence) for a reader who may not see a limited-access person."""
    row = await sql.nsi(tx, id=command.id, today=london_today(now))
    if row is None:
        raise NotThere("There is no such NSI, or it is not yours to see.")
    nsi = await _whole(tx, row, now)
    return Done(nsi, persons=(row["person_id"],), subject=f"nsi:{nsi.id}")


async def _whole(tx: Tx, row: Any, now: datetime) -> Nsi:
    nsi: UUID = row["id"]
    person = _person(row)
    evidence = await sql.evidence(tx, nsi=nsi) if person.name is not None else []
    notes = await sql.notes(tx, nsi=nsi) if person.name is not None else []
    responsible = await sql.responsible(tx, person=row["person_id"], now=now)
    caretaker = await sql.caretaker(tx, person=row["person_id"], today=london_today(now))
    return Nsi(
        **{name: row[name] for name in ("id", "reference", "type", "status", "move_on", "until", "inbox_id")},
        **{name: row[name] for name in ("address", "rosh", "mappa", "reason", "missing")},
        **{name: row[name] for name in AS_KEPT},
        person=person,
        sending=_sending(row),
        receiving=_receiving(row),
        responsible=responsible and msgspec.convert(responsible, Responsible),
        caretaker=caretaker and msgspec.convert(caretaker, Caretaker),
        regime=regimes()[row["regime"]].title,
        clocks=await clocks_of(tx, nsi, row["status"], row["regime"], london_today(now)),
        actions=await actions_of(tx, nsi),
        documents=await documents_of(tx, nsi),
        escalations=[msgspec.convert(one, Escalation) for one in await sql.escalations(tx, nsi=nsi)],
        evidence=_evidence(evidence),
        history=[_happened(one) for one in await sql.history(tx, nsi=nsi)],
        known_as=[msgspec.convert(one, KnownAs) for one in await sql.known_as(tx, nsi=nsi)],
        reports=[msgspec.convert(asdict(one), NsiReport) for one in in_order(await reports_of(tx, nsi))],
        notes=[msgspec.convert(one, NsiNote) for one in notes],
        questions=[msgspec.convert(one, NsiQuestion) for one in await sql.questions(tx, nsi=nsi)],
        components=await components_of(tx, nsi),
        ends=await ends_of(tx, nsi),
        move_reviews=await reviews_of(tx, nsi),
        challenge_due=await gates.challenged(tx, nsi=nsi),
        hard_to_place=await search_of(tx, nsi=nsi),
    )


def _evidence(rows: list[Any]) -> dict[str, Evidence]:
    """In the order in which a draft has its fields."""
    found = {row["field"]: msgspec.convert(row, Evidence) for row in rows}
    return {field: found[field] for field in DraftNsi.__struct_fields__ if field in found}


def _person(row: Any) -> Person:
    if row["name"] is None:
        return Person(id=row["person_id"], limited_access=True)
    fields = ("crn", "noms", "pnc", "name", "birth_date", "gender", "limited_access")
    return Person(id=row["person_id"], **{field: row[field] for field in fields})


def _sending(row: Any) -> Sending:
    return Sending(
        pdu=Named(row["sending_pdu"], row["sending_pdu_name"]) if row["sending_pdu"] else None,
        name=row["sender_name"],
        email=row["sender_email"],
        said=row["sending_said"],
    )


def _receiving(row: Any) -> Receiving:
    spoc = row["spoc"] and msgspec.convert(row["spoc"], Spoc)
    return Receiving(
        region=Named(row["receiving_region"], row["receiving_region_name"]),
        pdu=Named(row["receiving_pdu"], row["receiving_pdu_name"]),
        team=spoc.team if spoc else None,
        spoc=spoc,
    )


def _happened(row: Any) -> Happened:
    what = WHAT.get(row["kind"], row["kind"].replace("_", " ").capitalize())
    return Happened(
        at=row["at"],
        what=f"{what}: {row['note']}" if row["note"] else what,
        by=row["by_whom"],
        status=row["status"],
    )


async def list_nsis(tx: Tx, command: ListNsis, now: datetime) -> Done[NsiPage]:
    """Newest first. `pdu` is either end. Raises `Invalid` for a cursor that is not one of ours."""
    rows = await sql.nsis(
        tx,
        pdu=command.pdu,
        status=command.status,
        overdue=command.overdue,
        crn=identifiers.crn(command.person) if command.person else None,
        person=_uuid(command.person),
        anybody=command.person is None,
        questions=command.questions,
        today=london_today(now),
        before=_number(command.cursor),
        limit=command.limit + 1,
    )
    shown = rows[: command.limit]
    page = NsiPage(
        items=[msgspec.convert(row, NsiRow) for row in shown],
        next=str(shown[-1]["number"]) if len(rows) > len(shown) else None,
    )
    return Done(page, persons=tuple({row["person_id"] for row in shown if row["name"] is not None}), subject="nsis")


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", cursor):
        raise Invalid.because("cursor", "Send the `next` of the page before, as it came, or none for the first page.")
    return int(cursor)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID((text or "").strip())
    except ValueError:
        return None


async def id_of(tx: Tx, reference: str) -> UUID:
    """The NSI of a reference such as `NSI-000123`. Raises `NotThere`."""
    found: UUID | None = await sql.id_of(tx, reference=reference.upper())
    if found is None:
        raise NotThere("There is no such NSI, or it is not yours to see.")
    return found
