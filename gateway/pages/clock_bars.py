"""The clocks of an NSI as bars: one a rule, from the first day to the day it is due, with today across them."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from schemas.nsis import Clock
from schemas.words import ClockState

LEFT, WIDTH, ROW = 58, 250, 24
"""Units of the drawing: room for the rule's name, the longest bar, the height of a row."""


class Bar(Struct, frozen=True):
    rule: str
    state: ClockState
    y: int
    width: float


class Bars(Struct, frozen=True):
    bars: list[Bar]
    height: int
    left: int
    today: float
    """Where today stands, in the same units."""


def bars(clocks: Sequence[Clock], started: date, today: date) -> Bars | None:
    """None where there is nothing to draw."""
    if not clocks:
        return None
    first = min(started, today, *(clock.due for clock in clocks))
    last = max(today, *(clock.due for clock in clocks))
    days = max(1, (last - first).days)

    def at(day: date) -> float:
        return round(WIDTH * (day - first).days / days, 1)

    rows = [Bar(clock.rule, clock.state, 18 + ROW * n, max(4.0, at(clock.due))) for n, clock in enumerate(clocks)]
    return Bars(bars=rows, height=24 + ROW * len(rows), left=LEFT, today=LEFT + at(today))
