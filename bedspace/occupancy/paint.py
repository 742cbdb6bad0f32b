"""Beds × nights as an array of small numbers: what each bed is on each night, once."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bedspace.occupancy.rows import Bed, Claim, Rows

Cells = NDArray[np.uint8]

SHUT, FREE, HOLD, TURNAROUND, BOOKING, LATE, OUT, STAY, OVERDUE, ENDLESS, MAYBE = range(11)
"""`LATE` is a booking that nobody has arrived for, `OVERDUE` tonight of a resident who was to have left, `ENDLESS` a
stay whose end nobody has said; `MAYBE` a night after tonight on which one who is overdue may still be there."""
SLEPT = (STAY, OVERDUE, ENDLESS)
BOOKED = (BOOKING, LATE)
UNCLAIMED = (FREE, MAYBE)

CODES = {"hold": HOLD, "turnaround": TURNAROUND, "booking": BOOKING, "out_of_service": OUT, "stay": STAY}


def code_of(claim: Claim) -> int:
    if claim.kind == "booking" and claim.late:
        return LATE
    if claim.kind == "stay" and claim.end is None:
        return ENDLESS
    return CODES[claim.kind]


def paint(rows: Rows) -> Cells:
    """Where claims meet, which a stay past its end makes them do, the one who sleeps there counts."""
    nights = (rows.end - rows.first).days
    at = {bed.id: n for n, bed in enumerate(rows.beds)}
    cells: Cells = np.full((len(rows.beds), nights), FREE, np.uint8)
    coded = sorted(((code_of(claim), claim) for claim in rows.claims if claim.bed_id in at), key=lambda one: one[0])
    for code, claim in coded:
        _lay(cells[at[claim.bed_id]], rows.first, claim.first, claim.end, code)
    for _, claim in coded:
        if claim.overdue and claim.kind == "stay":
            _go_on(cells[at[claim.bed_id]], rows, claim)
    for n, bed in enumerate(rows.beds):
        _shut(cells[n], rows.first, bed)
    return cells


def count(cells: Cells, *codes: int) -> Any:
    """How many beds are one of these, night by night."""
    return np.isin(cells, codes).sum(0)


def by_site(rows: Rows, amounts: NDArray[Any]) -> NDArray[Any]:
    """Sums over the beds of each site: an array of sites × nights, in the order of `rows.sites`."""
    place = {site.id: n for n, site in enumerate(rows.sites)}
    found = np.zeros((len(rows.sites), *amounts.shape[1:]), np.int64)
    np.add.at(found, [place[bed.premises_id] for bed in rows.beds], amounts)
    return found


def _lay(line: Cells, base: date, first: date, end: date | None, code: int) -> None:
    start = max((first - base).days, 0)
    stop = len(line) if end is None else (end - base).days
    if stop > start:
        line[start:stop] = code


def _go_on(line: Cells, rows: Rows, claim: Claim) -> None:
    """Up to tonight they are there; after that they may be, where the bed is nobody else's."""
    if claim.end is None:
        return
    tomorrow = rows.today + timedelta(days=1)
    _lay(line, rows.first, max(claim.first, min(claim.end, rows.today)), rows.today, STAY)
    _lay(line, rows.first, rows.today, tomorrow, OVERDUE)
    later = line[max((tomorrow - rows.first).days, 0) :]
    later[later == FREE] = MAYBE


def _shut(line: Cells, base: date, bed: Bed) -> None:
    line[: max((bed.opens - base).days, 0)] = SHUT
    if bed.closes is not None:
        line[max((bed.closes - base).days, 0) :] = SHUT
