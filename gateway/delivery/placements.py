"""Letters about placements: a reference, a link, and what is to be done."""

from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from bedspace.nights import LONDON, spoken
from bedspace.store import Tx, queries
from schemas.errors import Refused

sql = queries(__file__)

About = Literal[
    "referral", "acceptance", "decline", "lapse", "undecided", "not_arrived", "displaced", "reminder", "expiry"
]

CONTACTS = {
    "decider": ["referral", "general"],
    "premises": ["general", "referral"],
    "duty": ["out_of_hours"],
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


async def recipient(tx: Tx, row: Any, whom: str) -> tuple[str, str]:
    """Address, and who that is without the address. Raises `Refused`."""
    if whom in ("officer", "referrer"):
        if not row["officer_email"]:
            raise Refused("No responsible officer with an address is named. Name one, then replay this letter.")
        return row["officer_email"], f"responsible officer of {row['reference']}"
    contact = await sql.contact(tx, premises_id=row["premises_id"], purposes=CONTACTS[whom])
    if contact is None:
        raise Refused(f"{row['premises']} has no contact for this. Name one, then replay this letter.")
    return contact["email"], f"{whom} of {row['premises']}"


def due(row: Any) -> str:
    """By when an answer is due, in words; empty where none is."""
    at: datetime | None = row["answer_by"]
    if at is None:
        return ""
    there = at.astimezone(LONDON)
    return f"{there:%H:%M} on {spoken(there.date())}"
