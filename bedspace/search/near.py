"""Near misses: why premises do not fit, and the smallest changes that would make them fit."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from bedspace.search import words
from bedspace.search.alternatives import Counts, Rows, first_later, longest_run
from bedspace.search.ground import Ground
from bedspace.search.snapshot import Words
from schemas.search import NearMiss


def near_misses(ground: Ground, sites: Sequence[int]) -> list[NearMiss]:
    """Of premises of the right estate outside every zone, in the order given."""
    if not sites:
        return []
    shape, missed = ground.snapshot.shape, Missed(ground, sites)
    why, fits_if = missed.why(), missed.fits_if()
    miles: list[float] = ground.far[sites].round(1).tolist()
    return [
        NearMiss(
            premises=shape.at[site],
            miles=miles[n],
            why=why[site],
            fits_if=fits_if[site],
            lat=shape.sites[site].lat,
            lon=shape.sites[site].lon,
        )
        for n, site in enumerate(sites)
    ]


class Missed:
    """The rows of some sites, picked out once: words for each of these rows."""

    def __init__(self, ground: Ground, sites: Sequence[int]) -> None:
        shape = ground.snapshot.shape
        self.ground = ground
        self.needs = ground.ask.needs
        self.sites = sites
        self.rows: Rows = np.array(
            sites if shape.simple else [row for site in sites for row in shape.rows_of[site]], np.intp
        )
        self.site_of: list[int] = shape.site_of_row[self.rows].tolist()
        self.estate = ground.estate[self.rows]
        self.free = ~ground.busy[self.rows]
        self.has = {need: shape.has[need][self.rows] for need in self.needs}
        self.suits = ground.suits[self.rows]

    def having(self, kept: Iterable[str]) -> Words:
        """The beds that have these."""
        beds = self.estate
        for need in kept:
            beds = beds & self.has[need]
        return beds

    def having_rest(self, drop: Sequence[str]) -> tuple[Words, str]:
        """The beds that have all but these needs, and how that is said."""
        kept = [need for need in self.needs if need not in drop]
        return self.having(kept), words.without(self.ground.called(drop), self.ground.called(kept))

    # why

    def why(self) -> dict[int, list[str]]:
        beds, needs = self._count(self.suits), self.ground.called(self.needs)
        one, many = words.none_free(self.ground.ask.nights, needs)
        missing = self.missing([site for site, count in beds.items() if not count])
        reasons = {}
        for site, count in beds.items():
            if count:
                reasons[site] = [one if count == 1 else f"None of its {count} {many}"]
            elif missing[site]:
                reasons[site] = [self.ground.not_listed(need) for need in missing[site]]
            else:
                reasons[site] = [words.not_together(needs)]
        return reasons

    def missing(self, sites: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The needs that no bed of these sites meets."""
        if not sites:
            return {}
        counts = {need: self._count(self.having([need])) for need in self.needs}
        return {site: tuple(need for need in self.needs if not counts[need][site]) for site in sites}

    def _count(self, beds: Words) -> dict[int, int]:
        """How many of these beds each site has."""
        counts = np.bitwise_count(beds).tolist()
        if self.ground.snapshot.shape.simple:
            return dict(zip(self.site_of, counts, strict=True))
        total = dict.fromkeys(self.sites, 0)
        for site, count in zip(self.site_of, counts, strict=True):
            total[site] += count
        return total

    # what would fit

    def fits_if(self) -> dict[int, list[str]]:
        """By one change: a later first night, fewer nights, or one need less. Otherwise by a greater one."""
        changes: dict[int, list[str]] = {site: [] for site in self.sites}
        if self.ground.whole:
            self._note(changes, self._later(self.suits), self.ground.from_day)
            self._note(changes, self._fewer(), words.shorter)
        for need in self.needs:
            suits, change = self.having_rest([need])
            for site in self._free_in(suits):
                changes[site].append(change)
        left = [site for site, found in changes.items() if not found] if self.needs else []
        for site, change in self._greater(left):
            changes[site].append(change)
        return changes

    def _note(self, changes: dict[int, list[str]], counts: Counts, say: Callable[[int], str]) -> None:
        for site, count in self._least(counts):
            changes[site].append(say(count))

    def _later(self, suits: Words) -> Counts:
        return first_later(self.ground.snapshot, self.rows, suits, self.ground.first, self.ground.ask.nights)

    def _fewer(self) -> Counts:
        """By how many nights a stay must be shorter; 0 where not even the first night is free."""
        nights = self.ground.ask.nights
        runs = longest_run(self.ground.snapshot, self.rows, self.suits, self.ground.first, nights)
        return np.where(runs == 0, 0, nights - runs)

    def _least(self, counts: Counts) -> Iterable[tuple[int, int]]:
        """Each site with the least count of its rows; none where all of them are 0."""
        least: dict[int, int] = {}
        for site, count in zip(self.site_of, counts.tolist(), strict=True):
            if count and count < least.get(site, 1 << 30):
                least[site] = count
        return least.items()

    def _free_in(self, suits: Words) -> Iterable[int]:
        """The sites where one of these beds is free in the window."""
        return dict.fromkeys([self.site_of[n] for n in (suits & self.free).nonzero()[0].tolist()])

    def _greater(self, sites: Sequence[int]) -> Iterator[tuple[int, str]]:
        """All missing needs left out; or, where that is not enough, needs left out and a later first night."""
        missing = self.missing(sites)
        done: set[int] = set()
        for drop in {codes for codes in missing.values() if len(codes) > 1}:
            suits, change = self.having_rest(drop)
            free = [site for site in self._free_in(suits) if missing.get(site) == drop]
            done.update(free)
            yield from ((site, change) for site in free)
        if self.ground.whole and len(done) < len(sites):
            yield from self._later_without({site: missing[site] for site in sites if site not in done})

    def _later_without(self, missing: dict[int, tuple[str, ...]]) -> Iterator[tuple[int, str]]:
        soonest: dict[int, tuple[int, str]] = {}
        several = dict.fromkeys(codes for codes in missing.values() if len(codes) > 1)
        for drop in [*((need,) for need in self.needs), *several]:
            suits, change = self.having_rest(drop)
            those = {site for site, codes in missing.items() if len(drop) == 1 or codes == drop}
            suits = np.where([site in those for site in self.site_of], suits, np.uint64(0))
            for site, moved in self._least(self._later(suits)):
                if site not in soonest or moved < soonest[site][0]:
                    soonest[site] = (moved, change)
        for site, (moved, change) in soonest.items():
            yield site, f"{change}, from {self.ground.day(moved)}"
