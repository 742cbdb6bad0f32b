"""The search: which premises have one bed that meets everything, and what keeps the others from it."""

from datetime import datetime

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bedspace.geography.distance import miles_to_all
from bedspace.nights import london_today
from bedspace.search import words
from bedspace.search.ask import Ask
from bedspace.search.ground import Ground
from bedspace.search.near import near_misses
from bedspace.search.shape import Shape
from bedspace.search.snapshot import FULL, HORIZON, Snapshot, Words
from schemas.search import Hit, NearMiss


class Found(Struct, frozen=True):
    """Nearest first, each premises once."""

    hits: list[Hit]
    near_misses: list[NearMiss]


def search(snapshot: Snapshot, ask: Ask, now: datetime, busy: Words | None = None) -> Found:
    """Pure. The first night must not lie before the snapshot's base.

    `busy` is a word for every row, given where the window goes past the horizon.
    """
    shape = snapshot.shape
    first = (ask.first - snapshot.base).days
    whole = first + ask.nights <= HORIZON
    if busy is None:
        busy = snapshot.window(first, ask.nights)
    far = miles_to_all(ask.lat, ask.lon, shape.lats, shape.lons)
    estate = allowed(shape, ask)
    suits = estate
    for need in ask.needs:
        suits = suits & shape.has[need]
    fits = suits & ~busy
    fit = _sites(shape, fits)
    others = np.setdiff1d(_sites(shape, estate), fit, assume_unique=True)
    ground = Ground(
        snapshot=snapshot, ask=ask, first=first, whole=whole, far=far, estate=estate, suits=suits, busy=busy
    )
    return Found(
        [_hit(ground, place, site, fits, now) for place, site in enumerate(_nearest(fit, far, ask.limit), 1)],
        near_misses(ground, _nearest(others, far, ask.limit)),
    )


def reaches_past(snapshot: Snapshot, ask: Ask) -> bool:
    """Whether the window goes past what the snapshot holds."""
    return (ask.first - snapshot.base).days + ask.nights > HORIZON


def allowed(shape: Shape, ask: Ask) -> Words:
    """The beds of the right estate, outside every zone: what is inside one is not there for this search."""
    beds = shape.estate[ask.gender]
    for zone in ask.zones:
        outside = miles_to_all(zone.lat, zone.lon, shape.lats, shape.lons) > zone.miles
        beds = beds & np.where(outside[shape.site_of_row], np.uint64(FULL), np.uint64(0))
    return beds


def _sites(shape: Shape, beds: Words) -> NDArray[np.intp]:
    """The sites that have any of these beds, in their order, each once."""
    sites: NDArray[np.intp] = shape.site_of_row[np.flatnonzero(beds)]
    if len(shape.sites) == len(shape.beds):
        return sites
    once: NDArray[np.intp] = sites[np.diff(sites, prepend=-1) != 0]
    return once


def _nearest(sites: NDArray[np.intp], far: NDArray[np.float64], limit: int) -> list[int]:
    nearest: list[int] = sites[np.argsort(far[sites], kind="stable")[:limit]].tolist()
    return nearest


def _hit(ground: Ground, place: int, site: int, fits: Words, now: datetime) -> Hit:
    """The best bed of the site is its lowest bit."""
    shape, ask = ground.snapshot.shape, ground.ask
    held = [(row, int(fits[row])) for row in shape.rows_of[site]]
    row, beds = next((row, beds) for row, beds in held if beds)
    bed = shape.beds[row][(beds & -beds).bit_length() - 1]
    reasons = [words.rank(place), words.free_for(ask.nights)]
    if ask.needs:
        reasons.append(ground.has_all)
    count = sum(beds.bit_count() for _, beds in held)
    if count > 1:
        last = max((row, beds.bit_length() - 1) for row, beds in held if beds)
        reasons.append(words.beds_fit(count, spares=shape.beds[last[0]][last[1]].scarce > bed.scarce))
    reasons.append(words.confirmed(bed.confirmed_at, london_today(now)))
    return Hit(
        premises=shape.at[site],
        bed=bed.code,
        miles=ground.miles(site),
        reasons=reasons,
        lat=shape.sites[site].lat,
        lon=shape.sites[site].lon,
    )
