"""The form of a notice: its fields as data, and the command that what was typed comes to."""

from typing import Any

import msgspec

from gateway.pages.placement_forms import Field, command_of
from gateway.pages.refer_form import PERSON, person_of
from gateway.pages.words import N_
from schemas.releases import NoticeRelease

GENDER = Field(
    name="gender",
    label=N_("Estate"),
    kind="choice",
    hint=N_("Needed only where the prison has both"),
    optional=True,
)
WHEN = (
    Field(name="prison", label=N_("Prison"), kind="text", hint=N_("Its name, or its code such as LEI")),
    Field(name="kind", label=N_("What kind of release"), kind="choice"),
    Field(name="release_on", label=N_("Day of release"), kind="date"),
    Field(name="until", label=N_("Day of return"), kind="date", hint=N_("Of a temporary licence only"), optional=True),
)
WHERE = (
    Field(
        name="address",
        label=N_("Address"),
        kind="text",
        hint=N_("With its postcode at the end. Leave it empty where there is none yet: then a bed is looked for"),
        optional=True,
    ),
    Field(
        name="near",
        label=N_("Where to resettle"),
        kind="text",
        hint=N_("A postcode, a place, a local authority or a PDU. Left empty: the postcode of the address"),
        optional=True,
    ),
    Field(
        name="reside_where_approved",
        label=N_("The licence says: reside where approved"),
        kind="tick",
        optional=True,
    ),
)
RISK = (
    Field(name="rosh", label=N_("Risk of serious harm (RoSH)"), kind="choices", optional=True),
    Field(name="needs", label=N_("A bed must have"), kind="needs", optional=True),
    Field(name="nights", label=N_("For how many nights, if it is a bed"), kind="text", optional=True),
)
WHO = (
    Field(name="officer_name", label=N_("Responsible officer"), kind="text", optional=True),
    Field(name="officer_email", label=N_("Their e-mail"), kind="text", optional=True),
    Field(
        name="home_pdu",
        label=N_("Supervised in"),
        kind="text",
        hint=N_("Code of the PDU, such as N55LEE. Left empty: where the person resettles"),
        optional=True,
    ),
    Field(name="contact_name", label=N_("Who is told at the prison"), kind="text", optional=True),
    Field(
        name="contact_email",
        label=N_("E-mail of that contact"),
        kind="text",
        hint=N_("Left empty by prison staff: your own"),
        optional=True,
    ),
)
FIELDS = (GENDER, *WHEN, *WHERE, *RISK, *WHO)
PARTS = (
    (N_("Who"), (*PERSON, GENDER)),
    (N_("When, and from where"), WHEN),
    (N_("Where to"), WHERE),
    (N_("Risk, and what a bed must have"), RISK),
    (N_("Who is told"), WHO),
)


def notice_of(given: dict[str, Any]) -> NoticeRelease:
    """Raises `Invalid`, each fault under the name of its field."""
    person = msgspec.structs.replace(person_of(given), gender=given["gender"] or None)
    near = {"near": given["among"]} if given["among"] else {}
    found: NoticeRelease = command_of(NoticeRelease, {**given, **near}, FIELDS[1:], person=person)
    return found
