"""What one search stands on while it is answered."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property, reduce

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from bedspace.nights import spoken
from bedspace.search import words
from bedspace.search.ask import Ask
from bedspace.search.snapshot import Snapshot, Words


class Ground(Struct, kw_only=True, dict=True):
    """Words for every row, miles for every site."""

    snapshot: Snapshot
    ask: Ask
    first: int
    """First night, counted from the snapshot's base."""
    whole: bool
    """Whether the window lies within the horizon; past it, no other dates are offered."""
    far: NDArray[np.float64]
    estate: Words
    """Beds of the right estate outside every zone."""
    suits: Words
    """Those of them that have everything asked for."""
    busy: Words
    """All beds that are busy some night of the window."""
    found: dict[str, tuple[str, float] | None] = field(default_factory=dict)

    @cached_property
    def has_all(self) -> str:
        return f"This one bed is {words.listed(self.called(self.ask.needs))}"

    def called(self, codes: Sequence[str]) -> list[str]:
        return [self.snapshot.shape.names[code] for code in codes]

    def having(self, codes: Sequence[str]) -> Words:
        """The beds of the estate that have all of these."""
        has = self.snapshot.shape.has
        return reduce(np.bitwise_and, (has[code] for code in codes), self.estate)

    def day(self, later: int) -> str:
        """The first night, moved: `3 December 2026`."""
        return spoken(self.ask.first + timedelta(days=later))

    def miles(self, site: int) -> float:
        return round(float(self.far[site]), 1)

    def nearest(self, code: str) -> tuple[str, float] | None:
        """The nearest premises with a bed that has this, free or not: name and miles."""
        if code not in self.found:
            shape = self.snapshot.shape
            sites = shape.site_of_row[np.flatnonzero(self.having([code]))]
            site = int(sites[np.argmin(self.far[sites])]) if len(sites) else None
            self.found[code] = None if site is None else (shape.at[site].name, self.miles(site))
        return self.found[code]
