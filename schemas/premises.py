"""Premises, and what they offer."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from schemas.words import Gender

PremisesType = Literal["standard", "pipe", "esap", "rfap", "mental_health", "independent"]


class Characteristic(Struct, frozen=True, kw_only=True):
    """Something a room or premises offers, and a search can ask for. `code` is what `needs` takes."""

    code: str
    name: str
    scope: Literal["premises", "room"]


class BedRow(Struct, frozen=True, kw_only=True):
    """`opens` is its first night; `closes`, where it has one, the first night on which it is no more."""

    code: str
    opens: date
    closes: date | None
    confirmed_at: datetime | None
    """When somebody there last said that this record is right."""
    temporary: bool = False
    """Added by an overbooking, for one person and a time: no search offers it, and no capacity counts it."""


class RoomRow(Struct, frozen=True, kw_only=True):
    name: str
    characteristics: list[str]
    beds: list[BedRow]


class PremisesRow(Struct, frozen=True, kw_only=True):
    """One line of a list of premises. `beds` counts those that are open today."""

    code: str
    name: str
    postcode: str
    lat: float
    lon: float
    pdu: str | None
    gender: Gender
    type: PremisesType
    invented: bool
    beds: int
    characteristics: list[str]
    """Of the premises as a whole; rooms have their own."""


class PremisesDetail(PremisesRow, frozen=True, kw_only=True):
    rooms: list[RoomRow]


class PremisesPage(Struct, frozen=True, kw_only=True):
    """By code. `next` is the cursor of the next page."""

    items: list[PremisesRow]
    next: str | None = None
