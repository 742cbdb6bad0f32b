"""Notices in JSON: our own, and records of the prisoner search."""

from collections.abc import Iterator

from adapters.formats.finding import Finding, found
from adapters.formats.said import OfJson, Place, Said
from schemas.drafts import DraftRelease, Found

PERSON = ("name", "crn", "noms", "pnc", "cro")
TEXTS = ("prison", "address", "near", "home_pdu", "officer_name", "officer_email", "contact_name", "contact_email")
LIKELY = 0.8
"""Of a date that is the actual or the most likely one."""


def is_notice(place: OfJson) -> bool:
    return place.has("prison", "release_on")


def notice(finding: Finding, place: OfJson) -> DraftRelease:
    """As `POST /api/v1/releases` takes it, or with the person's fields beside the others."""
    person: Place = place.inside("person") if place.has("person") else place
    return DraftRelease(
        **{name: finding.text(person.said(name)) for name in PERSON},
        birth_date=finding.day(person.said("birth_date")),
        gender=finding.word(DraftRelease, "gender", person.said("gender")),
        external_reference=finding.text(place.said("external_reference")),
        version=finding.whole(place.said("version")),
        **{name: finding.text(place.said(name)) for name in TEXTS},
        release_on=finding.day(place.said("release_on")),
        kind=finding.word(DraftRelease, "kind", place.said("kind")),
        until=finding.day(place.said("until")),
        rosh=finding.word(DraftRelease, "rosh", place.said("rosh")),
        needs=_needs(finding, place),
        nights=finding.whole(place.said("nights")),
        reside_where_approved=_yes(finding, place.said("reside_where_approved")),
    )


def is_prisoner(place: OfJson) -> bool:
    return place.has("prisonerNumber") and (place.has("prisonId") or place.has("releaseDate"))


def prisoner(finding: Finding, place: OfJson) -> DraftRelease | None:
    """A record of the prisoner search, where it has a date of release."""
    confirmed = place.said("confirmedReleaseDate")
    day = finding.day(confirmed or place.said("releaseDate"), 1.0 if confirmed else LIKELY)
    if day is None:
        finding.problem(place.pointer or "The prisoner", "has no date of release and is passed over.")
        return None
    names = [part for part in (place.said("firstName"), place.said("lastName")) if part]
    words = " ".join(part.text for part in names)
    source = " and ".join(part.source for part in names)
    return DraftRelease(
        name=finding.text(Said(words, source)) if names else None,
        noms=finding.text(place.said("prisonerNumber")),
        pnc=finding.text(place.said("pncNumber")),
        cro=finding.text(place.said("croNumber")),
        birth_date=finding.day(place.said("dateOfBirth")),
        gender=finding.word(DraftRelease, "gender", place.said("gender")),
        external_reference=_booking(place.said("bookingId")),
        prison=finding.text(_prison(place)),
        release_on=day,
    )


def _prison(place: OfJson) -> Said | None:
    """Outside of a prison the last one is meant. OUT and TRN are no prisons."""
    now = place.said("prisonId")
    return place.said("lastPrisonId") if now is None or now.text in ("OUT", "TRN") else now


def _booking(said: Said | None) -> Found[str] | None:
    return found(f"booking:{said.text}"[:100], said) if said else None


def _needs(finding: Finding, place: OfJson) -> Found[list[str]] | None:
    codes = [code.text for code in _codes(place)]
    text = finding.text(Said("; ".join(codes), place.inside("needs").pointer)) if codes else None
    return found(codes, Said(text.text, text.source)) if text else None


def _codes(place: OfJson) -> Iterator[Said]:
    for one in place.each("needs"):
        if code := OfJson({"code": one.value}, one.pointer).said("code"):
            yield code


def _yes(finding: Finding, said: Said | None) -> Found[bool] | None:
    if said is None or said.text in ("true", "false"):
        return found(said.text == "true", said) if said else None
    finding.problem(said, "is neither true nor false and was left out.")
    return None
