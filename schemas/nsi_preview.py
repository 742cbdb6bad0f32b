"""What would follow from an NSI, before it is raised."""

from datetime import date

from msgspec import Struct

from schemas.files import Document
from schemas.nsis import Clock, Receiving
from schemas.words import NsiWay


class ComingAction(Struct, frozen=True, kw_only=True):
    """A line of the action list to be."""

    kind: str
    title: str
    owner: str
    rule: str | None
    due: date | None
    mandatory: bool


class NsiPreview(Struct, frozen=True, kw_only=True):
    """Nothing of it is kept. What is on record of the person (risk, orders) may add to it when it is raised."""

    receiving: Receiving
    note: str
    """Why it is not simply the SPOC who receives; empty where it is."""
    way: NsiWay
    days_to_move: int
    """Negative where the move was."""
    regime: str
    clocks: list[Clock]
    actions: list[ComingAction]
    documents: list[Document]
    missing: list[str]
    """Fields that the regime asks for beyond what was given."""
