"""The nearest other windows, for some rows at once: by how much later, and by how much shorter."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bedspace.search.restricted import Nights
from bedspace.search.snapshot import FULL, HORIZON, SPANS, Snapshot, Words

Rows = NDArray[np.intp]

SOON = 128
"""Nights that are looked at first: most beds are free again within them."""
ALL_BUSY = np.uint64(FULL)


def first_later(
    snapshot: Snapshot, rows: Rows, suits: Words, first: int, nights: int, shut: Sequence[Nights] = ()
) -> list[int]:
    """By how many nights the window must move for one of the beds `suits` to be free; 0: none is, in the horizon.

    `shut` are nights on which some of the rows do not fit at all.
    """
    start, end = first + 1, HORIZON - nights + 1
    found = _first_free(snapshot, rows, suits, range(start, min(start + SOON, end)), nights, shut)
    late = [n for n, (beds, move) in enumerate(zip(suits.tolist(), found, strict=True)) if beds and not move]
    if late and start + SOON < end:
        again = _first_free(snapshot, rows[late], suits[late], range(start + SOON, end), nights, _of(late, shut))
        for n, move in zip(late, again, strict=True):
            found[n] = move and move + SOON
    return found


def _of(places: Sequence[int], shut: Sequence[Nights]) -> Sequence[Nights]:
    """The same nights, of some of the rows picked out again."""
    if not shut:
        return shut
    again = {n: place for place, n in enumerate(places)}
    return [(again[n], begins, ends) for n, begins, ends in shut if n in again]


def _first_free(
    snapshot: Snapshot, rows: Rows, suits: Words, starts: range, nights: int, shut: Sequence[Nights]
) -> list[int]:
    """For each row the first of the windows from these nights that is free, counted from 1; 0 where none is."""
    if not starts:
        return [0] * len(rows)
    span = min(nights.bit_length() - 1, SPANS - 1)
    table, step, last = snapshot.busy[span].T, 1 << span, nights - (1 << span)
    busy = table[rows, starts.start : starts.stop]
    for shift in (*range(step, last, step), last) if last else ():
        busy |= table[rows, starts.start + shift : starts.stop + shift]
    for n, begins, ends in shut:
        busy[n, max(begins - nights + 1 - starts.start, 0) : max(ends - starts.start, 0)] = ALL_BUSY
    free = _any_free(busy, suits)
    return [
        night + 1 if night or at_once else 0
        for night, at_once in zip(free.argmax(axis=1).tolist(), free[:, 0].tolist(), strict=True)
    ]


def longest_run(
    snapshot: Snapshot, rows: Rows, suits: Words, first: int, nights: int, shut: Sequence[Nights] = ()
) -> list[int]:
    """For how many nights from `first` one of the beds `suits` is free, where it is not free for all of them."""
    busy = snapshot.nights[rows, first : first + nights]
    for n, begins, ends in shut:
        busy[n, max(begins - first, 0) : max(ends - first, 0)] = ALL_BUSY
    np.bitwise_or.accumulate(busy, axis=1, out=busy)
    runs: list[int] = _any_free(busy, suits).argmin(axis=1).tolist()
    return runs


def _any_free(busy: Words, suits: Words) -> NDArray[np.bool_]:
    """Where one of the beds `suits` is free, of busy words `[row, night]`."""
    busy |= ~suits[:, np.newaxis]
    free: NDArray[np.bool_] = busy != ALL_BUSY
    return free
