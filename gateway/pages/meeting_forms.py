"""The forms of who must not meet: a pair, its end, and a check."""

from gateway.pages.contact_forms import day
from gateway.pages.locate_act import Change
from gateway.pages.placement_forms import Field
from gateway.pages.words import N_

NOTE = Field(name="note", label=N_("Note"), kind="note", hint=N_("For those who may see both people"), optional=True)

FORMS: dict[str, Change] = {
    "record": Change(
        action="meeting.record",
        question=N_("Record somebody whom they must not meet"),
        button=N_("Record it"),
        hint=N_("It counts for both: no search for either offers premises where the other is. Nobody is moved by it."),
        fields=(
            Field(
                name="other",
                label=N_("CRN of the other person"),
                kind="text",
                hint=N_("Such as A123456. They need not be on record here yet"),
            ),
            Field(name="kind", label=N_("Why they must not meet"), kind="list", list="must_not_meet"),
            Field(name="source", label=N_("Who says so"), kind="list", list="meeting_source"),
            day("since", N_("From which night on")),
            day("until", N_("First night on which they may meet"), N_("Leave it empty where no end is known")),
            NOTE,
        ),
    ),
    "check": Change(
        action="meeting.check",
        question=N_("Record a check of who they must not meet"),
        button=N_("Record the check"),
        hint=N_("Record whoever was found first. Not checked does not mean that there is nobody."),
        fields=(
            Field(name="against", label=N_("Whose records were looked at, or who was asked"), kind="needs"),
            Field(name="outcome", label=N_("What came of it"), kind="choice"),
            Field(
                name="note",
                label=N_("Note"),
                kind="note",
                hint=N_("Where it was not possible: why. Nothing that names anybody"),
                optional=True,
            ),
        ),
    ),
    "end": Change(
        action="meeting.end",
        question=N_("They may meet from now on"),
        button=N_("End it"),
        hint=N_("Both may be offered the same premises from now on. What was recorded stays on record."),
        fields=(Field(name="note", label=N_("Why they may meet, or that it was an error"), kind="note"),),
        grave=True,
    ),
}

DONE = {
    "record": N_("It is recorded that they must not meet."),
    "check": N_("The check is recorded."),
    "end": N_("It is ended: they may meet."),
}
