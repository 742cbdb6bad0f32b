"""The forms of a PDU's contacts, and the commands that what was typed comes to."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from gateway.pages.locate_act import Change
from gateway.pages.placement_forms import Field, command_of
from gateway.pages.words import N_
from schemas.errors import Conflict, FieldFault, Invalid
from schemas.locator import Contact, CoverBy, EndAbsence, EndSpoc, KeepAbsence, KeepSpocs, SpocOf
from schemas.words import Purpose


def day(name: str, label: str, hint: str = N_("Today where it is empty")) -> Field:
    return Field(name=name, label=label, kind="date", hint=hint, optional=True)


def person(*, optional: bool) -> tuple[Field, ...]:
    """Whom to reach, and how."""
    return (
        Field(name="name", label=N_("Name"), kind="text", optional=optional),
        Field(name="team", label=N_("Team"), kind="text", optional=optional),
        Field(name="phone", label=N_("Telephone"), kind="text", optional=optional),
        Field(name="email", label=N_("E-mail"), kind="text", optional=optional),
        Field(
            name="hours", label=N_("Hours"), kind="text", hint=N_("Such as Monday to Friday, 9 to 5"), optional=optional
        ),
        Field(
            name="out_of_hours",
            label=N_("At other hours"),
            kind="text",
            hint=N_("Whom to call then: a desk and its number"),
            optional=True,
        ),
    )


WHO = person(optional=False)
PURPOSES_OF = Field(name="purposes", label=N_("Receives for"), kind="needs")
FROM = day("from", N_("From"))
AWAY = (
    day("from", N_("First day away")),
    day("until", N_("Back on"), N_("Leave it empty where nobody knows")),
    Field(name="only_this_purpose", label=N_("Only for this purpose"), kind="tick", optional=True),
)
COVERED_BY = Field(name="covered_by", label=N_("Who covers"), kind="choice")

FORMS: dict[str, Change] = {
    "keep": Change(
        action="spoc.keep",
        question=N_("Keep a contact"),
        button=N_("Keep this contact"),
        hint=N_("From that day they receive in place of whoever does now. Whoever was there stays in the record."),
        fields=(PURPOSES_OF, *WHO, FROM),
    ),
    "absence": Change(
        action="spoc.absence",
        question=N_("Record an absence"),
        button=N_("Record the absence"),
        hint=N_("For every purpose of the same person at this PDU. Why they are away is not asked."),
        fields=(*AWAY[:2], COVERED_BY, *person(optional=True), AWAY[2]),
    ),
    "back": Change(
        action="spoc.absence",
        question=N_("End an absence"),
        button=N_("They are back"),
        fields=(day("on", N_("Back on")),),
    ),
    "end": Change(
        action="spoc.keep",
        question=N_("End a contact"),
        button=N_("End this contact"),
        hint=N_("Nobody follows until somebody is kept. To put another in their place, keep a contact instead."),
        fields=(day("on", N_("First day without them")),),
        grave=True,
    ),
}

DONE = {
    "keep": N_("The contact is kept."),
    "absence": N_("The absence is recorded."),
    "back": N_("The absence is ended."),
    "end": N_("The contact is ended."),
}


def keep(pdu: str, given: Mapping[str, Any], there: Iterable[Contact], seen: set[str], today: date) -> KeepSpocs:
    """Raises `Conflict` where a contact is there by now who was not when the form was opened."""
    one: SpocOf = command_of(SpocOf, given, (PURPOSES_OF, *WHO), pdu=pdu)
    from_ = first_day(given, FROM, today)
    held = {by.purpose: by.id for by in there if by.from_ <= from_ and (by.until is None or from_ < by.until)}
    for purpose in one.purposes:
        if purpose in held and str(held[purpose]) not in seen:
            raise Conflict(
                "Somebody else has kept this contact meanwhile. Look at what is there now, and keep it again."
            )
    spocs = [msgspec.structs.replace(one, purposes=[purpose], replaces=held.get(purpose)) for purpose in one.purposes]
    return KeepSpocs(spocs=spocs, from_=from_)


def absence(spoc: int, given: Mapping[str, Any], today: date) -> KeepAbsence:
    """Raises `Invalid` with the faults of the days and of the cover together."""
    faults: list[FieldFault] = []
    made: list[Any] = []
    parts: tuple[Callable[[], Any], ...] = (lambda: _days(spoc, given, today), lambda: _cover(given))
    for make in parts:
        try:
            made.append(make())
        except Invalid as error:
            faults += error.faults
    if faults:
        raise Invalid(*faults)
    command: KeepAbsence = msgspec.structs.replace(made[0], cover=made[1])
    return command


def _days(spoc: int, given: Mapping[str, Any], today: date) -> KeepAbsence:
    command: KeepAbsence = command_of(
        KeepAbsence, given, AWAY[1:], spoc=spoc, **{"from": first_day(given, AWAY[0], today)}
    )
    return command


def _cover(given: Mapping[str, Any]) -> CoverBy | None:
    if given["covered_by"] == "nobody":
        return None
    if given["covered_by"] not in ("deputy", "team"):
        raise Invalid.because("covered_by", "Say who covers, or that nobody does.")
    cover: CoverBy = command_of(CoverBy, given, WHO, kind=given["covered_by"])
    return cover


def first_day(given: Mapping[str, Any], field: Field, today: date) -> date:
    found: dict[str, date] = command_of(dict, given, (field,))
    return found.get(field.name, today)


def back(absence_id: int, given: Mapping[str, Any], today: date) -> EndAbsence:
    return EndAbsence(absence=absence_id, on=first_day(given, FORMS["back"].fields[0], today))


def end(spoc: int, given: Mapping[str, Any], today: date) -> EndSpoc:
    return EndSpoc(spoc=spoc, on=first_day(given, FORMS["end"].fields[0], today))


def begun(contact: Contact | None, purpose: Purpose | None) -> dict[str, Any]:
    """What stands in the form of a contact at first: whoever is there."""
    parts = ("name", "team", "phone", "email", "hours", "out_of_hours")
    known = {part: getattr(contact, part) for part in parts} if contact else {}
    return known | ({"purposes": [purpose]} if purpose else {})
