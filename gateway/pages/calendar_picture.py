"""Premises as a picture: a row for every bed, a column for every night, a bar for every claim."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from gateway.pages.words import MONTHS, SHORT_MONTHS, _
from schemas.occupancy import BedNights, Calendar, Night, Span

COLUMN, ROW, TOP = 30, 26, 44
"""Units of the drawing, which are pixels: a night, a bed, and the heads above."""
WEEKEND = 5


class Bar(Struct, frozen=True):
    """`kind` is a claim's, or `shut` for nights on which the bed is not open."""

    kind: str
    x: int
    y: int
    width: int
    overdue: bool = False


class Column(Struct, frozen=True):
    x: int
    day: int
    weekend: bool


class Head(Struct, frozen=True):
    x: int
    text: str


class Label(Struct, frozen=True):
    y: int
    text: str
    temporary: bool


class Picture(Struct, frozen=True):
    width: int
    height: int
    columns: list[Column]
    months: list[Head]
    bars: list[Bar]
    labels: list[Label]
    today: int | None
    """Where tonight begins."""


def picture(found: Calendar, today: date) -> Picture | None:
    """None where there is no bed."""
    if not found.beds:
        return None
    nights = [day.night for day in found.days]
    ago = (today - found.from_).days
    return Picture(
        width=COLUMN * len(nights),
        height=TOP + ROW * len(found.beds),
        columns=[Column(COLUMN * n, night.day, night.weekday() >= WEEKEND) for n, night in enumerate(nights)],
        months=_months(nights),
        bars=[bar for n, bed in enumerate(found.beds) for bar in _bars(bed, n, found)],
        labels=[Label(TOP + ROW * n, bed.code, bed.temporary) for n, bed in enumerate(found.beds)],
        today=COLUMN * ago if 0 <= ago < len(nights) else None,
    )


def _months(nights: list[date]) -> list[Head]:
    """A name stands where its nights begin; a short one where there are few."""
    heads = []
    for (year, month), group in groupby(enumerate(nights), key=lambda one: (one[1].year, one[1].month)):
        held = list(group)
        names = MONTHS if len(held) > 5 else SHORT_MONTHS
        text = f"{_(names[month - 1])} {year}" if len(held) > 3 else _(SHORT_MONTHS[month - 1])
        heads.append(Head(COLUMN * held[0][0], text if len(held) > 1 else ""))
    return heads


def _bars(bed: BedNights, row: int, found: Calendar) -> Iterator[Bar]:
    end = found.from_ + timedelta(days=found.nights)
    y = TOP + ROW * row
    if bed.opens:
        yield from _bar("shut", found.from_, bed.opens, y, found)
    if bed.closes:
        yield from _bar("shut", bed.closes, end, y, found)
    for span in sorted(bed.spans, key=lambda one: one.kind == "stay"):
        yield from _bar(span.kind, span.from_, span.until or end, y, found, overdue=span.overdue)


def _bar(kind: str, first: date, until: date, y: int, found: Calendar, *, overdue: bool = False) -> Iterator[Bar]:
    start = max((first - found.from_).days, 0)
    stop = min((until - found.from_).days, found.nights)
    if stop > start:
        yield Bar(kind, COLUMN * start + 1, y + 3, COLUMN * (stop - start) - 2, overdue)


def within(spans: list[Span], first: date, end: date) -> list[Span]:
    """Those that have a night in `[first, end)`."""
    return [span for span in spans if span.from_ < end and (span.until is None or span.until > first)]


def fewest(days: list[Night]) -> int:
    return min((day.free for day in days), default=0)
