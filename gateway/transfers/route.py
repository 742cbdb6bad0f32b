"""To whom an NSI goes."""

from datetime import date

from msgspec import Struct

from bedspace.geography.postcodes import Postcodes
from bedspace.locator.locate import locate
from bedspace.store import Tx
from schemas.errors import Ambiguous, Conflict
from schemas.locate import Receiver, Whereabouts
from schemas.words import NsiType, Purpose

PURPOSES: dict[NsiType, Purpose] = {"case_transfer": "transfer", "temporary_move": "temporary_move"}


class Route(Struct, frozen=True):
    region: str
    pdu: str
    pdu_name: str
    spoc_id: int | None
    """Of the contact who answers today: the SPOC, or whoever covers. `route` never answers without one."""
    note: str = ""
    """In words, why it is not simply the SPOC."""


async def route(tx: Tx, postcodes: Postcodes, near: str, type_: NsiType, today: date) -> Route:
    """The one PDU that receives at a destination, and its SPOC or who covers.

    Raises `Ambiguous` naming the candidates, `Conflict` where nobody receives there, and what the locator raises.
    """
    located = await locate(tx, postcodes, Whereabouts(near=near, purpose=PURPOSES[type_]), today)
    if located.pdu is None or located.region is None:
        raise Ambiguous(f"The destination is in more than one PDU: {_spoken(located.ambiguous or [])}. Name one.")
    if located.spoc is None:
        raise Conflict(f"No SPOC is live for {located.pdu.name} on this day. Ask the region to name one.")
    return Route(located.region.code, located.pdu.code, located.pdu.name, located.spoc.id, located.note)


def _spoken(candidates: list[Receiver]) -> str:
    return ", ".join(f"{candidate.pdu.name} ({candidate.pdu.code})" for candidate in candidates)
