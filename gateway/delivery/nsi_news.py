"""Letters about a turn in the life of an NSI: to the SPOC whom it concerns, with a reference and a link."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from bedspace.store import Tx, queries
from schemas.errors import Refused

sql = queries(__file__)

Whose = Literal["receiving", "sending", "before"]

NEWS: dict[str, tuple[str, Whose]] = {
    "nsi_unannounced_to_spoc": ("unannounced", "sending"),
    "nsi_changed_to_spoc": ("changed", "receiving"),
    "nsi_left_to_spoc": ("left", "before"),
}
"""What each letter is about, and whose SPOC is told."""


async def news_of(tx: Tx, nsi: UUID, whose: Whose, today: date) -> tuple[Any, Any]:
    """The NSI, and the contact. Raises `Refused` where either is not there."""
    row = await sql.news(tx, id=nsi)
    if row is None:
        raise Refused("The NSI is not there.")
    contact = await sql.contact(tx, id=nsi, whose=whose, today=today)
    if contact is None:
        raise Refused("No SPOC is named for the PDU. Name one, then replay this letter.")
    return row, contact
