"""Letters about placements: a reference, a link, and what is to be done."""

from datetime import date, datetime
from typing import Any, Literal, get_args
from uuid import UUID

from bedspace.locator import locate
from bedspace.nights import LONDON, spoken
from bedspace.store import Tx, queries
from gateway.delivery.nsi_ends import to_national_lead
from schemas.errors import Refused
from schemas.words import Purpose

sql = queries(__file__)
receivers = queries(locate.__file__)

About = Literal[
    "referral",
    "acceptance",
    "decline",
    "lapse",
    "undecided",
    "not_arrived",
    "displaced",
    "reminder",
    "expiry",
    "move_agreed",
    "move_declined",
    "move_lost",
    "emergency",
    "hard_to_place",
    "search_decided",
]

CONTACTS = {
    "decider": ["referral", "general"],
    "premises": ["general", "referral"],
    "duty": ["out_of_hours"],
    "departing": ["general", "referral"],
    "arriving": ["general", "referral"],
}
"""Whom to write to at premises, by who is told."""


def about_of(purpose: str) -> tuple[str, str]:
    """What a letter is about, and who is told; `("", "")` for one that is not about a placement."""
    about, _, whom = purpose.rpartition("_to_")
    return (about, whom) if about in get_args(About) else ("", "")


async def facts(tx: Tx, subject: str) -> Any:
    """The row that a letter is written from. Raises `Refused`."""
    kind, _, number = subject.partition(":")
    row = await sql.about(
        tx,
        placement=UUID(number) if kind == "placement" else None,
        approach=int(number) if kind == "approach" else None,
        proposal=int(number) if kind == "proposal" else None,
    )
    if row is None:
        raise Refused("The placement is not there.")
    return row


async def recipient(tx: Tx, row: Any, whom: str, today: date) -> tuple[str, str]:
    """Address, and who that is without the address. Raises `Refused`."""
    if whom in ("officer", "referrer"):
        if not row["officer_email"]:
            raise Refused("No responsible officer with an address is named. Name one, then replay this letter.")
        return row["officer_email"], f"responsible officer of {row['reference']}"
    if whom == "lead":
        return await to_national_lead(tx, today)
    if whom == "spoc":
        return await spoc_of(tx, row["premises_pdu"], "ap_referral", today)
    if whom == "resettlement":
        return await spoc_of(tx, await sql.resettles_in(tx, person=row["person_id"]), "release", today)
    premises, code = row["premises_id"], row["premises"]
    if whom in ("departing", "arriving"):
        premises, code = row[f"{whom}_id"], row[whom]
    contact = await sql.contact(tx, premises_id=premises, purposes=CONTACTS[whom])
    if contact is None:
        raise Refused(f"{code} has no contact for this. Name one, then replay this letter.")
    return contact["email"], f"{whom} of {code}"


async def spoc_of(tx: Tx, pdu: str | None, purpose: Purpose, today: date) -> tuple[str, str]:
    """Whoever answers in a PDU today, absences covered. Raises `Refused`."""
    found = [one for one in await receivers.receivers(tx, pdus=[pdu or ""], purpose=purpose, on=today) if one["id"]]
    if not found:
        raise Refused(f"No SPOC is named there for {purpose.replace('_', ' ')}. Name one, then replay this letter.")
    return found[0]["email"], f"spoc:{found[0]['id']}"


def due(row: Any, about: str) -> str:
    """By when an answer is due, or who moved at once is to be there, in words; empty where nothing is."""
    at: datetime | None = row["there_by"] if about == "emergency" else row["answer_by"]
    if at is None:
        return ""
    there = at.astimezone(LONDON)
    return f"{there:%H:%M} on {spoken(there.date())}"
