"""What one search stands on while it is answered."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from bedspace.geography.distance import miles_of, tenths_of
from bedspace.search import words
from bedspace.search.ask import Ask
from bedspace.search.restricted import open_to
from bedspace.search.snapshot import Snapshot, Words


class Window(Struct):
    """Nights that would do: those asked for, or moved within the flexibility given."""

    moved: int
    """By how many nights."""
    busy: Words
    """All beds that are busy some night of it."""
    fits: Words
    """Those that have everything and are free every night."""


class Ground(Struct, kw_only=True):
    """Words for every row, distances for every site."""

    snapshot: Snapshot
    ask: Ask
    first: int
    """First night, counted from the snapshot's base."""
    whole: bool
    """Whether all windows lie within the horizon; past it, no other dates are offered."""
    haversines: NDArray[np.float64]
    """To each site: in the order of their distances."""
    estate: Words
    """Beds that are there for this search: see `allowed`."""
    suits: Words
    """Those of them that have everything asked for, restrictions aside."""
    windows: Sequence[Window]
    """The one asked for first, then the nearest to it."""
    fits: Words
    """Of each row the beds that fit in the first window in which its site fits."""
    which: NDArray[np.intp] | None = None
    """For each site that window, where there are several."""
    found: dict[str, str] = field(default_factory=dict)
    """What has been said of a need already."""

    @property
    def names(self) -> dict[str, str]:
        return self.snapshot.shape.names

    def far(self, sites: NDArray[np.intp]) -> NDArray[np.float64]:
        """In miles."""
        return miles_of(self.haversines[sites])

    def miles(self, sites: NDArray[np.intp]) -> list[float]:
        """To one decimal."""
        tenths = tenths_of(self.haversines[sites])
        tenths /= 10
        miles: list[float] = tenths.tolist()
        return miles

    def called(self, codes: Sequence[str]) -> list[str]:
        return [self.names[code] for code in codes]

    def moved(self, site: int) -> int:
        """By how many nights the window moves in which a site fits."""
        return 0 if self.which is None else self.windows[self.which[site]].moved

    def day(self, later: int) -> str:
        """The first night, moved: `3 December 2026`."""
        return self.snapshot.day(self.first + later)

    def not_listed(self, code: str) -> str:
        """That premises have no bed with this, and where the nearest is that has one."""
        if code not in self.found:
            self.found[code] = words.not_listed(self.names[code], self.nearest(code))
        return self.found[code]

    def nearest(self, code: str) -> tuple[str, float] | None:
        """The nearest premises with a bed that has this on the nights asked for, free or not: name and miles."""
        shape = self.snapshot.shape
        beds = open_to(shape, self.estate & shape.has[code], (code,), self.first, self.ask.nights)
        rows = beds.nonzero()[0]
        sites = rows if shape.simple else shape.site_of_row[rows]
        if not len(sites):
            return None
        site = sites[[self.haversines[sites].argmin()]]
        return shape.at[int(site[0])].name, self.miles(site)[0]
