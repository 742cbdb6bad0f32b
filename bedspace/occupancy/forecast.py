"""How full premises will be: from the ends of stays and from bookings, with what the unknowns leave open."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bedspace.occupancy.asked import window
from bedspace.occupancy.paint import (
    BOOKED,
    BOOKING,
    HOLD,
    MAYBE,
    OUT,
    SHUT,
    SLEPT,
    STAY,
    by_site,
    paint,
)
from bedspace.occupancy.parts import parts_of
from bedspace.occupancy.rows import Rows, Which, read_rows
from bedspace.store import Tx
from schemas.errors import Invalid
from schemas.occupancy import Forecast, Outlook, Part, Week

WEEK = 7
MOST_WEEKS = 104
GROUPS: dict[str, tuple[int, ...]] = {
    "out_of_service": (OUT,),
    "expected": (*SLEPT, *BOOKED),
    "low": (STAY, BOOKING),
    "high": (*SLEPT, *BOOKED, HOLD, MAYBE),
    "held": (HOLD,),
}

Sums = dict[str, NDArray[np.int64]]
"""Name of a field → sites × weeks."""


async def read_forecast(
    tx: Tx, which: Which, first: date, weeks: int, now: datetime, *, by: Part = "premises"
) -> Forecast:
    """Open row-level security to the nation first. Raises `NotThere` or `Invalid`."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise Invalid.because("weeks", f"must be 1 to {MOST_WEEKS}; 12 is what most stays last.")
    rows = await read_rows(tx, which, first, window(first, weeks * WEEK), now, offers=False)
    return forecast(rows, now, by=by)


def forecast(rows: Rows, now: datetime, *, by: Part = "premises") -> Forecast:
    """Pure, for rows of whole weeks. Temporary beds are no capacity and are left out."""
    cells = paint(rows)
    lasting = {bed.id for bed in rows.beds if not bed.temporary}
    cells[[bed.id not in lasting for bed in rows.beds]] = SHUT
    sums: Sums = {name: _weekly(by_site(rows, np.isin(cells, codes))) for name, codes in GROUPS.items()}
    sums["capacity"] = _weekly(by_site(rows, cells != SHUT))
    sums["arrivals"], sums["departures"] = _comings(rows, lasting), _goings(rows, lasting)
    everywhere = list(range(len(rows.sites)))
    stays = [claim for claim in rows.claims if claim.kind == "stay" and claim.bed_id in lasting]
    return Forecast(
        from_=rows.first,
        as_of=now,
        by=by,
        rows=[_outlook(rows, code, name, at, sums) for (code, name), at in parts_of(rows.sites, by).items()],
        total=_outlook(rows, "", "", everywhere, sums),
        overdue=sum(claim.overdue for claim in stays),
        endless=sum(claim.end is None for claim in stays),
        late=sum(claim.late for claim in rows.claims if claim.bed_id in lasting),
    )


def _weekly(nightly: NDArray[Any]) -> NDArray[np.int64]:
    sites, nights = nightly.shape
    found: NDArray[np.int64] = nightly.reshape(sites, nights // WEEK, WEEK).sum(2)
    return found


def _comings(rows: Rows, lasting: set[int]) -> NDArray[np.int64]:
    """Bookings by the week of their first night; one that is late is expected now."""
    days = [
        (claim.bed_id, max(claim.first, rows.today) if claim.late else claim.first)
        for claim in rows.claims
        if claim.kind == "booking" and claim.bed_id in lasting
    ]
    return _by_week(rows, days)


def _goings(rows: Rows, lasting: set[int]) -> NDArray[np.int64]:
    """Stays and bookings by the week of their end; one who is overdue is expected to leave now."""
    days = [
        (claim.bed_id, max(claim.end, rows.today) if claim.overdue else claim.end)
        for claim in rows.claims
        if claim.kind in ("stay", "booking") and claim.end is not None and claim.bed_id in lasting
    ]
    return _by_week(rows, days)


def _by_week(rows: Rows, days: list[tuple[int, date]]) -> NDArray[np.int64]:
    site = {one.id: n for n, one in enumerate(rows.sites)}
    where = {bed.id: site[bed.premises_id] for bed in rows.beds}
    found = np.zeros((len(rows.sites), (rows.end - rows.first).days // WEEK), np.int64)
    for bed, day in days:
        if rows.first <= day < rows.end:
            found[where[bed], (day - rows.first).days // WEEK] += 1
    return found


def _outlook(rows: Rows, code: str, name: str, sites: Sequence[int], sums: Sums) -> Outlook:
    amounts = {what: found[sites].sum(0).tolist() for what, found in sums.items()}
    return Outlook(
        code=code,
        name=name,
        weeks=[_week(rows.first + timedelta(days=WEEK * n), n, amounts) for n in range(len(amounts["capacity"]))],
    )


def _week(first: date, n: int, amounts: dict[str, list[int]]) -> Week:
    nightly = {name: round(amounts[name][n] / WEEK, 1) for name in (*GROUPS, "capacity")}
    return Week(from_=first, arrivals=amounts["arrivals"][n], departures=amounts["departures"][n], **nightly)
