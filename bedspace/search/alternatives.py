"""The nearest other windows of some beds: by how much later, and by how much shorter.

The gaps of a few rows are looked at one by one: that is quicker than any sum over vectors.
"""

from bisect import bisect_right
from collections.abc import Sequence

from bedspace.search.snapshot import HORIZON, Gap, Snapshot

Beds = Sequence[tuple[int, int]]
"""Some beds of one site: rows, each with those of its bits that are meant."""
Nights = tuple[int, int]
"""`[first, end)` on which a site does not fit at all."""


def first_later(snapshot: Snapshot, beds: Beds, first: int, nights: int, shut: Sequence[Nights] = ()) -> int:
    """By how many nights the window must move for one of the beds to be free; 0: none is, in the horizon.

    None of them may be free for the whole window from `first`, unless the site is shut then.
    """
    soonest = HORIZON
    for row, bits in beds:
        starts, gaps = snapshot.gaps(row)
        if shut:
            soonest = min(soonest, _first_open(gaps, bits, first + 1, nights, sorted(shut)))
            continue
        for start, end, bit in gaps[bisect_right(starts, first) :]:
            if bit & bits and end - start >= nights:
                soonest = min(soonest, start)
                break
    return soonest - first if soonest < HORIZON else 0


def _first_open(gaps: Sequence[Gap], bits: int, first: int, nights: int, shut: Sequence[Nights]) -> int:
    """The first night from which one of these bits is free and the site not shut; the horizon where there is none."""
    found = [HORIZON]
    for start, end, bit in gaps:
        if bit & bits:
            begin = max(start, first)
            for begins, closed in shut:
                if begins < begin + nights and closed > begin:
                    begin = closed
            if begin + nights <= end:
                found.append(begin)
    return min(found)


def longest_run(snapshot: Snapshot, beds: Beds, first: int, nights: int, shut: Sequence[Nights] = ()) -> int:
    """For how many nights from `first` one of the beds is free, where it is not free for all of them."""
    last = first
    for row, bits in beds:
        left = bits & ~snapshot.spans[0][first, row]
        if left:
            starts, gaps = snapshot.gaps(row)
            for _, end, bit in gaps[bisect_right(starts, first) - 1 :: -1]:
                if bit & left:
                    last = max(last, end)
                    left ^= bit
                    if not left:
                        break
    for begins, end in shut:
        if end > first:
            last = min(last, max(begins, first))
    return min(last - first, nights)
