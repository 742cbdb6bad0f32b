"""The cells of the national grid, written here and not by the template: there are nine thousand of them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from gateway.pages.words import MONTHS, SHORT_MONTHS, _
from schemas.occupancy import Grid

WEEK = 7
SATURDAY = 5
FEW = 0.15
"""Of the beds: with fewer free than this share, few are."""


class Line(Struct, frozen=True):
    """A row: all its nights, and the fewest of each week."""

    code: str
    name: str
    where: str
    nights: Markup
    weeks: Markup


class Sheet(Struct, frozen=True):
    months: list[tuple[str, int]]
    """The name of a month, and how many nights of it there are."""
    days: Markup
    weeks: list[date]
    lines: list[Line]
    totals: list[Line]


def sheet(grid: Grid) -> Sheet:
    nights = [grid.from_ + timedelta(days=n) for n in range(grid.nights)]
    return Sheet(
        months=list(_months(nights)),
        days=Markup("").join(_day(night) for night in nights),
        weeks=nights[::WEEK],
        lines=[
            _line(row.premises.code, row.premises.name, row.premises.region_name or "", row.free, row.capacity)
            for row in grid.rows
        ],
        totals=[
            _line("", name, "", totals.free, totals.capacity)
            for name, totals in (
                (_("All"), grid.totals),
                (_("Men"), grid.estates["male"]),
                (_("Women"), grid.estates["female"]),
            )
            if totals.premises
        ],
    )


def _months(nights: Sequence[date]) -> Iterator[tuple[str, int]]:
    for (year, month), group in groupby(nights, key=lambda night: (night.year, night.month)):
        count = len(list(group))
        yield (f"{_(MONTHS[month - 1])} {year}" if count > 3 else _(SHORT_MONTHS[month - 1])), count


def _day(night: date) -> Markup:
    end = Markup(' class="bs-grid__end"') if night.weekday() >= SATURDAY else Markup("")
    return Markup('<th scope="col"{}>{}</th>').format(end, night.day)


def _line(code: str, name: str, where: str, free: Sequence[int], capacity: Sequence[int]) -> Line:
    weeks = [slice(n, n + WEEK) for n in range(0, len(free), WEEK)]
    return Line(
        code=code,
        name=name,
        where=where,
        nights=Markup("".join(map(_cell, free, capacity))),  # noqa: S704  # numbers in constants
        weeks=Markup("".join(_fewest(free[week], capacity[week]) for week in weeks)),  # noqa: S704  # as above
    )


def _fewest(free: Sequence[int], capacity: Sequence[int]) -> str:
    at = min(range(len(free)), key=lambda n: (capacity[n] == 0, free[n]))
    return _cell(free[at], capacity[at])


def _cell(free: int, capacity: int) -> str:
    if not capacity:
        return '<td class="n">–</td>'
    return f'<td class="{"f" if not free else "l" if free < FEW * capacity else "s"}">{free}</td>'
