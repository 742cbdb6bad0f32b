"""The forms of the queue of the nation: who leads, what was tried, how it ended; and a challenge decided."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from gateway.pages.custody_words import DECISIONS, STEPS
from gateway.pages.locate_act import Change
from gateway.pages.nsi_words import OWNERS
from gateway.pages.placement_forms import Field, command_of, reason
from gateway.pages.words import N_, _
from schemas.challenges import Condition, DecideChallenge
from schemas.errors import FieldFault, Invalid

ABOUT = N_("About the person, and seen by whoever may see them")
SAID = Field(name="said", label=N_("What was tried or found"), kind="note", hint=ABOUT)

SEARCH_ACTS: dict[str, Change] = {
    "lead": Change(
        action="national.lead",
        question=N_("Who leads the search?"),
        button=N_("Say who leads"),
        fields=(
            Field(name="leads", label=N_("Who leads"), kind="text", hint=N_("By name and office")),
            Field(name="said", label=N_("What is to be done"), kind="note", hint=ABOUT, optional=True),
        ),
    ),
    "note": Change(action="national.note", question=N_("Add what was tried"), button=N_("Add a note"), fields=(SAID,)),
    "close": Change(
        action="national.close",
        question=N_("How does the search end?"),
        button=N_("Close it"),
        hint=N_("Whoever seeks is told. If no place is found after all, the person is put in the queue anew."),
        fields=(
            Field(name="outcome", label=N_("Outcome"), kind="choice"),
            Field(name="said", label=N_("Where, or why"), kind="note", hint=ABOUT),
        ),
    ),
}
SEEK = Change(
    action="national.seek",
    question=N_("Hard to place: ask the nation"),
    button=N_("Put in the queue of the nation"),
    hint=N_("The national lead is told. Premises are asked meanwhile as before; those that were asked are on record."),
    fields=(
        reason("hard_to_place"),
        Field(name="tried", label=N_("What else was tried"), kind="note", hint=ABOUT),
        Field(name="needed", label=N_("What a place must have"), kind="note", hint=ABOUT),
    ),
)


def _condition(n: int) -> tuple[Field, ...]:
    return (
        Field(
            name=f"title{n}",
            label=_CONDITION[n - 1],
            kind="text",
            hint=N_("A line of the action list, with nothing that names the person"),
            optional=True,
        ),
        Field(name=f"owner{n}", label=N_("Whose it is"), kind="choices", optional=True),
    )


_CONDITION = (N_("First condition"), N_("Second condition"), N_("Third condition"))
DECISION = (
    Field(name="decision", label=N_("Decision"), kind="choice"),
    Field(name="why", label=N_("Why"), kind="note", hint=ABOUT),
)
ADJUDICATE = Change(
    action="nsi.adjudicate",
    question=N_("Decide this challenge on risk"),
    button=N_("Decide it"),
    hint=N_("Supervision, enforcement, recall and clocks go on meanwhile. Both ends are told what you decide."),
    fields=(*DECISION, *(field for n in (1, 2, 3) for field in _condition(n))),
)


def adjudication(challenge: UUID, given: Mapping[str, Any]) -> DecideChallenge:
    """Raises `Invalid`, also for half a condition."""
    command: DecideChallenge = command_of(DecideChallenge, given, DECISION, id=challenge)
    conditions, faults = [], []
    for n in (1, 2, 3):
        title, owner = given[f"title{n}"], given[f"owner{n}"]
        if title and not owner:
            faults.append(FieldFault(f"owner{n}", _("Say whose this condition is.")))
        elif owner and not title:
            faults.append(FieldFault(f"title{n}", _("Say what the condition is, or choose nobody.")))
        elif title:
            conditions.append({"title": title, "owner": owner})
    wants = command.decision == "goes_on_with_conditions"
    if not faults and wants != bool(conditions):
        faults.append(FieldFault("title1", _("Name conditions where it goes on with conditions, and only there.")))
    if faults:
        raise Invalid(*faults)
    try:
        return msgspec.structs.replace(command, conditions=msgspec.convert(conditions, list[Condition]))
    except msgspec.ValidationError as error:
        raise Invalid.because("title1", _("Enter at most 200 letters for a condition.")) from error


def decisions() -> list[dict[str, str]]:
    return [{"value": code, "text": _(text)} for code, text in DECISIONS.items()]


def owners() -> list[dict[str, str]]:
    ends = ("sending practitioner", "receiving practitioner", "sending SPO", "receiving SPO")
    return [{"value": "", "text": _("Nobody")}, *({"value": code, "text": _(OWNERS[code])} for code in ends)]


def outcomes(*, placed: bool) -> list[dict[str, str]]:
    """The national lead says that somebody is placed; whoever seeks may withdraw."""
    found = [{"value": "placed", "text": _(STEPS["placed"])}] if placed else []
    return [*found, {"value": "withdrawn", "text": _(STEPS["withdrawn"])}]
