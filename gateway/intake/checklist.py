"""The national checklist: is there enough in a draft to prepare an NSI, and what else does the regime ask for?"""

from datetime import date
from typing import Any

from msgspec import Struct

from gateway.people import identifiers
from gateway.people.match import Identity
from gateway.transfers.regime import Regime
from schemas.drafts import DraftNsi, Found
from schemas.nsis import Evidence
from schemas.words import NsiType, Rosh

ENOUGH = 0.5
"""A field read with less confidence counts as missing. Its evidence is kept for whoever looks."""

NATIONAL = ("name", "identifier", "type", "move_on", "destination", "sender_email")
"""What a message must hold. `identifier` is a CRN, prison number or PNC, or else the birth date."""


class Facts(Struct, frozen=True, kw_only=True):
    """What of a draft is believed, with identifiers made canonical."""

    identity: Identity
    type: NsiType | None = None
    move_on: date | None = None
    until: date | None = None
    destination: str | None = None
    address: str | None = None
    rosh: Rosh | None = None
    mappa: str | None = None
    reason: str | None = None
    sending: str | None = None
    sender_name: str | None = None
    sender_email: str | None = None
    malformed: tuple[str, ...] = ()
    """Identifiers that were given and cannot be right."""


def facts_of(draft: DraftNsi, today: date) -> Facts:
    given = {name: _believed(getattr(draft, name)) for name in draft.__struct_fields__}
    canonical = {
        "crn": identifiers.crn(given["crn"] or ""),
        "noms": identifiers.noms(given["noms"] or ""),
        "pnc": identifiers.pnc(given["pnc"] or "", today),
    }
    identity = Identity(name=given["name"] or "", birth_date=given["birth_date"], gender=given["gender"], **canonical)
    rest = {name: given[name] for name in Facts.__struct_fields__ if name in given}
    malformed = tuple(name for name, value in canonical.items() if given[name] and value is None)
    return Facts(identity=identity, malformed=malformed, **rest)


def lacking(facts: Facts) -> list[str]:
    """Names of what the national checklist needs and the message does not say."""
    who = facts.identity
    there = {
        "name": who.name,
        "identifier": who.crn or who.noms or who.pnc or who.birth_date,
        **{name: getattr(facts, name) for name in ("type", "move_on", "destination", "sender_email")},
    }
    return [name for name in NATIONAL if not there[name]]


def asked_beyond(facts: Facts, regime: Regime) -> list[str]:
    """Names of what else the regime asks for, and of identifiers that cannot be right."""
    if facts.type is None:
        return list(facts.malformed)
    who = {name: getattr(facts.identity, name) for name in ("crn", "birth_date", "gender")}
    missing = [name for name in regime.asks[facts.type] if not (who[name] if name in who else getattr(facts, name))]
    return missing + [name for name in facts.malformed if name not in missing]


def evidence_of(draft: DraftNsi) -> dict[str, Evidence]:
    found: dict[str, Found[Any] | None] = {name: getattr(draft, name) for name in draft.__struct_fields__}
    return {name: Evidence(one.text, one.source, one.confidence) for name, one in found.items() if one is not None}


def _believed(found: Found[Any] | None) -> Any:
    if found is None or found.confidence < ENOUGH:
        return None
    return (found.value.strip() or None) if isinstance(found.value, str) else found.value
