"""The forms by which a case is recorded: each with its command and verb."""

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from gateway.cases.contacts import record_contact, record_outcome
from gateway.cases.enforcement import record_enforcement, record_enforcement_outcome
from gateway.cases.needs import ask_needs, record_ethnicity
from gateway.cases.registrations import end_registration, register_person
from gateway.cases.sentences import add_requirement, change_sentence, end_requirement, record_sentence
from gateway.pages.contact_forms import day
from gateway.pages.locate_act import Change
from gateway.pages.placement_forms import Field
from gateway.pages.words import N_
from gateway.people.identify import add_alias, record_identifier
from gateway.people.merge import merge_people, unmerge_people
from schemas import contacts, identity, needs, registrations, sentences

NOTE = Field(name="note", label=N_("Note"), kind="note", hint=N_("For those who may see the person"), optional=True)
OUTCOME = Field(name="outcome", label=N_("What came of it"), kind="choice")


def text(name: str, label: str, hint: str = "", *, optional: bool = False) -> Field:
    return Field(name=name, label=label, kind="text", hint=hint, optional=optional)


def listed(name: str, label: str, of: str) -> Field:
    return Field(name=name, label=label, kind="list", list=of)


class CaseForm(Struct, frozen=True, kw_only=True):
    """One form. `of` is the field of the command that names the record it is about, where it is about one."""

    change: Change
    command: type[Any]
    verb: Callable[..., Awaitable[Any]]
    of: str = ""


HOURS = (
    text("hours_ordered", N_("Hours ordered"), N_("Of unpaid work"), optional=True),
    text("hours_done", N_("Hours done"), optional=True),
)

FORMS: dict[str, CaseForm] = {
    "contact": CaseForm(
        change=Change(
            action="contact.record",
            question=N_("Record a contact"),
            button=N_("Record it"),
            hint=N_("What is planned, or what came of it. Absences of both areas are counted together."),
            fields=(
                listed("kind", N_("What kind of contact"), "contact"),
                Field(name="at", label=N_("When"), kind="moment"),
                OUTCOME,
                NOTE,
            ),
        ),
        command=contacts.RecordContact,
        verb=record_contact,
    ),
    "outcome": CaseForm(
        change=Change(
            action="contact.record",
            question=N_("What came of this contact?"),
            button=N_("Record it"),
            hint=N_("What was said before stays in the history."),
            fields=(OUTCOME, NOTE),
        ),
        command=contacts.RecordOutcome,
        verb=record_outcome,
        of="contact",
    ),
    "enforcement": CaseForm(
        change=Change(
            action="enforcement.record",
            question=N_("Record enforcement"),
            button=N_("Record it"),
            hint=N_("By whoever holds or supervises. A move, a challenge or caretaking does not stand in its way."),
            fields=(Field(name="kind", label=N_("Which"), kind="choice"), day("on", N_("On")), NOTE),
        ),
        command=contacts.RecordEnforcement,
        verb=record_enforcement,
    ),
    "enforced": CaseForm(
        change=Change(
            action="enforcement.record",
            question=N_("What came of this enforcement?"),
            button=N_("Record it"),
            fields=(listed("outcome", N_("What came of it"), "enforcement_outcome"), day("on", N_("On"))),
        ),
        command=contacts.EnforcementOutcome,
        verb=record_enforcement_outcome,
        of="enforcement",
    ),
    "sentence": CaseForm(
        change=Change(
            action="sentence.record",
            question=N_("Record an order or a licence"),
            button=N_("Record it"),
            hint=N_("Its requirements or conditions are added afterwards."),
            fields=(
                Field(name="kind", label=N_("Order or licence"), kind="choice"),
                listed("code", N_("Which"), "sentence"),
                text("event_number", N_("Event number"), N_("As the case system counts them"), optional=True),
                text("court", N_("Court"), N_("That holds the order, until it sanctions a transfer"), optional=True),
                Field(name="starts_on", label=N_("From"), kind="date"),
                day("ends_on", N_("Until"), N_("Leave it empty where no end is known")),
                *HOURS,
            ),
        ),
        command=sentences.RecordSentence,
        verb=record_sentence,
    ),
    "change": CaseForm(
        change=Change(
            action="sentence.record",
            question=N_("What has become of this order or licence?"),
            button=N_("Record it"),
            hint=N_("What is left empty stays as it is."),
            fields=(
                *HOURS,
                day("ends_on", N_("Until"), N_("Where it ends on another day")),
                text("court", N_("Court"), N_("That holds the order now"), optional=True),
                text("event_number", N_("Event number"), optional=True),
            ),
        ),
        command=sentences.ChangeSentence,
        verb=change_sentence,
        of="sentence",
    ),
    "requirement": CaseForm(
        change=Change(
            action="sentence.record",
            question=N_("Add a requirement or condition"),
            button=N_("Add it"),
            hint=N_("Residence, curfew, exclusion, no contact and the like bind during a move as well."),
            fields=(
                listed("kind", N_("Which"), "requirement"),
                text("title", N_("In words"), N_("Such as: 7 pm to 7 am")),
                day("starts_on", N_("From"), N_("Where it is not that of the order or licence")),
                day("ends_on", N_("Until"), N_("Where it is not that of the order or licence")),
            ),
        ),
        command=sentences.AddRequirement,
        verb=add_requirement,
        of="sentence",
    ),
    "requirement-end": CaseForm(
        change=Change(
            action="sentence.record",
            question=N_("End a requirement or condition"),
            button=N_("End it"),
            hint=N_("It is completed, removed or revoked."),
            fields=(day("on", N_("First day without it")),),
            grave=True,
        ),
        command=sentences.EndRequirement,
        verb=end_requirement,
        of="sentence",
    ),
    "registration": CaseForm(
        change=Change(
            action="registration.record",
            question=N_("Register the person"),
            button=N_("Register"),
            hint=N_(
                "By your area, for itself. Clocks and action lists follow; where two areas differ, both are asked."
            ),
            fields=(
                Field(name="kind", label=N_("For what"), kind="choice"),
                Field(name="level", label=N_("Level"), kind="choices", hint=N_("Of RoSH and of MAPPA"), optional=True),
                Field(name="category", label=N_("Category"), kind="choices", hint=N_("Of MAPPA"), optional=True),
                day("since", N_("Since")),
            ),
        ),
        command=registrations.RegisterPerson,
        verb=register_person,
    ),
    "registration-end": CaseForm(
        change=Change(
            action="registration.record",
            question=N_("End a registration"),
            button=N_("End it"),
            fields=(day("on", N_("First day without it")),),
            grave=True,
        ),
        command=registrations.EndRegistration,
        verb=end_registration,
        of="registration",
    ),
    "needs": CaseForm(
        change=Change(
            action="need.record",
            question=N_("Which diversity needs did the person name?"),
            button=N_("Record the answer"),
            hint=N_("Ask again on every move, for here and for the new place. What is not ticked has ended."),
            fields=(
                Field(name="needs", label=N_("What the person said"), kind="needs"),
                Field(
                    name="note",
                    label=N_("What must be thought of"),
                    kind="note",
                    hint=N_("It is kept with each need that is new"),
                    optional=True,
                ),
            ),
        ),
        command=needs.AskNeeds,
        verb=ask_needs,
    ),
    "ethnicity": CaseForm(
        change=Change(
            action="need.record",
            question=N_("How does the person describe their ethnicity?"),
            button=N_("Record the answer"),
            hint=N_("Ask, and never infer it. Somebody who does not wish to say is not the same as not recorded."),
            fields=(listed("ethnicity", N_("As the person says it"), "ethnicity"),),
        ),
        command=needs.RecordEthnicity,
        verb=record_ethnicity,
    ),
    "name": CaseForm(
        change=Change(
            action="person.identify",
            question=N_("Add another name"),
            button=N_("Add it"),
            hint=N_("A message under this name finds the person."),
            fields=(text("name", N_("Name")),),
        ),
        command=identity.AddAlias,
        verb=add_alias,
    ),
    "identifier": CaseForm(
        change=Change(
            action="person.identify",
            question=N_("Record an identifier"),
            button=N_("Record it"),
            fields=(
                Field(name="kind", label=N_("Which"), kind="choice"),
                text("value", N_("Identifier"), N_("PNC and CRO numbers end with a check letter")),
                Field(
                    name="present",
                    label=N_("It is the one that counts now; the one before is kept as a former one"),
                    kind="tick",
                    optional=True,
                ),
            ),
        ),
        command=identity.RecordIdentifier,
        verb=record_identifier,
    ),
    "merge": CaseForm(
        change=Change(
            action="person.merge",
            question=N_("Another record is of the same person"),
            button=N_("Make them one"),
            hint=N_("Everything of the other record comes to this one. It can be undone exactly."),
            fields=(
                text("merged", N_("CRN of the other record"), N_("Or its id, where it has no CRN")),
                Field(name="reason", label=N_("How you know"), kind="note"),
            ),
            grave=True,
        ),
        command=identity.MergePeople,
        verb=merge_people,
    ),
    "unmerge": CaseForm(
        change=Change(
            action="person.merge",
            question=N_("They are two people after all"),
            button=N_("Make them two again"),
            hint=N_("What came from the other record goes back to it. What was added since stays with this one."),
            fields=(Field(name="reason", label=N_("How you know"), kind="note"),),
            grave=True,
        ),
        command=identity.UnmergePeople,
        verb=unmerge_people,
        of="merge",
    ),
}
