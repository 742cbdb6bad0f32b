"""Near misses: why premises do not fit, and the smallest changes that would make them fit."""

from collections.abc import Sequence

import numpy as np

from bedspace.search import words
from bedspace.search.alternatives import Rows, first_later, longest_run
from bedspace.search.ground import Ground
from schemas.search import NearMiss


def near_misses(ground: Ground, sites: Sequence[int]) -> list[NearMiss]:
    """Of premises of the right estate outside every zone, in the order given."""
    if not sites:
        return []
    shape = ground.snapshot.shape
    changes = _changes(ground, sites)
    return [
        NearMiss(
            premises=shape.at[site],
            miles=ground.miles(site),
            why=_why(ground, site),
            fits_if=changes[site] or _greater_changes(ground, site),
            lat=shape.sites[site].lat,
            lon=shape.sites[site].lon,
        )
        for site in sites
    ]


def _why(ground: Ground, site: int) -> list[str]:
    shape, needs = ground.snapshot.shape, ground.ask.needs
    rows = shape.rows_of[site]
    suited = sum(int(ground.suits[row]).bit_count() for row in rows)
    if suited:
        return [words.none_free(suited, ground.ask.nights, ground.called(needs))]
    missing = _missing(ground, site)
    if missing:
        return [words.not_listed(shape.names[need], ground.nearest(need)) for need in missing]
    return [words.not_together(ground.called(needs))]


def _missing(ground: Ground, site: int) -> list[str]:
    """The needs that no bed of the site meets."""
    shape = ground.snapshot.shape
    return [
        need
        for need in ground.ask.needs
        if not any(int(ground.estate[row] & shape.has[need][row]) for row in shape.rows_of[site])
    ]


def _changes(ground: Ground, sites: Sequence[int]) -> dict[int, list[str]]:
    """For each site what would fit by one change: a later first night, fewer nights, or one need less."""
    shape, needs = ground.snapshot.shape, ground.ask.needs
    rows = np.array([row for site in sites for row in shape.rows_of[site]], np.intp)
    changes: dict[int, list[str]] = {site: [] for site in sites}
    if ground.whole:
        _other_nights(ground, rows, changes)
    free = ~ground.busy[rows]
    for need in needs:
        kept = [other for other in needs if other != need]
        fit = ground.having(kept)[rows] & free
        change = words.without(ground.called([need]), ground.called(kept))
        for site in np.unique(shape.site_of_row[rows[np.flatnonzero(fit)]]).tolist():
            changes[site].append(change)
    return changes


def _other_nights(ground: Ground, rows: Rows, changes: dict[int, list[str]]) -> None:
    sites = ground.snapshot.shape.site_of_row[rows].tolist()
    suits, nights = ground.suits[rows], ground.ask.nights
    soonest: dict[int, int] = {}
    for site, later in zip(
        sites, first_later(ground.snapshot, rows, suits, ground.first, nights).tolist(), strict=True
    ):
        if later:
            soonest[site] = min(later, soonest.get(site, later))
    longest: dict[int, int] = {}
    for site, run in zip(sites, longest_run(ground.snapshot, rows, suits, ground.first, nights).tolist(), strict=True):
        longest[site] = max(run, longest.get(site, 0))
    for site, change in changes.items():
        if site in soonest:
            change.append(words.later(ground.day(soonest[site])))
        if longest[site]:
            change.append(words.shorter(nights - longest[site]))


def _greater_changes(ground: Ground, site: int) -> list[str]:
    """Where no one change is enough: all missing needs left out, or needs left out and a later first night."""
    needs, missing = ground.ask.needs, _missing(ground, site)
    rows = np.array(ground.snapshot.shape.rows_of[site], np.intp)
    drops = [[need] for need in needs] + ([missing] if len(missing) > 1 else [])
    soonest: tuple[int, str] | None = None
    for drop in reversed(drops):
        kept = [need for need in needs if need not in drop]
        suits = ground.having(kept)[rows]
        change = words.without(ground.called(drop), ground.called(kept))
        if np.any(suits & ~ground.busy[rows]):
            return [change]
        if ground.whole:
            moves = [
                n for n in first_later(ground.snapshot, rows, suits, ground.first, ground.ask.nights).tolist() if n
            ]
            if moves and (soonest is None or min(moves) <= soonest[0]):
                soonest = (min(moves), f"{change}, from {ground.day(min(moves))}")
    return [soonest[1]] if soonest else []
