"""What is on record of a person's case. Whom it is about stands in the path as an id, never as a CRN or a name."""

from uuid import UUID

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gateway.access.act import act
from gateway.api.case_door import on_line, on_person, on_record
from gateway.api.documented import GUARDED, problems
from gateway.api.paging import Cursor, Limit
from gateway.cases.contacts import record_contact, record_outcome
from gateway.cases.enforcement import record_enforcement, record_enforcement_outcome
from gateway.cases.import_log import import_contacts
from gateway.cases.log import read_contacts
from gateway.cases.read_sentences import read_sentences
from gateway.cases.record import read_case
from gateway.cases.sentences import add_requirement, change_sentence, end_requirement, record_sentence
from gateway.given import GivenActor, GivenWorks
from schemas.cases import Case, ReadCase
from schemas.contacts import (
    ContactLog,
    ContactRecorded,
    ContactsImported,
    EnforcementOutcome,
    EnforcementRecorded,
    ImportContacts,
    ReadContacts,
    RecordContact,
    RecordEnforcement,
    RecordOutcome,
)
from schemas.sentences import (
    AddRequirement,
    ChangeSentence,
    EndRequirement,
    ReadSentences,
    RecordSentence,
    SentenceRecorded,
    Sentences,
)


@get(
    "/people/{person_id:uuid}",
    summary="Show the record of a person",
    tags=["People"],
    responses=problems(*GUARDED, 404),
)
async def show(person_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> Case:
    """Everything of the case. It is on the audit record; masked where access is limited."""
    return await act(works.house, actor, read_case, ReadCase(person=str(person_id)))


@get(
    "/people/{person_id:uuid}/contacts",
    summary="Show the contact log",
    tags=["People"],
    responses=problems(*GUARDED, 404, 422),
)
async def contacts(
    person_id: FromPath[UUID], works: GivenWorks, actor: GivenActor, limit: Limit = 50, cursor: Cursor = None
) -> ContactLog:
    """Of all areas in one sequence, newest first: each unacceptable absence with its number, and which area says so."""
    return await act(works.house, actor, read_contacts, ReadContacts(person=str(person_id), limit=limit, cursor=cursor))


@get(
    "/people/{person_id:uuid}/sentences",
    summary="Show orders and licences",
    tags=["People"],
    responses=problems(*GUARDED, 404),
)
async def sentences(person_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> Sentences:
    """With requirements or conditions, those that bind during a move marked, and outstanding hours."""
    return await act(works.house, actor, read_sentences, ReadSentences(person=str(person_id)))


doors: list[HTTPRouteHandler] = [
    show,
    contacts,
    sentences,
    on_person(
        "contacts",
        record_contact,
        RecordContact,
        ContactRecorded,
        "Record a contact",
        "Planned, or with what came of it. The count of unacceptable absences goes on across areas.",
        makes=True,
    ),
    on_person(
        "contacts/import",
        import_contacts,
        ImportContacts,
        ContactsImported,
        "Import a contact log",
        "All of it or nothing; the same again changes nothing. Each line has the reference of its source.",
    ),
    on_record(
        "contacts/{record_id:uuid}/outcome",
        "contact",
        record_outcome,
        RecordOutcome,
        ContactRecorded,
        "Record what came of a contact",
        "Also to put right what was wrong; what was said before stays in the history.",
    ),
    on_person(
        "sentences",
        record_sentence,
        RecordSentence,
        SentenceRecorded,
        "Record an order or a licence",
        "With its requirements or conditions, and the hours ordered and done.",
        makes=True,
    ),
    on_record(
        "sentences/{record_id:uuid}/change",
        "sentence",
        change_sentence,
        ChangeSentence,
        SentenceRecorded,
        "Change an order or a licence",
        "Hours worked, another end, court or number. What is left out stays as it is.",
    ),
    on_record(
        "sentences/{record_id:uuid}/requirements",
        "sentence",
        add_requirement,
        AddRequirement,
        SentenceRecorded,
        "Add a requirement or condition",
        "Restrictive ones are enforced through a move.",
    ),
    on_line(
        "sentences/{record_id:uuid}/requirements/{n:int}/end",
        "sentence",
        end_requirement,
        EndRequirement,
        SentenceRecorded,
        "End a requirement or condition",
        "Completed, removed or revoked.",
    ),
    on_person(
        "enforcement",
        record_enforcement,
        RecordEnforcement,
        EnforcementRecorded,
        "Record enforcement",
        "A warning, a breach or a recall, by whoever holds or supervises: at every status of an NSI, during a "
        "challenge and while caretaking.",
        makes=True,
    ),
    on_record(
        "enforcement/{record_id:uuid}/outcome",
        "enforcement",
        record_enforcement_outcome,
        EnforcementOutcome,
        EnforcementRecorded,
        "Record what came of enforcement",
        "Proved, varied, revoked, withdrawn.",
    ),
]
