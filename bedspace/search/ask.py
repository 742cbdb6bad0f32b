"""What a search is asked, with postcodes turned into points and everything checked."""

from datetime import date
from difflib import get_close_matches
from typing import Protocol

from msgspec import Struct

from bedspace.nights import until
from schemas.errors import FieldFault, Invalid
from schemas.search import Avoid, Need
from schemas.words import Gender


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


def understand(need: Need, places: Places) -> Ask:
    """Raises `Invalid`."""
    until(need.from_, need.nights)
    point = places.point(need.near)
    return Ask(
        lat=point.lat,
        lon=point.lon,
        first=need.from_,
        nights=need.nights,
        gender=need.gender,
        needs=tuple(dict.fromkeys(need.needs)),
        zones=tuple(_zone(avoid, n, places) for n, avoid in enumerate(need.avoid, 1)),
        limit=need.limit,
    )


def _zone(avoid: Avoid, n: int, places: Places) -> Zone:
    """An error names the zone by its number: its postcode may be where a victim lives."""
    place = places.find(avoid.postcode)
    if place is None:
        raise Invalid.because("avoid", f"Zone {n} has no full postcode of England and Wales. Check it.")
    return Zone(place.lat, place.lon, avoid.miles)


def refuse_unknown(needs: tuple[str, ...], known: dict[str, str]) -> None:
    """Raises `Invalid` naming each need that is no characteristic, and the nearest that are."""
    faults = [FieldFault("needs", _unknown(need, known)) for need in needs if need not in known]
    if faults:
        raise Invalid(*faults)


def _unknown(need: str, known: dict[str, str]) -> str:
    wanted = need.strip().lower().replace("-", "_").replace(" ", "_")
    close = get_close_matches(wanted, known, n=3, cutoff=0.6)
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return f"There is no need “{need[:40]}”.{meant} `GET /api/v1/characteristics` lists them all."
