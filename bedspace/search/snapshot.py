"""The register in memory: one bit a bed and night, one word a premises and night. It holds no person."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from bedspace.nights import spoken
from bedspace.search.shape import Shape

Words = NDArray[np.uint64]

HORIZON = 730
"""Nights held. Those past it count as busy; a search past it asks the database."""
SPANS = 8
"""The sparse table holds 1, 2, 4 … 128 nights."""
FULL = (1 << 64) - 1

Claim = tuple[int, int, datetime | None]
"""Nights `[first, end)` counted from `base`, and for a hold when it lapses. A stay that ends at 0 or before has no
departure: its resident is still there tonight from the moment given, by which they were to be gone."""


Gap = tuple[int, int, int]
"""Nights `[first, end)` on which a bed of a row is free, and its bit: `1 << n`."""


class Snapshot:
    """All claims from `base`, today in London, on: `busy[k][night, row]` is busy for any of 2**k nights from `night`.

    Laid out night by night, so that a window is the OR of a few contiguous vectors over all rows.
    """

    def __init__(self, shape: Shape, base: date, claims: dict[int, tuple[Claim, ...]], now: datetime) -> None:
        self.shape = shape
        self.base = base
        self.claims = claims
        self.now = now
        self.said = [spoken(base + timedelta(days=night)) for night in range(HORIZON)]
        """The date of each night, as people write it."""
        self.nights: Words = np.zeros((len(shape.beds), HORIZON), np.uint64)
        """The same as `busy[0]`, laid out row by row, for what looks at many nights of a few rows."""
        self.busy: Words = np.full((SPANS, HORIZON, len(shape.beds)), FULL, np.uint64)
        self.spans = [span.data for span in self.busy]
        """The same, to read the word of one night and row: a memory view takes a tenth of the time of a vector."""
        self._gaps: dict[int, tuple[list[int], list[Gap]]] = {}
        self._lapsing = [(expires, bed) for bed, held in claims.items() for _, _, expires in held if expires]
        heapify(self._lapsing)
        for bed in shape.where:
            self._lay(bed)
        self._raise(slice(None))

    def change(self, bed: int, claims: tuple[Claim, ...]) -> None:
        """Take over what is claimed of one bed now."""
        if self.claims.get(bed, ()) == claims or bed not in self.shape.where:
            return
        self.claims[bed] = claims
        for _, _, expires in claims:
            if expires:
                heappush(self._lapsing, (expires, bed))
        self._lay_again([bed])

    def confirm(self, bed: int, at: datetime | None) -> None:
        """Take over when the record of one bed was confirmed."""
        if bed in self.shape.where:
            self.shape.confirm(bed, at, self.base)

    def leaves_today(self, bed: int) -> bool:
        """Whether somebody is due to leave a bed today, and has not been recorded as gone."""
        return any(end == 0 for _, end, _ in self.claims.get(bed, ()))

    def day(self, night: int) -> str:
        """A night counted from the base, as people write its date."""
        return self.said[night] if 0 <= night < HORIZON else spoken(self.base + timedelta(days=night))

    def advance(self, now: datetime) -> None:
        """Free the beds whose holds have lapsed by `now`, and take those that were to be left by then and are not.

        A clock that was set back undoes both.
        """
        beds = []
        if now < self.now:
            beds = [bed for bed, held in self.claims.items() if any(expires for _, _, expires in held)]
            self._lapsing = [(e, bed) for bed in beds for _, _, e in self.claims[bed] if e and e > now]
            heapify(self._lapsing)
        self.now = now
        while self._lapsing and self._lapsing[0][0] <= now:
            beds.append(heappop(self._lapsing)[1])
        self._lay_again(beds)

    def window(self, first: int, nights: int) -> Words:
        """The beds busy on any night of a window within the horizon: a word for every row."""
        span = min(nights.bit_length() - 1, SPANS - 1)
        table, step, last = self.busy[span], 1 << span, first + nights - (1 << span)
        found: Words = table[first] | table[last]
        for night in range(first + step, last, step):
            found |= table[night]
        return found

    def gaps(self, row: int) -> tuple[list[int], list[Gap]]:
        """In their order, and where each begins. Worked out where they are first asked for."""
        known = self._gaps.get(row)
        if known is None:
            nights = self.nights[row]
            turns = ((nights[1:] != nights[:-1]).nonzero()[0] + 1).tolist()
            found: list[Gap] = []
            begun, before = dict[int, int](), FULL
            for night, busy in zip((0, *turns, HORIZON), (*nights[[0, *turns]].tolist(), FULL), strict=True):
                for bit in bits(before & ~busy):
                    begun[bit] = night
                found += [(begun[bit], night, bit) for bit in bits(busy & ~before)]
                before = busy
            found.sort()
            known = self._gaps[row] = [first for first, _, _ in found], found
        return known

    def _lay_again(self, beds: Iterable[int]) -> None:
        for bed in beds:
            row, _ = self.shape.where[bed]
            self._lay(bed)
            self._raise(row)
            self._gaps.pop(row, None)

    def _lay(self, bed: int) -> None:
        row, bit = self.shape.where[bed]
        mask = np.uint64(1 << bit)
        nights = self.nights[row]
        nights &= ~mask
        opens, closes = self.shape.beds[row][bit].open_nights(self.base)
        nights[: max(opens, 0)] |= mask
        nights[max(closes, 0) :] |= mask
        for first, end, expires in self.claims.get(bed, ()):
            if end <= 0:
                nights[0] |= mask if expires is not None and expires <= self.now else np.uint64(0)
            elif expires is None or expires > self.now:
                nights[max(first, 0) : end] |= mask

    def _raise(self, rows: slice | int) -> None:
        self.busy[0][:, rows] = self.nights[rows].T
        for k in range(1, SPANS):
            half, count = 1 << (k - 1), HORIZON - (1 << k) + 1
            below = self.busy[k - 1]
            self.busy[k][:count, rows] = below[:count, rows] | below[half : half + count, rows]


def bits(word: int) -> Iterator[int]:
    """Each by itself, the lowest first."""
    while word:
        lowest = word & -word
        yield lowest
        word ^= lowest
