"""Contacts with their absences and enforcement, and registrations, in the JSON of community-api."""

from typing import Any

from adapters.formats.said import OfJson, Said
from adapters.systems.ndelius.case import Case, Drafts, Person, without_nothing
from adapters.systems.ndelius.profile import NOTHING
from schemas.drafts import DraftContact, DraftEnforcement, DraftRegistration, Found


def is_contact(place: OfJson) -> bool:
    return place.has("contactId") and (place.has("type") or place.has("contactType"))


def contact(case: Case, place: OfJson, person: Person) -> Drafts:
    """`ContactSummary`, or `Contact` of the older shape."""
    about = {**person, **without_nothing({"crn": case.text(place.said("offenderCrn", "crn"))})}
    kind = place.inside("type").said("code") or place.inside("contactType").said("code")
    at = case.moment(place.said("contactStart", "contactStartTime"))
    team = place.inside("team").said("code")
    provider = place.inside("provider").said("code") or place.inside("probationArea").said("code")
    action = place.inside("enforcement").inside("enforcementAction").said("code")
    return contact_of(
        case,
        about,
        number=place.said("contactId"),
        at=at,
        kind=kind,
        outcome=_outcome(case, place),
        offices=(team, provider),
        note=None if _withheld(case, place) else place.said("notes"),
        action=action,
    )


def contact_of(
    case: Case,
    about: Person,
    *,
    number: Said | None,
    at: Found[Any] | None,
    kind: Said | None,
    outcome: Found[Any] | None,
    offices: tuple[Said | None, ...],
    note: Said | None,
    action: Said | None,
) -> Drafts:
    """A contact, and what was enforced by it."""
    pdu = case.office(*offices)
    made: Drafts = [
        DraftContact(
            **about,
            external_reference=case.identifier("contact", number),
            at=at,
            kind=case.word(DraftContact, "kind", kind, case.profile.contact_types),
            outcome=outcome,
            pdu=pdu,
            note=case.text(note),
        )
    ]
    if action is None or case.profile.enforcement_actions.get(action.text) == NOTHING:
        return made
    enforced = case.word(DraftEnforcement, "kind", action, case.profile.enforcement_actions)
    if enforced is not None:
        day = at and Found(value=at.value.date(), text=at.text, source=at.source, confidence=at.confidence)
        reference = case.identifier("enforcement", number)
        made.append(DraftEnforcement(**about, external_reference=reference, kind=enforced, on_day=day, pdu=pdu))
    return made


def _outcome(case: Case, place: OfJson) -> Found[Any] | None:
    """By its code, or else by what the record itself says of attending and complying."""
    outcome = place.inside("outcome") if place.has("outcome") else place.inside("contactOutcomeType")
    attended, complied = outcome.said("attended"), outcome.said("complied")
    code = outcome.said("code")
    table = case.profile.contact_outcomes
    if attended is None or (code and code.text in {**table, **case.profile.codes.get("outcome", {})}):
        return case.word(DraftContact, "outcome", code, table)
    word = "attended" if attended.text == "true" else "acceptable_absence"
    if attended.text != "true" and (complied is None or complied.text != "true"):
        word = "unacceptable_absence"
    source = complied or attended
    return Found(value=word, text=f"attended {attended.text}", source=source.source, confidence=0.9)


def _withheld(case: Case, place: OfJson) -> bool:
    """The notes of a sensitive contact stay where they are."""
    sensitive = place.said("sensitive", "sensitiveContact")
    if sensitive is None or sensitive.text.casefold() not in ("true", "y"):
        return False
    if place.said("notes"):
        case.problem(sensitive, "says that the contact is sensitive: its notes were left out.")
    return True


def is_registration(place: OfJson) -> bool:
    return place.has("registrationId", "type")


def registration(case: Case, place: OfJson, person: Person) -> Drafts:
    type_ = place.inside("type")
    kind = case.word(DraftRegistration, "kind", type_.said("code"), case.profile.registers)
    which = kind.value if kind else ""
    by_type = type_.said("code") if which == "rosh" else None
    category = place.inside("registerCategory").said("code") if which == "mappa" else None
    level = place.inside("registerLevel").said("code") if which == "mappa" else by_type
    return [
        DraftRegistration(
            **person,
            external_reference=case.identifier("registration", place.said("registrationId")),
            kind=kind,
            level=_level(case, "level", level),
            category=_level(case, "category", category),
            pdu=case.office(
                place.inside("registeringTeam").said("code"), place.inside("registeringProbationArea").said("code")
            ),
            since=case.day(place.said("startDate")),
            until=case.day(place.said("endDate")),
            review_on=case.day(place.said("nextReviewDate")),
            note=case.text(place.said("notes") or (type_.said("description") if which == "other" else None)),
        )
    ]


def _level(case: Case, field: str, code: Said | None) -> Found[Any] | None:
    if code is None or case.profile.levels.get(code.text) == NOTHING:
        return None
    return case.word(DraftRegistration, field, code, case.profile.levels)
