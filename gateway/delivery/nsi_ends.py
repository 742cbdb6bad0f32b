"""Letters to both ends of an NSI, and to whoever was and is responsible: a reference and a link."""

from datetime import date
from typing import Any, Literal, get_args
from uuid import UUID

from bedspace.store import Tx, queries
from schemas.errors import Refused

sql = queries(__file__)

About = Literal[
    "taken_over",
    "challenge",
    "adjudication",
    "seeking",
    "placing",
    "end_missing",
    "move_review",
    "paper_missing",
    "paper_overdue",
    "first_appointment",
    "registrations",
]


def about_of(purpose: str) -> tuple[str, str]:
    """What a letter is about, and who is told; `("", "")` for one that is not of this kind."""
    about, _, whom = purpose.rpartition("_to_")
    return (about, whom) if about in get_args(About) else ("", "")


async def facts(tx: Tx, nsi: UUID) -> Any:
    """The row that a letter is written from. Raises `Refused`."""
    row = await sql.about(tx, id=nsi)
    if row is None:
        raise Refused("The NSI is not there.")
    return row


async def recipient(tx: Tx, row: Any, whom: str, today: date) -> tuple[str, str]:
    """Address, and who that is without the address. Raises `Refused`."""
    if whom == "lead":
        return await to_national_lead(tx, today)
    if whom == "sending" and row["sender_email"]:
        return row["sender_email"], f"sender of {row['reference']}"
    pdu = row[f"{whom}_pdu"]
    contact = pdu and await sql.contact(tx, pdu=pdu, purpose=_purpose(row["type"]), today=today)
    if not contact:
        raise Refused(f"Nobody is named for the {whom} PDU. Name a SPOC there, then replay this letter.")
    return contact["email"], f"spoc:{contact['id']}"


async def to_national_lead(tx: Tx, today: date) -> tuple[str, str]:
    """Address, and who that is without the address. Raises `Refused`."""
    email = await sql.national_lead(tx, today=today)
    if not email:
        raise Refused("Nobody is named as national lead. Name one, then replay this letter.")
    return email, "national lead"


def _purpose(type_: str) -> str:
    return "temporary_move" if type_ == "temporary_move" else "transfer"
