"""The nearest other windows, read from the sparse table for some rows at once."""

import numpy as np
from numpy.typing import NDArray

from bedspace.search.snapshot import HORIZON, SPANS, Snapshot, Words

Rows = NDArray[np.intp]
Counts = NDArray[np.intp]

SOON = 128
"""Nights that are looked at first: most beds are free again within them."""


def first_later(snapshot: Snapshot, rows: Rows, suits: Words, first: int, nights: int) -> Counts:
    """By how many nights the window must move for one of the beds `suits` to be free; 0: none is, in the horizon."""
    found = np.zeros(len(rows), np.intp)
    waiting = suits.nonzero()[0]
    start, count, end = first + 1, SOON, HORIZON - nights + 1
    while len(waiting) and start < end:
        stop = min(start + count, end)
        busy = _windows(snapshot, rows[waiting], start, stop, nights)
        np.invert(busy, out=busy)
        busy &= suits[waiting]
        free = busy != 0
        night = free.argmax(axis=0)
        reached = free[night, np.arange(len(waiting))]
        found[waiting[reached]] = night[reached] + (start - first)
        waiting = waiting[~reached]
        start, count = stop, HORIZON
    return found


def _windows(snapshot: Snapshot, rows: Rows, start: int, stop: int, nights: int) -> Words:
    """Busy words `[night, row]` of the windows that start on each night from `start` to `stop`."""
    span = min(nights.bit_length() - 1, SPANS - 1)
    table, step, last = snapshot.busy[span], 1 << span, nights - (1 << span)
    busy: Words = table[start:stop, rows]
    if last:
        busy |= table[start + last : stop + last, rows]
    for shift in range(step, last, step):
        busy |= table[start + shift : stop + shift, rows]
    return busy


def longest_run(snapshot: Snapshot, rows: Rows, suits: Words, first: int, nights: int) -> Counts:
    """For how many nights from `first` one of the beds `suits` is free, where it is not free for all of them."""
    runs = np.zeros(len(rows), np.intp)
    begun = (suits & ~snapshot.busy[0][first, rows]).nonzero()[0]  # most are not free on the first night
    if len(begun):
        so_far = np.bitwise_or.accumulate(snapshot.busy[0][first : first + nights, rows[begun]], axis=0)
        runs[begun] = ((suits[begun] & ~so_far) == 0).argmax(axis=0)
    return runs
