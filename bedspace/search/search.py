"""The search: which premises have one bed that meets everything, and what keeps the others from it."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bedspace.search import words
from bedspace.search.ask import Ask
from bedspace.search.ground import Ground
from bedspace.search.near import near_misses
from bedspace.search.shape import WORD, Bed, Shape
from bedspace.search.snapshot import FULL, HORIZON, Snapshot, Words
from schemas.search import Hit, NearMiss

Sites = NDArray[np.intp]

FEW = 5
"""Near misses that are told even where hits fill the limit; otherwise they fill what the hits leave of it."""


SORTED = 500
"""Sites that are sorted whole; of more, those are taken out first that are near enough. A limit is far less."""


class Found(Struct, frozen=True):
    """Nearest first, each premises once."""

    hits: list[Hit]
    near_misses: list[NearMiss]


def search(snapshot: Snapshot, ask: Ask, busy: Words | None = None) -> Found:
    """Pure. The first night must not lie before the snapshot's base, which is today.

    `busy` is a word for every row, given where the window goes past the horizon.
    """
    ground = survey(snapshot, ask, busy)
    found = hits(ground)
    room = min(ask.limit, max(FEW, ask.limit - len(found)))
    return Found(found, near_misses(ground, _nearest(ground, _others(ground), room)))


def survey(snapshot: Snapshot, ask: Ask, busy: Words | None = None) -> Ground:
    """Everything that one search looks at, for every row and site."""
    shape, first = snapshot.shape, (ask.first - snapshot.base).days
    estate = _allowed(shape, ask)
    suits = estate
    for need in ask.needs:
        suits = suits & shape.has[need]
    if busy is None:
        busy = snapshot.window(first, ask.nights)
    return Ground(
        snapshot=snapshot,
        ask=ask,
        first=first,
        whole=first + ask.nights <= HORIZON,
        far=shape.points.miles_from(ask.lat, ask.lon),
        estate=estate,
        suits=suits,
        busy=busy,
        fits=suits & ~busy,
    )


def reaches_past(snapshot: Snapshot, ask: Ask) -> bool:
    """Whether the window goes past what the snapshot holds."""
    return (ask.first - snapshot.base).days + ask.nights > HORIZON


def _allowed(shape: Shape, ask: Ask) -> Words:
    """The beds of the right estate, outside every zone: what is inside one is not there for this search."""
    beds = shape.estate[ask.gender]
    for zone in ask.zones:
        outside = shape.points.miles_from(zone.lat, zone.lon) > zone.miles
        beds = beds & np.where(outside[shape.site_of_row], np.uint64(FULL), np.uint64(0))
    return beds


def _sites(shape: Shape, beds: Words) -> Sites:
    """The sites that have any of these beds, in their order, each once."""
    rows: Sites = beds.nonzero()[0]
    if shape.simple:
        return rows
    sites = shape.site_of_row[rows]
    once: Sites = sites[np.diff(sites, prepend=-1) != 0]
    return once


def _others(ground: Ground) -> Sites:
    """The sites of the estate that do not fit."""
    shape = ground.snapshot.shape
    if shape.simple:
        return (ground.estate.astype(np.bool_) > ground.fits.astype(np.bool_)).nonzero()[0]
    left = np.zeros(len(shape.sites), np.bool_)
    left[_sites(shape, ground.estate)] = True
    left[_sites(shape, ground.fits)] = False
    others: Sites = left.nonzero()[0]
    return others


def _nearest(ground: Ground, sites: Sites, count: int) -> Sites:
    far = ground.far[sites]
    if len(far) > SORTED:
        near = (far <= np.partition(far, count)[count]).nonzero()[0]
        sites, far = sites[near], far[near]
    nearest: Sites = sites[far.argsort(kind="stable")[:count]]
    return nearest


def hits(ground: Ground) -> list[Hit]:
    """Nearest first."""
    shape, ask = ground.snapshot.shape, ground.ask
    sites = _nearest(ground, _sites(shape, ground.fits), ask.limit)
    always = [words.free_for(ask.nights)]
    if ask.needs:
        always.append(f"This one bed is {words.listed(ground.called(ask.needs))}")
    found = []
    for site, far, fits, rank in zip(
        sites.tolist(), ground.miles(sites), _fitting(ground, sites), words.RANKS, strict=False
    ):
        bed, beds = _best(shape, fits, site)
        row = shape.sites[site]
        found.append(
            Hit(
                premises=shape.at[site],
                bed=bed.code,
                miles=far,
                reasons=[rank, *always, *beds, bed.fresh],
                lat=row.lat,
                lon=row.lon,
            )
        )
    return found


def _fitting(ground: Ground, sites: Sites) -> list[int]:
    """For each site its beds that fit, as one number: those of a second row are 64 bits up."""
    shape = ground.snapshot.shape
    if shape.simple:
        words_of: list[int] = ground.fits[sites].tolist()
        return words_of
    return [
        sum(int(ground.fits[row]) << (WORD * n) for n, row in enumerate(shape.rows_of[site])) for site in sites.tolist()
    ]


def _best(shape: Shape, fits: int, site: int) -> tuple[Bed, Sequence[str]]:
    """The bed to give, which is the lowest bit; and where several fit, how many, and whether it spares scarcer ones."""
    beds, count = shape.beds_of[site], fits.bit_count()
    bed = beds[(fits & -fits).bit_length() - 1]
    if count == 1:
        return bed, ()
    return bed, (words.beds_fit(count, beds[fits.bit_length() - 1].scarce > bed.scarce),)
