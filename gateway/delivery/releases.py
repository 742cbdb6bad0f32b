"""Letters about releases: a reference, a link, and what is to be done."""

from datetime import date
from typing import Any, get_args
from uuid import UUID

from bedspace.store import Tx, queries
from gateway.delivery.placements import spoc_of
from schemas.errors import Refused
from schemas.releases import LetterAbout, LetterTo
from schemas.words import Purpose

sql = queries(__file__)

SPOCS: dict[LetterTo, tuple[str, Purpose]] = {
    "spoc": ("pdu_code", "release"),
    "former": ("former_pdu", "release"),
    "home": ("home", "transfer"),
    "ap_spoc": ("premises_pdu", "ap_referral"),
}
"""Whose SPOC, and for which purpose."""

WHO: dict[str, str] = {
    "spoc": "the SPOC of resettlement",
    "former": "the SPOC of the PDU that was planned before",
    "home": "the SPOC of the home PDU",
    "ap_spoc": "the SPOC of the premises' PDU",
    "officer": "the responsible officer",
    "prison": "the prison",
    "premises": "the premises",
}


def release_about(purpose: str) -> tuple[str, str]:
    """What a letter is about, and who is told; `("", "")` for one that is not about a release."""
    about, _, whom = purpose.removeprefix("release_").rpartition("_to_")
    known = purpose.startswith("release_") and about in get_args(LetterAbout) and whom in get_args(LetterTo)
    return (about, whom) if known else ("", "")


def note_of(purpose: str) -> str:
    """For the timeline: to whom, about what."""
    about, whom = release_about(purpose)
    return f"To {WHO[whom]}: {about.replace('_', ' ')}."


async def release_facts(tx: Tx, subject: str) -> Any:
    """The row that a letter is written from. Raises `Refused`."""
    row = await sql.about(tx, id=UUID(subject.partition(":")[2]))
    if row is None:
        raise Refused("The release is not there.")
    return row


async def release_recipient(tx: Tx, row: Any, whom: Any, today: date) -> tuple[str, str]:
    """Address, and who that is without the address. Raises `Refused`."""
    if whom in SPOCS:
        field, purpose = SPOCS[whom]
        return await spoc_of(tx, row[field], purpose, today)
    address = row[f"{whom}_email"]
    if not address:
        raise Refused(f"{WHO[whom].capitalize()} has no address. Name one, then replay this letter.")
    return address, f"{WHO[whom]} of {row['reference']}"
