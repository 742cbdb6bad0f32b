"""A map without a map server: where the results lie around the place that was searched, as numbers for an SVG."""

from collections.abc import Sequence
from math import cos, hypot, pi, radians, sin

from msgspec import Struct

from bedspace.geography.distance import RADIUS

SIZE = 400
"""Width and height in the units of the drawing."""
EDGE = 26
PIN = 22
"""Room that a pin needs."""
STEPS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200)

Degrees = tuple[float, float]
"""Latitude and longitude."""


class Ring(Struct, frozen=True):
    radius: float
    miles: float


class Pin(Struct, frozen=True):
    """Where a label stands, and the place it stands for, which differ where pins would lie on one another."""

    label: str
    kind: str
    x: float
    y: float
    at_x: float
    at_y: float

    @property
    def moved(self) -> bool:
        return (self.x, self.y) != (self.at_x, self.at_y)


class Town(Struct, frozen=True):
    name: str
    x: float
    y: float


class Map(Struct, frozen=True):
    rings: list[Ring]
    pins: list[Pin]
    towns: list[Town]
    land: str
    """Path of the dots that stand for postcode districts."""


class Marked(Struct, frozen=True):
    """Something to draw a pin for."""

    label: str
    kind: str
    at: Degrees


def draw(
    centre: Degrees, marks: Sequence[Marked], towns: Sequence[tuple[str, Degrees]], land: Sequence[Degrees]
) -> Map:
    """Around `centre`, as wide as the farthest mark."""
    flat = _Flat(centre, [mark.at for mark in marks])
    pins: list[Pin] = []
    for mark in marks:
        x, y = flat.place(mark.at)
        free_x, free_y = _free(x, y, pins)
        pins.append(Pin(mark.label, mark.kind, free_x, free_y, x, y))
    return Map(flat.rings(), pins, _named(flat, towns, pins), flat.dots(land))


class _Flat:
    """A plane around the centre: in these latitudes and distances a circle stays a circle."""

    def __init__(self, centre: Degrees, shown: Sequence[Degrees]) -> None:
        self.lat, self.lon = centre
        self.per_degree = RADIUS * pi / 180
        self.miles = max([5.0, *(hypot(*self._miles(point)) for point in shown)])
        self.scale = (SIZE / 2 - EDGE) / self.miles

    def _miles(self, point: Degrees) -> tuple[float, float]:
        east = (point[1] - self.lon) * self.per_degree * cos(radians((point[0] + self.lat) / 2))
        return east, (point[0] - self.lat) * self.per_degree

    def place(self, point: Degrees) -> tuple[float, float]:
        east, north = self._miles(point)
        return round(SIZE / 2 + east * self.scale, 1), round(SIZE / 2 - north * self.scale, 1)

    def rings(self) -> list[Ring]:
        step = next(step for step in STEPS if self.miles / step <= 4)
        return [Ring(round(n * step * self.scale, 1), n * step) for n in range(1, int(self.miles / step) + 1)]

    def dots(self, land: Sequence[Degrees]) -> str:
        reach = 1.01 * SIZE / 2 / self.scale / self.per_degree  # a degree east is never half as short here
        near = [at for at in land if abs(at[0] - self.lat) <= reach and abs(at[1] - self.lon) <= 2 * reach]
        return "".join(f"M{x:.0f} {y:.0f}h0" for x, y in map(self.place, near) if _inside(x, y))


def _inside(x: float, y: float, edge: float = 0) -> bool:
    return edge <= x <= SIZE - edge and edge <= y <= SIZE - edge


def _free(x: float, y: float, taken: Sequence[Pin]) -> tuple[float, float]:
    """The place itself, or the nearest one around it where neither another pin nor the cross of the centre lies."""
    tries = [(x, y)]
    tries += [
        (round(x + ring * PIN * sin(turn * pi / 6), 1), round(y - ring * PIN * cos(turn * pi / 6), 1))
        for ring in (1, 1.6, 2.2, 3)
        for turn in range(12)
    ]
    for at in tries:
        clear = all(hypot(at[0] - pin.x, at[1] - pin.y) >= PIN for pin in taken)
        if clear and _inside(*at, edge=12) and hypot(at[0] - SIZE / 2, at[1] - SIZE / 2) >= PIN:
            return at
    return x, y


def _named(flat: _Flat, towns: Sequence[tuple[str, Degrees]], pins: Sequence[Pin]) -> list[Town]:
    """The towns in view whose names lie on no pin and no other name."""
    found: list[Town] = []
    for name, at in towns:
        x, y = flat.place(at)
        clear = all(abs(x - pin.x) > 20 + 3 * len(name) or abs(y - 6 - pin.y) > 18 for pin in pins)
        apart = all(abs(x - town.x) > 70 or abs(y - town.y) > 16 for town in found)
        if _inside(x, y, edge=30) and hypot(x - SIZE / 2, y - SIZE / 2) > 30 and clear and apart:
            found.append(Town(name, x, y))
    return found
