"""The form of each change to premises: what it asks, and what it is about."""

from typing import Literal

from msgspec import Struct

from gateway.pages.placement_forms import NOTE, Field
from gateway.pages.words import N_

About = Literal["premises", "room", "bed", "purpose", "restriction", "outage"]


class Form(Struct, frozen=True, kw_only=True):
    """One change. `about` says what `on` in its address is."""

    action: str
    """The permission."""
    question: str
    button: str
    done: str
    fields: tuple[Field, ...] = ()
    about: About = "premises"
    grave: bool = False
    hint: str = ""


def first_night(label: str, *, optional: bool = True) -> Field:
    return Field(
        name="from", label=label, kind="date", optional=optional, hint=N_("Today where it is empty") if optional else ""
    )


UNTIL = Field(name="until", label=N_("In service again from"), kind="date", hint=N_("The first night it can be used"))
OUTAGE = (
    first_night(N_("Out of service from"), optional=False),
    UNTIL,
    Field(name="reason", label=N_("Reason"), kind="list", list="out_of_service"),
    Field(
        name="reference",
        label=N_("Reference"),
        kind="text",
        optional=True,
        hint=N_("The work order; where a double room is kept for one person, their CRN"),
    ),
    NOTE,
)
OFFERS = Field(name="characteristics", label=N_("What it offers"), kind="needs", optional=True)

FORMS: dict[str, Form] = {
    "details": Form(
        action="premises.keep",
        question=N_("Change details"),
        button=N_("Save details"),
        done=N_("The details are changed."),
        fields=(
            Field(name="name", label=N_("Name"), kind="text"),
            Field(name="postcode", label=N_("Postcode"), kind="text", hint=N_("Searches measure miles from here")),
            Field(
                name="pdu",
                label=N_("PDU"),
                kind="choices",
                optional=True,
                hint=N_("A new postcode brings its PDU with it, unless you choose another"),
            ),
            Field(name="gender", label=N_("Estate"), kind="choice"),
            Field(name="type", label=N_("Type"), kind="choices"),
            Field(name="decides", label=N_("Who decides AP referrals"), kind="choice"),
            Field(name="arrive_by", label=N_("Residents arrive by"), kind="text", hint=N_("The hour, such as 17:00")),
            Field(name="depart_by", label=N_("Residents leave by"), kind="text", hint=N_("The hour, such as 12:00")),
            Field(
                name="turnaround_nights",
                label=N_("Turnaround nights"),
                kind="text",
                hint=N_("Nights that a bed stays empty after somebody leaves: 0 to 14"),
            ),
            Field(name="characteristics", label=N_("The premises offer or accept"), kind="needs", optional=True),
        ),
    ),
    "room": Form(
        action="premises.keep",
        about="room",
        question=N_("Change %(on)s"),
        button=N_("Save room"),
        done=N_("The room is changed. Searches go by it at once."),
        fields=(Field(name="rename_to", label=N_("Name of the room"), kind="text"), OFFERS),
    ),
    "bed": Form(
        action="premises.keep",
        question=N_("Add a bed"),
        button=N_("Add this bed"),
        done=N_("The bed is added."),
        fields=(
            Field(name="bed", label=N_("Code of the bed"), kind="text", hint=N_("Not used anywhere else")),
            Field(name="room", label=N_("Room"), kind="text", hint=N_("The name of one of the rooms, or of a new one")),
            Field(name="opens", label=N_("Open from"), kind="date", hint=N_("Today where it is empty"), optional=True),
            Field(name="characteristics", label=N_("A new room offers"), kind="needs", optional=True),
        ),
    ),
    "bed-move": Form(
        action="premises.keep",
        about="bed",
        question=N_("Move or rename bed %(on)s"),
        button=N_("Save bed"),
        done=N_("The bed is changed. Whoever has it keeps it."),
        fields=(
            Field(name="room", label=N_("Room"), kind="text", hint=N_("The name of one of the rooms, or of a new one")),
            Field(name="rename_to", label=N_("Code of the bed"), kind="text"),
        ),
    ),
    "bed-close": Form(
        action="premises.keep",
        about="bed",
        question=N_("Close bed %(on)s"),
        button=N_("Close this bed"),
        done=N_("The bed closes then."),
        grave=True,
        hint=N_("For good, or until somebody opens it. A bed that is broken for a while is out of service instead."),
        fields=(first_night(N_("First night without it")),),
    ),
    "bed-open": Form(
        action="premises.keep",
        about="bed",
        question=N_("Open bed %(on)s"),
        button=N_("Open this bed"),
        done=N_("The bed is open."),
        fields=(first_night(N_("Open from")),),
    ),
    "contact": Form(
        action="premises.keep",
        about="purpose",
        question=N_("Contact: %(on)s"),
        button=N_("Save contact"),
        done=N_("The contact is changed."),
        fields=(
            Field(name="name", label=N_("Name or desk"), kind="text"),
            Field(name="phone", label=N_("Telephone"), kind="text"),
            Field(name="email", label=N_("E-mail"), kind="text"),
            Field(name="hours", label=N_("Hours"), kind="text", hint=N_("Such as every day, 8:00 to 20:00")),
        ),
    ),
    "contact-remove": Form(
        action="premises.keep",
        about="purpose",
        question=N_("Take this contact away: %(on)s"),
        button=N_("Take it away"),
        done=N_("The contact is taken away."),
        grave=True,
    ),
    "restrict": Form(
        action="premises.keep",
        question=N_("Restrict the premises"),
        button=N_("Restrict"),
        done=N_("The restriction is recorded. Searches go by it on those nights."),
        hint=N_("What the premises offer or accept in general, and do not on some nights."),
        fields=(
            Field(name="characteristic", label=N_("Not offered or accepted"), kind="choices"),
            first_night(N_("From the night of")),
            Field(
                name="until",
                label=N_("Until"),
                kind="date",
                optional=True,
                hint=N_("The first night on which it no longer counts. Empty: until somebody ends it"),
            ),
            Field(name="reason", label=N_("Why"), kind="text", hint=N_("With nothing about a person")),
        ),
    ),
    "restriction-end": Form(
        action="premises.keep",
        about="restriction",
        question=N_("End the restriction: %(on)s"),
        button=N_("End it"),
        done=N_("The restriction ends then."),
        fields=(first_night(N_("Counts no more from")),),
    ),
    "out-of-service": Form(
        action="outage.keep",
        about="bed",
        question=N_("Take bed %(on)s out of service"),
        button=N_("Take it out of service"),
        done=N_("The bed is out of service on those nights."),
        fields=OUTAGE,
    ),
    "outage": Form(
        action="outage.keep",
        about="outage",
        question=N_("Bed %(on)s out of service: what is known now"),
        button=N_("Save"),
        done=N_("What is known now is saved; what was said before is kept."),
        hint=N_("A bed that is back today: give today as the day it is in service again."),
        fields=OUTAGE,
    ),
    "outage-cancel": Form(
        action="outage.keep",
        about="outage",
        question=N_("Bed %(on)s is not out of service"),
        button=N_("Cancel it"),
        done=N_("It is cancelled. The bed can be used."),
        grave=True,
        hint=N_("Only where it was recorded in error, or is not to be. A bed that is back early is a change instead."),
        fields=(NOTE,),
    ),
    "close": Form(
        action="premises.close",
        question=N_("Close the premises"),
        button=N_("Close the premises"),
        done=N_("The closure is recorded, with who approved it."),
        grave=True,
        hint=N_("Every bed closes on that night. It needs the approval of a director, which is recorded here."),
        fields=(
            first_night(N_("First night on which they are closed"), optional=False),
            Field(name="reason", label=N_("Reason"), kind="list", list="closure"),
            NOTE,
            Field(name="approved_by", label=N_("The director who approved it"), kind="text"),
            Field(name="approved_on", label=N_("Approved on"), kind="date"),
            Field(name="reference", label=N_("Where the approval is on record"), kind="text"),
        ),
    ),
    "reopen": Form(
        action="premises.close",
        question=N_("Withdraw the closure"),
        button=N_("Withdraw it"),
        done=N_("The closure is withdrawn. The beds that closed with the premises are open."),
        fields=(first_night(N_("Open from")),),
    ),
    "report": Form(
        action="premises.report",
        about="bed",
        question=N_("Bed %(on)s is not as the register says"),
        button=N_("Tell the premises"),
        done=N_("The staff of the premises see this until they confirm the bed again."),
        fields=(
            Field(name="said", label=N_("What is otherwise"), kind="note", hint=N_("With nothing about a person")),
        ),
    ),
}
