"""Overbooking: a temporary bed, with who allowed it, why, and until when. No claim is exempt from anything."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from schemas.claims import Text
from schemas.outages import Note


class Overbook(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Add a bed to premises for the nights `[from, until)`. No search offers it: it is for the one it was added for."""

    action: ClassVar[str] = "overbooking.keep"

    premises: str
    from_: date
    until: date
    """Its end: the first night on which it is no more."""
    reason: Text
    """Code of the list `overbook`."""
    note: Note = ""
    room: Text | None = None
    """Name of the room it stands in; None where it is in no bedroom."""


class ChangeOverbooking(Struct, frozen=True, kw_only=True):
    """Another end for a temporary bed. Today is now. Whoever says so has allowed it from then on."""

    action: ClassVar[str] = "overbooking.keep"

    bed: str
    until: date


class TemporaryBed(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """`bed` is its code, for a booking."""

    premises: str
    room: str
    bed: str
    from_: date
    until: date
    reason: str
    reason_name: str
    note: str
    allowed_role: str
    allowed_by: str


class ListOverbookings(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "overbooking.read"

    premises: str
