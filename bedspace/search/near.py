"""Near misses: why premises do not fit, and the smallest changes that would make them fit."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from bedspace.search import words
from bedspace.search.alternatives import Rows, first_later, longest_run
from bedspace.search.ground import Ground, Window
from bedspace.search.restricted import Nights, among
from bedspace.search.shape import FOREVER
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
        NearMiss(shape.at[site], far, why[site], fits_if[site], shape.sites[site].lat, shape.sites[site].lon)
        for site, far in zip(sites, miles, strict=True)
    ]


class Missed:
    """The rows of some sites, picked out once: words for each of these rows."""

    def __init__(self, ground: Ground, sites: Sequence[int]) -> None:
        shape = ground.snapshot.shape
        self.ground = ground
        self.needs, self.must = ground.ask.needs, ground.ask.must
        self.sites = sites
        self.rows: Rows = np.array(
            sites if shape.simple else [row for site in sites for row in shape.rows_of[site]], np.intp
        )
        self.site_of: list[int] = shape.site_of_row[self.rows].tolist()
        self.estate = ground.estate[self.rows]
        self.free = [~window.busy[self.rows] for window in ground.windows]
        self.has = {code: shape.has[code][self.rows] for code in ground.ask.codes}
        self.suits = ground.suits[self.rows]

    def having(self, kept: Iterable[str]) -> Words:
        """The beds that have these."""
        beds = self.estate
        for need in kept:
            beds = beds & self.has[need]
        return beds

    def having_rest(self, drop: Sequence[str]) -> tuple[Words, list[Nights], str]:
        """The beds that have all but these needs, when their rows are shut, and how that is said."""
        kept = [need for need in self.needs if need not in drop]
        codes = (*kept, *self.must)
        change = words.without(self.ground.called(drop), self.ground.called(kept))
        return self.having(codes), self.shut(codes), change

    def shut(self, codes: Iterable[str]) -> list[Nights]:
        """The nights on which restrictions keep a row from having all of these."""
        shape = self.ground.snapshot.shape
        return among(shape, codes, self.site_of) if shape.restricted else []

    # why

    def why(self) -> dict[int, list[str]]:
        ask, codes = self.ground.ask, self.ground.ask.codes
        beds, called = self._count(self.suits), self.ground.called(codes)
        one, many = words.none_free(ask.nights, called, flexible=ask.flexible)
        missing = self.missing([site for site, count in beds.items() if not count], codes)
        reasons = {}
        for site, count in beds.items():
            if count:
                reasons[site] = [one if count == 1 else f"None of its {count} {many}"]
            elif missing[site]:
                reasons[site] = [self.ground.not_listed(code) for code in missing[site]]
            else:
                reasons[site] = [words.not_together(called)]
        if self.ground.snapshot.shape.restricted:
            self._why_restricted(reasons, beds)
        return reasons

    def _why_restricted(self, reasons: dict[int, list[str]], beds: dict[int, int]) -> None:
        """Restrictions of the nights asked for come first; they are all there is to say where a bed is free."""
        ground = self.ground
        free = {self.site_of[n] for n in (self.suits & self.free[0]).nonzero()[0].tolist()}
        said: dict[int, list[str]] = {}
        for code in ground.ask.codes:
            told: set[Nights] = set()
            for n, begins, end in self.shut((code,)):
                site = self.site_of[n]
                if beds[site] and (site, begins, end) not in told and self._on(begins, end, 0):
                    told.add((site, begins, end))
                    since = ground.day(begins - ground.first) if begins > ground.first else None
                    until = ground.day(end - ground.first) if end < FOREVER else None
                    said.setdefault(site, []).append(words.restricted(ground.names[code], since, until))
        for site, found in said.items():
            reasons[site] = found if site in free else [*found, *reasons[site]]

    def _on(self, begins: int, end: int, moved: int) -> bool:
        """Whether nights counted from the base are among those of a window."""
        first = self.ground.first + moved
        return begins < first + self.ground.ask.nights and end > first

    def missing(self, sites: Sequence[int], codes: Sequence[str]) -> dict[int, tuple[str, ...]]:
        """Those of the codes that no bed of these sites has."""
        if not sites:
            return {}
        counts = {code: self._count(self.having([code])) for code in codes}
        return {site: tuple(code for code in codes if not counts[code][site]) for site in sites}

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
            self._later(changes)
            self._shorter(changes)
        for need in self.needs:
            suits, shut, change = self.having_rest([need])
            for site, window in self._free_in(suits, shut).items():
                changes[site].append(self._begun(change, window))
        left = [site for site, found in changes.items() if not found] if self.needs else []
        if left:
            self._greater_changes(left, changes)
        return changes

    def _later(self, changes: dict[int, list[str]]) -> None:
        """After the last night on which a hit might have begun."""
        ground, ask = self.ground, self.ground.ask
        shut, last = self.shut(ask.codes), ground.first + ask.later
        later = first_later(ground.snapshot, self.rows, self.suits, last, ask.nights, shut)
        ends = {(self.site_of[n], end) for n, begins, end in shut if self._on(begins, end, 0)}
        for site, count in self._least(later):
            say = words.takes if (site, last + count) in ends else words.later
            changes[site].append(say(ground.day(ask.later + count)))

    def _shorter(self, changes: dict[int, list[str]]) -> None:
        ground, nights = self.ground, self.ground.ask.nights
        shut = self.shut(ground.ask.codes)
        best: dict[int, tuple[int, int]] = {}
        for n, window in enumerate(ground.windows):
            runs = longest_run(ground.snapshot, self.rows, self.suits, ground.first + window.moved, nights, shut)
            for site, count in self._least([nights - run if run else 0 for run in runs]):
                best[site] = min(best.get(site, (HORIZON, 0)), (count, n))
        for site, (count, n) in best.items():
            changes[site].append(self._begun(words.shorter(count), ground.windows[n]))

    def _least(self, counts: Sequence[int]) -> Iterable[tuple[int, int]]:
        """Each site with the least count of its rows; none where all of them are 0."""
        if self.ground.snapshot.shape.simple:
            return [one for one in zip(self.sites, counts, strict=True) if one[1]]
        found: dict[int, int] = {}
        for site, count in zip(self.site_of, counts, strict=True):
            if count and count < found.get(site, HORIZON):
                found[site] = count
        return found.items()

    def _begun(self, change: str, window: Window) -> str:
        return f"{change}, from {self.ground.day(window.moved)}" if window.moved else change

    def _free_in(self, suits: Words, shut: Sequence[Nights]) -> dict[int, Window]:
        """The sites where one of these beds is free in a window, and the first such window."""
        found: dict[int, Window] = {}
        for window, free in zip(self.ground.windows, self.free, strict=True):
            closed = {n for n, begins, end in shut if self._on(begins, end, window.moved)}
            for n in (suits & free).nonzero()[0].tolist():
                if n not in closed:
                    found.setdefault(self.site_of[n], window)
        return found

    def _greater_changes(self, sites: Sequence[int], changes: dict[int, list[str]]) -> None:
        """All missing needs left out; or, where that is not enough, needs left out and a later first night."""
        missing = self.missing(sites, self.needs)
        for drop in several(missing):
            suits, shut, change = self.having_rest(drop)
            for site, window in self._free_in(suits, shut).items():
                if missing.get(site) == drop:
                    changes[site].append(self._begun(change, window))
        left = {site: codes for site, codes in missing.items() if not changes[site]}
        if self.ground.whole and left:
            for site, change in self._later_without(left):
                changes[site].append(change)

    def _later_without(self, missing: dict[int, tuple[str, ...]]) -> Iterator[tuple[int, str]]:
        """For each site the drop that lets it fit soonest; of two, the one named first."""
        ground, ask = self.ground, self.ground.ask
        drops = [*((need,) for need in self.needs), *several(missing)]
        rests = [self.having_rest(drop) for drop in drops]
        tried = [
            (n, row)
            for n, drop in enumerate(drops)
            for row, site in enumerate(self.site_of)
            if site in missing and (len(drop) == 1 or missing[site] == drop)
        ]
        rows = np.array([row for _, row in tried], np.intp)
        suits = np.array([suits for suits, _, _ in rests])[[n for n, _ in tried], rows]
        shut = [
            (place, begins, end) for place, (n, row) in enumerate(tried) for at, begins, end in rests[n][1] if at == row
        ]
        later = first_later(ground.snapshot, self.rows[rows], suits, ground.first + ask.later, ask.nights, shut)
        soonest: dict[int, tuple[int, int]] = {}
        for (n, row), moved in zip(tried, later, strict=True):
            site = self.site_of[row]
            if moved and (site not in soonest or (moved, n) < soonest[site]):
                soonest[site] = (moved, n)
        for site, (moved, n) in soonest.items():
            yield site, f"{rests[n][2]}, from {ground.day(ask.later + moved)}"


def several(missing: dict[int, tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """The sets of more than one need that some site is missing, in their order."""
    return dict.fromkeys(codes for codes in missing.values() if len(codes) > 1)
