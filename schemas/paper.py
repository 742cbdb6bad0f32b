"""The paper file that travels beside the record: sent, where it is, received, and what was missing from it."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct, field

Said = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
"""In words, with nothing about the person."""
DocumentCode = Annotated[str, Meta(min_length=1, max_length=60)]


class DispatchPaper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sending PDU has sent the paper file. Said again before it is received, it replaces what was said."""

    action: ClassVar[str] = "nsi.paper"

    id: UUID
    carrier: Said
    reference: Said | None = None
    """Of the carrier."""
    from_place: Said | None = None
    to_place: Said | None = None
    on: date | None = None
    """None is today."""


class PlacePaper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the paper file is now."""

    action: ClassVar[str] = "nsi.paper"

    id: UUID
    place: Said


class ReceivePaper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The receiving PDU has the paper file. What was missing is asked of the sender."""

    action: ClassVar[str] = "nsi.paper"

    id: UUID
    received_by: Said
    on: date | None = None
    """None is today."""
    place: Said | None = None
    """Where it is kept."""
    missing: list[DocumentCode] = field(default_factory=list)
    """Codes of the kinds of document that were not in it."""
    missing_note: Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")] = ""
    """What else was missing. It is shown with the action, to those who may see the person."""
    dispatched_on: date | None = None
    """Needed, with the carrier, where nobody has recorded that it was sent."""
    carrier: Said | None = None


class ChasePaper(Struct, frozen=True, kw_only=True):
    """It is overdue: both ends are asked where it is, once for each day on which it was due."""

    action: ClassVar[str] = "nsi.paper_chase"

    id: UUID
