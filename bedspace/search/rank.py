"""The order of premises that fit: preferred ones first, then by preferences met, then the nearest.

A bed's record that is not fresh counts as some miles farther (`words.farther`), so that staff keep it fresh.
"""

import numpy as np
from numpy.typing import NDArray

from bedspace.search import words
from bedspace.search.ask import Ask
from bedspace.search.ground import Ground
from bedspace.search.prefer import Liked
from bedspace.search.shape import Shape
from bedspace.search.snapshot import Words

Sites = NDArray[np.intp]
Counts = NDArray[np.int64]

SORTED = 500
"""Sites that are sorted whole; of more, those are taken out first that are near enough. A limit is far less."""


def nearest(ground: Ground, sites: Sites, count: int) -> Sites:
    """Of some sites, by true distance alone."""
    far = ground.haversines[sites]
    if len(far) > SORTED:
        near = (far <= np.partition(far, count)[count]).nonzero()[0]
        sites, far = sites[near], far[near]
    found: Sites = sites[far.argsort(kind="stable")[:count]]
    return found


def ranked(ground: Ground, sites: Sites, liked: Liked | None) -> tuple[Sites, list[str]]:
    """The best of the sites that fit, and for each the place that its distance alone would have."""
    shape, ask = ground.snapshot.shape, ground.ask
    if shape.alike and liked is None and not ask.prefer_premises:
        best = nearest(ground, sites, ask.limit)
        return best, list(words.RANKS[: len(best)])
    far = ground.far(sites)
    keys: list[NDArray[np.float64] | Counts] = [
        far if shape.alike else far + _farther(ground.snapshot.shape, liked.best if liked else ground.fits, sites)
    ]
    if liked is not None:
        keys.append(-liked.met[sites])
    if ask.prefer_premises:
        keys.append(_preferred(shape, ask)[sites])
    order = np.lexsort(keys)[: ask.limit]
    places = np.empty(len(sites), np.intp)
    places[far.argsort(kind="stable")] = np.arange(len(sites))
    return sites[order], [words.rank(place + 1) for place in places[order].tolist()]


def preferred_first(ground: Ground, sites: Sites, count: int) -> Sites:
    """Near misses: preferred premises, then the nearest."""
    ask = ground.ask
    if not ask.prefer_premises:
        return nearest(ground, sites, count)
    order: Sites = np.lexsort([ground.haversines[sites], _preferred(ground.snapshot.shape, ask)[sites]])[:count]
    return sites[order]


def _preferred(shape: Shape, ask: Ask) -> Counts:
    """For each site its place among the preferred premises; those that are none come after all of them."""
    places: Counts = np.full(len(shape.sites), len(ask.prefer_premises), np.int64)
    for place, code in enumerate(ask.prefer_premises):
        if code in shape.site_at:
            places[shape.site_at[code]] = place
    return places


def _farther(shape: Shape, fits: Words, sites: Sites) -> Counts:
    """By how many miles the record of the bed that each site would give lowers its rank."""
    if not shape.simple:
        return np.array([_of_first_bed(shape, fits, site) for site in sites.tolist()], np.int64)
    beds = fits[sites]
    lowest = np.bitwise_count((beds & (~beds + np.uint64(1))) - np.uint64(1))
    found: Counts = shape.farther[sites, lowest]
    return found


def _of_first_bed(shape: Shape, fits: Words, site: int) -> int:
    row, beds = next((row, beds) for row in shape.rows_of[site] if (beds := int(fits[row])))
    return int(shape.farther[row, (beds & -beds).bit_length() - 1])
