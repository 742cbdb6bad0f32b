"""Preferences: characteristics that raise the rank of premises, and choose among their beds, and exclude none."""

from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bedspace.search.ground import Ground
from bedspace.search.restricted import limits
from bedspace.search.snapshot import Words


class Liked(Struct):
    """How the preferences of a search are met by what fits."""

    best: Words
    """Of the beds that fit, those that meet as many as any bed of their site does."""
    met: NDArray[np.int64]
    """For each site, how many these are."""
    has: dict[str, Words]
    """The beds that have each."""

    def by(self, row: int, bit: int) -> list[str]:
        """The preferences that one bed meets."""
        return [code for code, beds in self.has.items() if int(beds[row]) >> bit & 1]


def liked(ground: Ground) -> Liked | None:
    """None where nothing is preferred."""
    shape, prefer = ground.snapshot.shape, ground.ask.prefer
    if not prefer:
        return None
    has = {code: _open_to(ground, code) for code in prefer}
    levels = [ground.fits]  # beds that fit and meet at least so many
    for beds in has.values():
        more = pairwise([*levels, np.zeros_like(ground.fits)])
        levels = [ground.fits, *(enough | (fewer & beds) for fewer, enough in more)]
    of_row: NDArray[np.int64] = np.add.reduce([beds != 0 for beds in levels[1:]], axis=0, dtype=np.int64)
    met = np.zeros(len(shape.sites), np.int64)
    np.maximum.at(met, shape.site_of_row, of_row)
    best: Words = np.array(levels)[met[shape.site_of_row], np.arange(len(ground.fits))]
    return Liked(best, met, has)


def _open_to(ground: Ground, code: str) -> Words:
    """The beds that have this on every night of the window in which their site fits."""
    shape, nights = ground.snapshot.shape, ground.ask.nights
    beds = shape.has[code]
    for site, begins, end in limits(shape, (code,)):
        first = ground.first + ground.moved(site)
        if begins < first + nights and end > first:
            beds = beds.copy()
            beds[shape.rows_of[site]] = 0
    return beds
