"""An NSI in the shape in which hmpps-delius-api creates one; what that shape has no place for stands beside it."""

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.formats.days import moment_of
from adapters.systems.ndelius.profile import NDelius
from schemas.drafts import Draft, DraftNsi, values_of
from schemas.errors import Refused

LONGEST = {"notes": 4_000, "type": 20, "subType": 20, "status": 20, "intendedProvider": 3, "offenderCrn": 7}
MANAGER = {"provider": 3, "team": 6, "staff": 7}


def write(draft: Draft, profile: NDelius) -> bytes:
    """A destination, an address or a risk is not written: nDelius holds them elsewhere. Raises `Refused`."""
    if not isinstance(draft, DraftNsi):
        raise Refused("Only NSIs are written to nDelius.")
    said = {name: value for name, value in values_of(draft).items() if value not in (None, "")}
    for name in ("crn", "type", "status"):
        if name not in said:
            raise Refused(f"nDelius needs the {name} of an NSI, and this one has none.")
    told = {
        "offenderCrn": said["crn"],
        "type": profile.code("type", said["type"]),
        "subType": said.get("sub_type"),
        "referralDate": _day(said.get("referred_on")),
        "expectedStartDate": _day(said.get("move_on")),
        "expectedEndDate": _day(said.get("until")),
        "startDate": _day(said.get("started_on")),
        "endDate": _day(said.get("ended_on")),
        "status": profile.code("status", said["status"]),
        "statusDate": _moment(said.get("status_at"), profile.zone),
        "outcome": _outcome(profile, said.get("outcome")),
        "notes": said.get("note"),
        "requirementId": said.get("requirement"),
        "intendedProvider": said.get("intended_provider"),
        "manager": _manager(said),
        "externalReference": profile.reference_prefix + said["reference"] if "reference" in said else None,
        **_beside(said, profile),
    }
    kept = {name: value for name, value in told.items() if value is not None}
    _fits(kept)
    return (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode()


def _beside(said: dict[str, Any], profile: NDelius) -> dict[str, Any]:
    """What the shape for creating has no place for."""
    ids = {"nomsNumber": said.get("noms"), "pncNumber": said.get("pnc"), "croNumber": said.get("cro")}
    forename, _, surname = (said.get("name") or "").rpartition(" ")
    offender = {
        "firstName": forename or None,
        "surname": surname or None,
        "dateOfBirth": _day(said.get("birth_date")),
        "gender": profile.code("gender", said["gender"]) if "gender" in said else None,
        "otherIds": {name: value for name, value in ids.items() if value} or None,
    }
    return {
        "nsiId": _number(said.get("external_reference")),
        "rowVersion": said.get("version"),
        "eventNumber": said.get("event_number"),
        "offender": {name: value for name, value in offender.items() if value is not None} or None,
    }


def _number(reference: str | None) -> int | None:
    if reference is None:
        return None
    kind, _, number = reference.partition(":")
    if kind != "nsi" or not number.isascii() or not number.isdigit() or str(int(number)) != number:
        raise Refused("This record is of another system than nDelius, or no NSI there. Write it without its reference.")
    return int(number)


def _manager(said: dict[str, Any]) -> dict[str, Any] | None:
    manager = {"provider": said.get("intended_provider"), "team": said.get("team"), "staff": said.get("officer")}
    if said.get("team") is None and said.get("officer") is None:
        return None
    return {name: value for name, value in manager.items() if value is not None}


def _outcome(profile: NDelius, word: str | None) -> str | None:
    tables = {**profile.nsi_outcomes, **profile.codes.get("outcome", {})}
    for code, mine in tables.items():
        if mine == word:
            return code
    if word is not None:
        raise Refused(f"The profile {profile.name} has no code for the outcome “{word}”. Add one to its nsi_outcomes.")
    return None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None, zone: str) -> str | None:
    """Local and without its zone, as nDelius has it, but for the second of an hour that comes twice."""
    if moment is None:
        return None
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat()
    return local if moment_of(local, zone) == moment else moment.isoformat()


def _fits(told: dict[str, Any]) -> None:
    manager = told.get("manager", {})
    for name, longest in LONGEST.items():
        if len(str(told.get(name, ""))) > longest:
            raise Refused(f"nDelius takes at most {longest} characters as {name}. Shorten it.")
    for name, longest in MANAGER.items():
        if len(str(manager.get(name, ""))) > longest:
            raise Refused(f"nDelius takes at most {longest} characters as {name} of the manager. Use its code.")
