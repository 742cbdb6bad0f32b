"""The weeks to come as a picture: what is expected as a line, what the unknowns leave open as a band."""

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct

from schemas.occupancy import Outlook, Week

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 260, 48, 34, 14


class Tick(Struct, frozen=True):
    x: float
    y: float
    text: str


class WeekTick(Struct, frozen=True):
    x: float
    week: date


class Chart(Struct, frozen=True):
    """Paths and points of the drawing."""

    band: str
    expected: str
    capacity: str
    points: list[tuple[float, float]]
    beds: list[Tick]
    weeks: list[WeekTick]
    width: int = WIDTH
    height: int = HEIGHT


def chart(outlook: Outlook) -> Chart | None:
    """None where there is no bed, or no second week to draw a line to."""
    weeks = outlook.weeks
    most = max((week.capacity for week in weeks), default=0)
    if not most or len(weeks) < 2:
        return None
    least = _floor(min(week.low for week in weeks), most)

    def x(n: int) -> float:
        return round(LEFT + (WIDTH - LEFT - 24) * n / (len(weeks) - 1), 1)

    def y(beds: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (most - beds) / (most - least), 1)

    return Chart(
        band=_path(weeks, x, y, "high") + "L" + _path(weeks, x, y, "low", back=True)[1:] + "Z",
        expected=_path(weeks, x, y, "expected"),
        capacity=_path(weeks, x, y, "capacity"),
        points=[(x(n), y(week.expected)) for n, week in enumerate(weeks)],
        beds=[Tick(LEFT - 6, y(beds), f"{beds:.0f}") for beds in _ticks(least, most)],
        weeks=[WeekTick(x(n), week.from_) for n, week in enumerate(weeks) if n % max(1, len(weeks) // 6) == 0],
    )


def _floor(low: float, most: float) -> float:
    """The axis begins at nothing unless that would press everything into its upper half."""
    return 0.0 if low < most / 2 else float(int(low * 0.9))


def _ticks(least: float, most: float) -> list[float]:
    return sorted({round(least + (most - least) * n / 4) for n in range(5)})


def _path(
    weeks: Sequence[Week], x: Callable[[int], float], y: Callable[[float], float], name: str, *, back: bool = False
) -> str:
    points = [f"{x(n)} {y(getattr(week, name))}" for n, week in enumerate(weeks)]
    return "M" + "L".join(reversed(points) if back else points)
