"""Free beds and capacity of all premises, night by night: from the snapshot, or from rows where it does not reach."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bedspace.nights import london_today
from bedspace.occupancy.asked import known_needs, window
from bedspace.occupancy.calendar import named
from bedspace.occupancy.paint import SHUT, UNCLAIMED, by_site, paint
from bedspace.occupancy.rows import Bed, Restriction, Rows, Site, Which, read_rows, read_sites, sql
from bedspace.search.shape import Shape
from bedspace.search.snapshot import FULL, HORIZON, Snapshot, Words
from bedspace.store import Tx
from schemas.occupancy import Grid, Row, Totals

Sums = NDArray[np.int64]
StillThere = Sequence[tuple[int, date | None]]
"""Beds that somebody sleeps in tonight though the end of the stay is past; None where nobody has said an end."""


async def read_grid(
    tx: Tx,
    current: Callable[[], Awaitable[Snapshot]],
    which: Which,
    first: date,
    nights: int,
    now: datetime,
    *,
    needs: Sequence[str] = (),
    invented: bool = False,
) -> Grid:
    """Open row-level security to the nation first. `current` proves the snapshot. Raises `NotThere` or `Invalid`."""
    end, today = window(first, nights), london_today(now)
    known = {row["code"]: row["name"] for row in await sql.characteristics(tx, today=today)}
    asked = known_needs(needs, known, "need")
    start = (first - today).days
    if 0 <= start <= HORIZON - nights:
        sites = await read_sites(tx, which)
        within: dict[str, Any] = {"premises": [site.id for site in sites], "first": first, "end": end}
        limits = [Restriction(**row) for row in await sql.restrictions(tx, **within)] if asked else []
        there = [(row["bed_id"], row["end"]) for row in await sql.still_there(tx, now=now)]
        snapshot = await current()
        if snapshot.base == today and set(asked) <= snapshot.shape.has.keys():
            sums = from_snapshot(snapshot, sites, start, nights, asked, there, limits)
            return _grid(sites, *sums, first, now, asked, invented=invented)
    rows = await read_rows(tx, which, first, end, now, offers=bool(asked))
    return _grid(rows.sites, *from_rows(rows, asked), first, now, asked, invented=invented)


def from_snapshot(
    snapshot: Snapshot,
    sites: Sequence[Site],
    first: int,
    nights: int,
    needs: Sequence[str] = (),
    there: StillThere = (),
    limits: Sequence[Restriction] = (),
) -> tuple[Sums, Sums]:
    """Capacity and free beds by site and night; nights are counted from the snapshot's base. Pure."""
    shape = snapshot.shape
    shut, claimed = _closed(snapshot, first, nights), snapshot.busy[0][first : first + nights].copy()
    _lay_those_still_there(snapshot, claimed, first, there)
    suits = _suits(snapshot, first, nights, needs, limits)
    capacity = np.bitwise_count(suits & ~shut).astype(np.int64)
    free = np.bitwise_count(suits & ~shut & ~claimed).astype(np.int64)
    return _per_site(shape, sites, capacity), _per_site(shape, sites, free)


def from_rows(rows: Rows, needs: Sequence[str] = ()) -> tuple[Sums, Sums]:
    """The same from the rows: for nights before today, and as what the snapshot is checked against."""
    cells = paint(rows)
    counts = np.array([[not bed.temporary and set(needs) <= set(bed.offers)] for bed in rows.beds], np.bool_)
    counts = np.repeat(counts.reshape(len(rows.beds), 1), cells.shape[1], 1)
    for one in rows.restrictions:
        if one.code in needs:
            start, stop = _within(one, rows.first, cells.shape[1])
            counts[_beds_of(rows.beds, one.premises_id), start:stop] = False
    open_, free = (cells != SHUT) & counts, np.isin(cells, UNCLAIMED) & counts
    return by_site(rows, open_), by_site(rows, free)


def _beds_of(beds: Sequence[Bed], premises: int) -> list[int]:
    return [n for n, bed in enumerate(beds) if bed.premises_id == premises]


def _within(one: Restriction, base: date, nights: int) -> tuple[int, int]:
    stop = nights if one.end is None else min((one.end - base).days, nights)
    return max((one.first - base).days, 0), stop


def _closed(snapshot: Snapshot, first: int, nights: int) -> Words:
    """The beds that are not open, a word for every night and row."""
    shut: Words = np.full((nights, len(snapshot.shape.beds)), FULL, np.uint64)
    for row, beds in enumerate(snapshot.shape.beds):
        shut[:, row] = np.uint64(FULL ^ ((1 << len(beds)) - 1))
        for bit, bed in enumerate(beds):
            opens, closes = bed.open_nights(snapshot.base)
            mask = np.uint64(1 << bit)
            if opens > first:
                shut[: opens - first, row] |= mask
            if closes < first + nights:
                shut[max(closes - first, 0) :, row] |= mask
    return shut


def _lay_those_still_there(snapshot: Snapshot, claimed: Words, first: int, there: StillThere) -> None:
    for bed, end in there:
        if bed not in snapshot.shape.where:
            continue
        row, bit = snapshot.shape.where[bed]
        stop = len(claimed) if end is None else max(1, (end - snapshot.base).days) - first
        claimed[: max(stop, 0), row] |= np.uint64(1 << bit)


def _suits(snapshot: Snapshot, first: int, nights: int, needs: Sequence[str], limits: Sequence[Restriction]) -> Words:
    """The beds that have all needs, a word for every night and row."""
    shape = snapshot.shape
    suits: Words = np.full((nights, len(shape.beds)), FULL, np.uint64)
    for need in needs:
        suits &= shape.has[need]
    place = {site.id: n for n, site in enumerate(shape.sites)}
    for one in limits:
        if one.code in needs and one.premises_id in place:
            start, stop = _within(one, snapshot.base + timedelta(days=first), nights)
            suits[start:stop, shape.rows_of[place[one.premises_id]]] = 0
    return suits


def _per_site(shape: Shape, sites: Sequence[Site], words: Sums) -> Sums:
    """From nights × rows to the sites asked for × nights. Premises without a bed are not in the snapshot: zeros."""
    sums = np.zeros((len(shape.sites) + 1, len(words)), np.int64)
    np.add.at(sums, shape.site_of_row, words.T)
    place = {site.id: n for n, site in enumerate(shape.sites)}
    found: Sums = sums[[place.get(site.id, len(shape.sites)) for site in sites]]
    return found


def _grid(
    sites: Sequence[Site],
    capacity: Sums,
    free: Sums,
    first: date,
    now: datetime,
    needs: Sequence[str],
    *,
    invented: bool,
) -> Grid:
    """Premises that have no bed in any of the nights are left out."""
    some: NDArray[np.bool_] = capacity.astype(np.bool_).any(1).reshape(-1)
    kept = [site for site, has in zip(sites, some.tolist(), strict=True) if has]
    capacity, free = capacity[some], free[some]
    rows = [
        Row(premises=named(site), capacity=beds, free=left)
        for site, beds, left in zip(kept, capacity.tolist(), free.tolist(), strict=True)
    ]
    men = np.array([site.gender == "male" for site in kept], np.bool_)
    return Grid(
        from_=first,
        nights=capacity.shape[1],
        as_of=now,
        needs=list(needs),
        rows=rows,
        totals=_totals(capacity, free),
        estates={"male": _totals(capacity[men], free[men]), "female": _totals(capacity[~men], free[~men])},
        invented=invented,
    )


def _totals(capacity: Sums, free: Sums) -> Totals:
    return Totals(premises=len(capacity), capacity=capacity.sum(0).tolist(), free=free.sum(0).tolist())
