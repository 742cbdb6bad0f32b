"""Nights lost: on which a bed that was open gave nobody a place to sleep, by reason."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from bedspace.occupancy.asked import period
from bedspace.occupancy.paint import (
    BOOKED,
    CODES,
    HOLD,
    OUT,
    SHUT,
    SLEPT,
    TURNAROUND,
    UNCLAIMED,
    Cells,
    by_site,
    paint,
)
from bedspace.occupancy.parts import Parts, parts_of
from bedspace.occupancy.rows import Claim, Rows, Which, read_rows, sql
from bedspace.store import Tx
from schemas.occupancy import Lost, LostNights, Part

UNSAID = "recorded_before_lists"
"""The reason of beds out of service that came without one of the list."""

Reasons = list[Counter[str]]


async def read_lost(tx: Tx, which: Which, first: date, to: date, now: datetime, *, by: Part = "premises") -> LostNights:
    """Open row-level security to the nation first. Raises `NotThere` or `Invalid`."""
    period(first, to)
    rows = await read_rows(tx, which, first, to, now, offers=False)
    names = {row["code"]: row["name"] for row in await sql.reasons(tx)}
    return lost(rows, names, now, by=by)


def lost(rows: Rows, names: dict[str, str], now: datetime, *, by: Part = "premises") -> LostNights:
    """Pure. Temporary beds are no capacity, and lose nothing."""
    cells = paint(rows)
    cells[[bed.temporary for bed in rows.beds]] = SHUT
    groups = {"occupied": SLEPT, "kept": (*BOOKED, HOLD), "turnaround": (TURNAROUND,), "empty": UNCLAIMED}
    sums = {name: _nights(rows, np.isin(cells, codes)) for name, codes in groups.items()}
    sums |= {"capacity": _nights(rows, cells != SHUT), "out_of_service": _nights(rows, cells == OUT)}
    reasons = _reasons(rows, cells)
    parts = parts_of(rows.sites, by)
    total = _row("", "", list(range(len(rows.sites))), sums, reasons)
    used = sorted(total.reasons, key=lambda code: -total.reasons[code])
    return LostNights(
        from_=rows.first,
        to=rows.end,
        as_of=now,
        by=by,
        rows=_rows(parts, sums, reasons),
        total=total,
        reasons={code: names.get(code, code) for code in used},
    )


def _rows(parts: Parts, sums: dict[str, list[int]], reasons: Reasons) -> list[Lost]:
    made = [_row(code, name, sites, sums, reasons) for (code, name), sites in parts.items()]
    return [row for row in made if row.capacity]


def _nights(rows: Rows, amounts: Any) -> list[int]:
    found: list[int] = by_site(rows, amounts).sum(1).tolist()
    return found


def _reasons(rows: Rows, cells: Cells) -> Reasons:
    """Nights out of service by reason, for each site."""
    site = {one.id: n for n, one in enumerate(rows.sites)}
    bed_at = {bed.id: n for n, bed in enumerate(rows.beds)}
    found: Reasons = [Counter() for _ in rows.sites]
    told = np.zeros(cells.shape, np.bool_)
    for claim in sorted(rows.claims, key=lambda one: one.first, reverse=True):
        if CODES[claim.kind] == OUT and claim.bed_id in bed_at:
            n = bed_at[claim.bed_id]
            where = slice(*_window(claim, rows))
            counted = (cells[n, where] == OUT) & ~told[n, where]
            told[n, where] = True
            nights = int(counted.sum())
            if nights:
                found[site[rows.beds[n].premises_id]][claim.reason or UNSAID] += nights
    return found


def _window(claim: Claim, rows: Rows) -> tuple[int, int]:
    nights = (rows.end - rows.first).days
    stop = nights if claim.end is None else (claim.end - rows.first).days
    return max((claim.first - rows.first).days, 0), max(stop, 0)


def _row(code: str, name: str, sites: Sequence[int], sums: dict[str, list[int]], reasons: Reasons) -> Lost:
    by_reason: Counter[str] = sum((reasons[n] for n in sites), Counter())
    amounts = {what: sum(nights[n] for n in sites) for what, nights in sums.items()}
    return Lost(code=code, name=name, reasons=dict(by_reason.most_common()), **amounts)
