"""The search: which premises have one bed that meets everything, and what keeps the others from it."""

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bedspace.search import words
from bedspace.search.ask import Ask
from bedspace.search.ground import Ground
from bedspace.search.near import near_misses
from bedspace.search.prefer import Liked, liked
from bedspace.search.rank import preferred_first, ranked
from bedspace.search.shape import WORD, Bed, Shape
from bedspace.search.snapshot import Snapshot, Words
from bedspace.search.survey import survey
from schemas.search import Hit, NearMiss

Sites = NDArray[np.intp]

FEW = 5
"""Near misses that are told even where hits fill the limit; otherwise they fill what the hits leave of it."""


class Found(Struct, frozen=True):
    """Best first, each premises once."""

    hits: list[Hit]
    near_misses: list[NearMiss]


def search(snapshot: Snapshot, ask: Ask, busy: Mapping[int, Words] | None = None) -> Found:
    """Pure. The first night must not lie before the snapshot's base, which is today.

    `busy` has a word for every row, by how many nights the window moves, where that goes past the horizon.
    """
    ground = survey(snapshot, ask, busy)
    found = hits(ground)
    room = min(ask.limit, max(FEW, ask.limit - len(found)))
    return Found(found, near_misses(ground, preferred_first(ground, _others(ground), room)))


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


def hits(ground: Ground) -> list[Hit]:
    """Best first: see `rank`."""
    shape, ask = ground.snapshot.shape, ground.ask
    likes = liked(ground)
    sites, places = ranked(ground, _sites(shape, ground.fits), likes)
    fitting = _fitting(shape, ground.fits, sites)
    best = fitting if likes is None else _fitting(shape, likes.best, sites)
    always = [words.free_for(ask.nights), *_what_it_is(ground)]
    plain = likes is None and not ask.flexible and not ask.prefer_premises and ground.first > 0
    told, first, beds_fit = shape.told, ask.first, words.beds_fit
    found = []
    for site, far, fits, given, place in zip(sites.tolist(), ground.miles(sites), fitting, best, places, strict=True):
        premises, lat, lon, beds = told[site]
        bed = beds[(given & -given).bit_length() - 1]  # the lowest bit of those given
        if fits & (fits - 1):
            spares = beds[fits.bit_length() - 1].scarce > bed.scarce
            reasons = [place, *always, beds_fit(fits.bit_count(), spares), bed.fresh]
        else:
            reasons = [place, *always, bed.fresh]
        if not plain:
            reasons = _all_reasons(ground, likes, site, bed, reasons)
            first = ask.first + timedelta(days=ground.moved(site))
        found.append(Hit(premises, bed.code, far, reasons, lat, lon, first))
    return found


def _what_it_is(ground: Ground) -> list[str]:
    """What every bed found has."""
    ask = ground.ask
    said = [f"This one bed is {words.listed(ground.called(ask.needs))}"] if ask.needs else []
    return said + [words.capital(name) for name in ground.called(ask.must)]


def _all_reasons(ground: Ground, likes: Liked | None, site: int, bed: Bed, reasons: list[str]) -> list[str]:
    """With what was preferred, what the flexibility did, and who is still in the bed."""
    shape, ask = ground.snapshot.shape, ground.ask
    before: list[str] = []
    code = shape.sites[site].code
    if code in ask.prefer_premises:
        before.append(words.preferred(ask.prefer_premises.index(code) + 1, len(ask.prefer_premises)))
    if likes is not None:
        before.append(words.met(ground.called(likes.by(*shape.where[bed.id])), len(ask.prefer)))
    moved = ground.moved(site)
    if moved:
        reasons = [reasons[0], words.moved(ground.day(moved), moved), *reasons[1:]]
    if ground.first + moved == 0 and ground.snapshot.leaves_today(bed.id):
        reasons = [*reasons, words.LEAVES_TODAY]
    return [*before, *reasons]


def _fitting(shape: Shape, fits: Words, sites: Sites) -> list[int]:
    """For each site its beds that fit, as one number: those of a second row are 64 bits up."""
    if shape.simple:
        words_of: list[int] = fits[sites].tolist()
        return words_of
    return [sum(int(fits[row]) << (WORD * n) for n, row in enumerate(shape.rows_of[site])) for site in sites.tolist()]
