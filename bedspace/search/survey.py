"""Looking at everything, for every row and site: which beds are there, suit, and fit."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bedspace.search.allowed import allowed
from bedspace.search.ask import Ask
from bedspace.search.ground import Ground, Window
from bedspace.search.restricted import open_to
from bedspace.search.shape import Shape
from bedspace.search.snapshot import HORIZON, Snapshot, Words


def survey(snapshot: Snapshot, ask: Ask, busy: Mapping[int, Words] | None = None) -> Ground:
    """Everything that one search looks at. `busy` as `search` takes it."""
    shape, first = snapshot.shape, (ask.first - snapshot.base).days
    estate = allowed(shape, ask)
    suits = estate
    for code in ask.codes:
        suits = suits & shape.has[code]
    windows = [_window(snapshot, ask, suits, first, moved, busy) for moved in moves(first, ask)]
    fits, which = (windows[0].fits, None) if len(windows) == 1 else _earliest_choice(shape, windows)
    return Ground(
        snapshot=snapshot,
        ask=ask,
        first=first,
        whole=first + ask.later + ask.nights <= HORIZON,
        haversines=shape.points.haversines_from(ask.lat, ask.lon),
        estate=estate,
        suits=suits,
        windows=windows,
        fits=fits,
        which=which,
    )


def moves(first: int, ask: Ask) -> Sequence[int]:
    """By how many nights a window may move: not at all first, then by as few as can be, later before earlier."""
    if not ask.flexible:
        return (0,)
    return sorted(range(-min(ask.earlier, first), ask.later + 1), key=lambda by: (abs(by), -by))


def past_horizon(snapshot: Snapshot, ask: Ask) -> list[int]:
    """The moves whose windows go past what the snapshot holds."""
    first = (ask.first - snapshot.base).days
    if first + ask.later + ask.nights <= HORIZON:
        return []
    return [moved for moved in moves(first, ask) if first + moved + ask.nights > HORIZON]


def _window(
    snapshot: Snapshot, ask: Ask, suits: Words, first: int, moved: int, known: Mapping[int, Words] | None
) -> Window:
    start = first + moved
    past = known is not None and moved in known
    busy = known[moved] if known is not None and past else snapshot.window(start, ask.nights)
    fits = suits & ~busy
    if snapshot.shape.restricted:
        fits = open_to(snapshot.shape, fits, ask.codes, start, ask.nights)
    return Window(moved, busy, fits)


def _earliest_choice(shape: Shape, windows: Sequence[Window]) -> tuple[Words, NDArray[np.intp]]:
    """For each site the first of the windows in which it fits, and its beds that fit there."""
    fits = windows[0].fits.copy()
    which = np.zeros(len(shape.sites), np.intp)
    settled = _some(shape, fits)
    for n, window in enumerate(windows[1:], 1):
        new = _some(shape, window.fits) & ~settled
        rows = new[shape.site_of_row]
        fits[rows] = window.fits[rows]
        which[new] = n
        settled |= new
    return fits, which


def _some(shape: Shape, beds: Words) -> NDArray[np.bool_]:
    """The sites that have any of these beds."""
    found = np.zeros(len(shape.sites), np.bool_)
    found[shape.site_of_row[beds != 0]] = True
    return found
