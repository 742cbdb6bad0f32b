"""Near misses: why premises do not fit, and the smallest changes that would make them fit."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from bedspace.search import words
from bedspace.search.alternatives import Rows, first_later, longest_run
from bedspace.search.ground import Ground
from bedspace.search.snapshot import HORIZON, Words
from schemas.search import NearMiss


def near_misses(ground: Ground, places: Rows) -> list[NearMiss]:
    """Of premises of the right estate outside every zone, in the order given."""
    sites: list[int] = places.tolist()
    if not sites:
        return []
    shape, missed = ground.snapshot.shape, Missed(ground, sites)
    why, fits_if = missed.why(), missed.fits_if()
    miles = ground.miles(places)
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
            self._other_nights(changes)
        for need in self.needs:
            suits, change = self.having_rest([need])
            for site in self._free_in(suits):
                changes[site].append(change)
        left = [site for site, found in changes.items() if not found] if self.needs else []
        if left:
            self._greater_changes(left, changes)
        return changes

    def _other_nights(self, changes: dict[int, list[str]]) -> None:
        ground, nights = self.ground, self.ground.ask.nights
        later = first_later(ground.snapshot, self.rows, self.suits, ground.first, nights)
        for site, count in least(self.site_of, later):
            changes[site].append(words.later(ground.day(count)))
        runs = longest_run(ground.snapshot, self.rows, self.suits, ground.first, nights)
        for site, count in least(self.site_of, [nights - run if run else 0 for run in runs]):
            changes[site].append(words.shorter(count))

    def _free_in(self, suits: Words) -> Iterable[int]:
        """The sites where one of these beds is free in the window."""
        return dict.fromkeys([self.site_of[n] for n in (suits & self.free).nonzero()[0].tolist()])

    def _greater_changes(self, sites: Sequence[int], changes: dict[int, list[str]]) -> None:
        """All missing needs left out; or, where that is not enough, needs left out and a later first night."""
        missing = self.missing(sites)
        for drop in several(missing):
            suits, change = self.having_rest(drop)
            for site in self._free_in(suits):
                if missing.get(site) == drop:
                    changes[site].append(change)
        left = {site: codes for site, codes in missing.items() if not changes[site]}
        if self.ground.whole and left:
            for site, change in self._later_without(left):
                changes[site].append(change)

    def _later_without(self, missing: dict[int, tuple[str, ...]]) -> Iterator[tuple[int, str]]:
        """For each site the drop that lets it fit soonest; of two, the one named first."""
        ground, drops = self.ground, [*((need,) for need in self.needs), *several(missing)]
        rests = [self.having_rest(drop) for drop in drops]
        tried = [
            (n, row)
            for n, drop in enumerate(drops)
            for row, site in enumerate(self.site_of)
            if site in missing and (len(drop) == 1 or missing[site] == drop)
        ]
        rows = np.array([row for _, row in tried], np.intp)
        suits = np.array([suits for suits, _ in rests])[[n for n, _ in tried], rows]
        later = first_later(ground.snapshot, self.rows[rows], suits, ground.first, ground.ask.nights)
        soonest: dict[int, tuple[int, int]] = {}
        for (n, row), moved in zip(tried, later, strict=True):
            site = self.site_of[row]
            if moved and (site not in soonest or (moved, n) < soonest[site]):
                soonest[site] = (moved, n)
        for site, (moved, n) in soonest.items():
            yield site, f"{rests[n][1]}, from {ground.day(moved)}"


def several(missing: dict[int, tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """The sets of more than one need that some site is missing, in their order."""
    return dict.fromkeys(codes for codes in missing.values() if len(codes) > 1)


def least(site_of: Sequence[int], counts: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Each site with the least count of its rows; none where all of them are 0."""
    found: dict[int, int] = {}
    for site, count in zip(site_of, counts, strict=True):
        if count and count < found.get(site, HORIZON):
            found[site] = count
    return found.items()
