"""The two forms of an AP referral: whether approved premises suit, and what is wanted. Their fields as data."""

from typing import Any

from gateway.pages.placement_forms import NOTE, Field, command_of
from gateway.pages.search_form import Area, Fields
from gateway.pages.words import N_, _
from schemas.errors import FieldFault, Invalid
from schemas.nsis import NewPerson
from schemas.placing import DecideSuitability, ReferPlacement

PERSON = (
    Field(name="name", label=N_("Name"), kind="text"),
    Field(name="crn", label=N_("CRN"), kind="text", hint=N_("Such as X123456"), optional=True),
    Field(name="noms", label=N_("Prison number"), kind="text", hint=N_("Such as A1234BC"), optional=True),
    Field(
        name="birth_date",
        label=N_("Date of birth"),
        kind="date",
        hint=N_("Needed where there is no number"),
        optional=True,
    ),
)
DECISION = (
    Field(name="suitable", label=N_("Do approved premises suit this person?"), kind="choice"),
    Field(name="reason", label=N_("Because"), kind="list", list="suitability"),
    NOTE,
    Field(
        name="pointed_to",
        label=N_("Where the person is pointed instead"),
        kind="text",
        hint=N_("Needed where approved premises do not suit"),
        optional=True,
    ),
)
WANTED = (
    Field(name="gender", label=N_("Estate"), kind="choice"),
    Field(name="type", label=N_("Type of premises"), kind="choices"),
    Field(name="arrives_on", label=N_("First night"), kind="date"),
    Field(
        name="nights",
        label=N_("How many nights"),
        kind="text",
        hint=N_("Left empty: 12 weeks, 26 in a PIPE, 52 with enhanced security"),
        optional=True,
    ),
    Field(name="near", label=N_("Near"), kind="text", hint=N_("A postcode, or its first half"), optional=True),
    Field(name="needs", label=N_("One bed must have"), kind="needs", optional=True),
    Field(
        name="ask",
        label=N_("Premises to ask"),
        kind="codes",
        hint=N_("Their codes, such as P034 P037. More may be asked later"),
        optional=True,
    ),
    Field(
        name="preferred_premises",
        label=N_("Preferred premises, the most wanted first"),
        kind="codes",
        hint=N_("Their codes"),
        optional=True,
    ),
)
RISK = (
    Field(name="risk_to_staff", label=N_("Risk to staff"), kind="choices", optional=True),
    Field(name="risk_to_residents", label=N_("Risk to residents"), kind="choices", optional=True),
    Field(name="rosh", label=N_("Risk of serious harm (RoSH)"), kind="choices", optional=True),
    Field(
        name="risk_note",
        label=N_("What staff must know of the risk"),
        kind="note",
        hint=N_("Whoever decides reads this first. Do not say where a victim lives"),
        optional=True,
    ),
)
REST = (
    Field(
        name="short_notice_reason",
        label=N_("Why it is at short notice"),
        kind="list",
        list="short_notice",
        hint=N_("Needed where the first night is 28 days away or less"),
        optional=True,
    ),
    Field(name="short_notice_note", label=N_("More about that"), kind="note", optional=True),
    Field(name="officer_name", label=N_("Responsible officer"), kind="text", optional=True),
    Field(
        name="officer_email",
        label=N_("Their e-mail"),
        kind="text",
        hint=N_("They are told of what goes wrong"),
        optional=True,
    ),
)
REFERRAL = (*WANTED, *RISK, *REST)
ZONES = 3


def decision_of(given: dict[str, Any]) -> DecideSuitability:
    """Raises `Invalid`, each fault under the name of its field."""
    person = person_of(given)
    suitable = {"yes": True, "no": False}.get(given["suitable"])
    if suitable is None:
        raise Invalid.because("suitable", _("Select yes or no"))
    found: DecideSuitability = command_of(DecideSuitability, given, DECISION[1:], suitable=suitable, person=person)
    return found


def person_of(given: dict[str, Any]) -> NewPerson:
    found: NewPerson = command_of(NewPerson, given, PERSON)
    return found


def referral_of(given: dict[str, Any], zones: list[Area], suitability: str) -> ReferPlacement:
    """Raises `Invalid`, each fault under the name of its field. A zone stands in no message."""
    found: ReferPlacement = command_of(
        ReferPlacement,
        given,
        REFERRAL,
        person=person_of(given),
        suitability=int(suitability) if suitability.isdecimal() else None,
        avoid=_zones(zones),
    )
    return found


def _zones(zones: list[Area]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for n, zone in enumerate(zones, 1):
        try:
            miles = float(zone.miles)
        except ValueError:
            miles = 0
        if not zone.postcode or not 0 < miles <= 200:
            raise Invalid(FieldFault(f"avoid-postcode-{n}", _("Give a full postcode, and up to 200 miles")))
        found.append({"postcode": zone.postcode, "miles": miles})
    return found


def zones_of(form: Fields) -> list[Area]:
    pairs = zip(form.getall("avoid-postcode", []), form.getall("avoid-miles", []), strict=False)
    return [Area(p.strip()[:20], m.strip()[:10]) for p, m in pairs if p.strip() or m.strip()][:ZONES]
