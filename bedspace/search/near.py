"""Near misses: why premises do not fit, and the smallest changes that would make them fit."""

from collections.abc import Iterable, Sequence

from bedspace.search import words
from bedspace.search.alternatives import Beds, Nights, first_later, longest_run
from bedspace.search.ground import Ground, Window
from bedspace.search.rank import Sites
from bedspace.search.restricted import of_site
from bedspace.search.shape import FOREVER
from schemas.search import NearMiss


def near_misses(ground: Ground, places: Sites) -> list[NearMiss]:
    """Of premises of the right estate outside every zone, in the order given."""
    if not len(places):
        return []
    told, missed = ground.snapshot.shape.told, Missed(ground)
    found = []
    for site, far in zip(places.tolist(), ground.miles(places), strict=True):
        premises, lat, lon, _ = told[site]
        suits = missed.having(site, missed.codes)
        found.append(NearMiss(premises, far, missed.why(site, suits), missed.fits_if(site, suits), lat, lon))
    return found


class Missed:
    """What is said of premises, one after the other. Words are read from the vectors of the search as they are needed:
    of a few rows, that is quicker than any sum over vectors."""

    def __init__(self, ground: Ground) -> None:
        ask, self.shape = ground.ask, ground.snapshot.shape
        self.ground, self.snapshot, self.first = ground, ground.snapshot, ground.first
        self.nights, self.later, self.needs, self.codes = ask.nights, ask.later, ask.needs, ask.codes
        self.estate = ground.estate.data
        self.windows = [(window, window.busy.data) for window in ground.windows]
        self.one_not_free, self.none_free = words.none_free(
            ask.nights, ground.called(self.codes), flexible=ask.flexible
        )
        self.changes: dict[tuple[str, ...], tuple[tuple[str, ...], str]] = {}

    def having(self, site: int, codes: Iterable[str]) -> Beds:
        """The beds of a site that have all of these."""
        has, found = self.shape.has_at, []
        for row in self.shape.rows_of[site]:
            beds: int = self.estate[row]
            for code in codes:
                beds &= has[code][row]
            if beds:
                found.append((row, beds))
        return found

    def shut(self, site: int, codes: Iterable[str]) -> Sequence[Nights]:
        """The nights on which restrictions keep a site from having all of these."""
        return of_site(self.shape, codes, site) if self.shape.restricted else ()

    def without(self, drop: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """All codes but these, and how that is said."""
        if drop not in self.changes:
            kept = tuple(need for need in self.needs if need not in drop)
            change = words.without(self.ground.called(drop), self.ground.called(kept))
            self.changes[drop] = (*kept, *self.ground.ask.must), change
        return self.changes[drop]

    def missing(self, site: int, codes: Sequence[str]) -> tuple[str, ...]:
        """Those of the codes that no bed of a site has."""
        return tuple(code for code in codes if not self.having(site, (code,)))

    def free_in(self, beds: Beds, shut: Sequence[Nights]) -> Window | None:
        """The first window in which one of these beds is free."""
        for window, busy in self.windows:
            for row, bits in beds:
                if bits & ~busy[row] and not (shut and any(self._on(*closed, window) for closed in shut)):
                    return window
        return None

    def _on(self, begins: int, end: int, window: Window) -> bool:
        """Whether nights counted from the base are among those of a window."""
        first = self.first + window.moved
        return begins < first + self.nights and end > first

    # why

    def why(self, site: int, suits: Beds) -> list[str]:
        if suits:
            count = sum([beds.bit_count() for _, beds in suits])
            said = [self.one_not_free if count == 1 else f"None of its {count} {self.none_free}"]
            return self._why_restricted(site, suits, said) if self.shape.restricted else said
        missing = self.missing(site, self.codes)
        return [self.ground.not_listed(code) for code in missing] or [
            words.not_together(self.ground.called(self.codes))
        ]

    def _why_restricted(self, site: int, suits: Beds, said: list[str]) -> list[str]:
        """Restrictions of the nights asked for come first; they are all there is to say where a bed is free."""
        ground, (asked, busy) = self.ground, self.windows[0]
        found: list[str] = []
        for code in self.codes:
            for begins, end in dict.fromkeys(self.shut(site, (code,))):
                if self._on(begins, end, asked):
                    since = ground.day(begins - ground.first) if begins > ground.first else None
                    until = ground.day(end - ground.first) if end < FOREVER else None
                    found.append(words.restricted(ground.names[code], since, until))
        free = any(bits & ~busy[row] for row, bits in suits)
        return found if found and free else [*found, *said]

    # what would fit

    def fits_if(self, site: int, suits: Beds) -> list[str]:
        """By one change: a later first night, fewer nights, or one need less. Otherwise by a greater one."""
        found: list[str] = []
        if self.ground.whole and suits:
            shut = self.shut(site, self.codes)
            self._later(found, suits, shut)
            self._shorter(found, suits, shut)
        for need in self.needs:
            self._dropping(found, site, (need,))
        if not found and self.needs:
            self._greater_change(found, site)
        return found

    def _later(self, found: list[str], suits: Beds, shut: Sequence[Nights]) -> None:
        """After the last night on which a hit might have begun."""
        last = self.first + self.later
        count = first_later(self.snapshot, suits, last, self.nights, shut)
        if count:
            asked = self.windows[0][0]
            ends = shut and any(end == last + count and self._on(begins, end, asked) for begins, end in shut)
            found.append((words.takes if ends else words.later)(self.ground.day(self.later + count)))

    def _shorter(self, found: list[str], suits: Beds, shut: Sequence[Nights]) -> None:
        best, of = 0, self.windows[0][0]
        for window, _ in self.windows:
            run = longest_run(self.snapshot, suits, self.first + window.moved, self.nights, shut)
            if run > best:
                best, of = run, window
        if best:
            found.append(self._begun(words.shorter(self.nights - best), of))

    def _begun(self, change: str, window: Window) -> str:
        return f"{change}, from {self.ground.day(window.moved)}" if window.moved else change

    def _dropping(self, found: list[str], site: int, drop: tuple[str, ...]) -> None:
        """These left out, in the first window that has room then."""
        codes, change = self.without(drop)
        window = self.free_in(self.having(site, codes), self.shut(site, codes))
        if window:
            found.append(self._begun(change, window))

    def _greater_change(self, found: list[str], site: int) -> None:
        """All missing needs left out; or, where that is not enough, needs left out and a later first night."""
        drops: list[tuple[str, ...]] = [(need,) for need in self.needs]
        missing = self.missing(site, self.needs)
        if len(missing) > 1:
            self._dropping(found, site, missing)
            drops.append(missing)
        if not found and self.ground.whole:
            self._later_without(found, site, drops)

    def _later_without(self, found: list[str], site: int, drops: Sequence[tuple[str, ...]]) -> None:
        """By the drop that lets it fit soonest; of two, the one named first."""
        soonest, said = 0, ""
        for drop in drops:
            codes, change = self.without(drop)
            beds, shut = self.having(site, codes), self.shut(site, codes)
            count = first_later(self.snapshot, beds, self.first + self.later, self.nights, shut)
            if count and (not soonest or count < soonest):
                soonest, said = count, change
        if soonest:
            found.append(f"{said}, from {self.ground.day(self.later + soonest)}")
