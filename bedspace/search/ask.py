"""What a search is asked, with postcodes turned into points and everything checked."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from msgspec import Struct

from bedspace.geography.area import Corners
from schemas.words import Gender

BY_TYPE = {"pipe": "pipe", "esap": "esap", "rfap": "rfap", "mental_health": "mhap"}
"""Type of premises → the characteristic that stands for it. Independent premises have none, and are told by type."""


class Spot(Protocol):
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


class Places(Protocol):
    """What a search needs of the postcodes."""

    def point(self, near: str) -> Spot:
        """Of a postcode or an outward code. Raises `Invalid`."""
        ...

    def find(self, text: str) -> Spot | None:
        """Of a full postcode."""
        ...

    def is_district(self, outward: str) -> bool:
        """Whether this is an outward code in use."""
        ...


class Zone(Struct, frozen=True):
    """A circle in which nothing may be offered. Never shown, only obeyed."""

    lat: float
    lon: float
    miles: float


class Ask(Struct, frozen=True, kw_only=True):
    """A need, ready to be searched: nights `[first, first + nights)` in London, `needs` without repeats."""

    lat: float
    lon: float
    first: date
    nights: int
    gender: Gender
    needs: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()
    limit: int = 20
    must: tuple[str, ...] = ()
    """Characteristics that offences ask for: as needs, and no change is offered that leaves one out."""
    prefer: tuple[str, ...] = ()
    prefer_premises: tuple[str, ...] = ()
    """Codes, the most preferred first."""
    earlier: int = 0
    """By how many nights the window may begin earlier; never before today."""
    later: int = 0
    independent: bool = False
    """Of independent premises only."""
    areas: tuple[Corners, ...] = ()
    """As zones, of any shape."""
    districts: frozenset[str] = frozenset()
    """Outward codes in which nothing may be offered."""
    excluded: frozenset[str] = frozenset()
    """Codes of premises that may not be offered: asked for, or because of who is there."""

    @property
    def codes(self) -> tuple[str, ...]:
        """All that one bed must have."""
        return self.needs + self.must

    @property
    def flexible(self) -> bool:
        return bool(self.earlier or self.later)


def once(codes: Iterable[str]) -> tuple[str, ...]:
    """Without repeats, in order."""
    return tuple(dict.fromkeys(codes))
