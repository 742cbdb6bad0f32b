"""When the nearest clocks of a queue are due, as bars: what is overdue, then the next four weeks day by day."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from schemas.nsi_queue import QueueDay
from schemas.words import ClockState

DAYS = 28
TOP, FLOOR, STEP, LEFT = 22, 96, 10, 34
"""Units of the drawing: where the highest bar ends, where all stand, the width of a day, where today stands."""


class DayBar(Struct, frozen=True):
    x: int
    y: float
    height: float
    state: ClockState
    count: int


class Week(Struct, frozen=True):
    x: int
    day: date


class Picture(Struct, frozen=True):
    bars: list[DayBar]
    weeks: list[Week]
    overdue: int
    coming: int
    """In the four weeks."""
    width: int = LEFT + DAYS * STEP + 6
    height: int = FLOOR + 20
    floor: int = FLOOR


def queue_picture(days: Sequence[QueueDay], today: date) -> Picture | None:
    """None where nothing is overdue or due in the four weeks."""
    overdue = sum(one.count for one in days if one.day < today)
    coming = {(one.day - today).days: one.count for one in days if 0 <= (one.day - today).days < DAYS}
    most = max([overdue, *coming.values()])
    if not most:
        return None

    def bar(x: int, count: int, state: ClockState) -> DayBar:
        height = max(3.0, round((FLOOR - TOP) * count / most, 1))
        return DayBar(x, FLOOR - height, height, state, count)

    bars = [bar(4, overdue, "overdue")] if overdue else []
    bars += [bar(LEFT + n * STEP, count, "running" if n else "due") for n, count in sorted(coming.items())]
    weeks = [Week(LEFT + n * STEP, today + timedelta(days=n)) for n in range(0, DAYS, 7)]
    return Picture(bars=bars, weeks=weeks, overdue=overdue, coming=sum(coming.values()))
