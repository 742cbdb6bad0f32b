"""Areas of any shape: whether points lie inside. On its edge is inside."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]
Corners = tuple[tuple[float, float], ...]
"""Latitude and longitude, in order around the area."""

EDGE = 0.0001
"""Degrees, about ten metres, within which a point counts as on the edge."""


def inside(lats: Degrees, lons: Degrees, corners: Corners) -> NDArray[np.bool_]:
    """Of many points: those from which a line to the north crosses the edge an odd number of times, or on the edge."""
    found = np.zeros(len(lats), np.bool_)
    for (lat1, lon1), (lat2, lon2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        found |= _beside(lats, lons, (lat1, lon1), (lat2, lon2))
    odd = np.zeros(len(lats), np.bool_)
    for (lat1, lon1), (lat2, lon2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if lon1 == lon2:
            continue
        crosses = (lon1 > lons) != (lon2 > lons)
        odd ^= crosses & (lats < lat1 + (lat2 - lat1) * (lons - lon1) / (lon2 - lon1))
    return found | odd


def _beside(lats: Degrees, lons: Degrees, one: tuple[float, float], other: tuple[float, float]) -> NDArray[np.bool_]:
    """Those within `EDGE` of the line from one corner to the next."""
    north, east = other[0] - one[0], other[1] - one[1]
    length = north * north + east * east
    along = np.clip(((lats - one[0]) * north + (lons - one[1]) * east) / length, 0, 1) if length else 0.0
    beside: NDArray[np.bool_] = np.hypot(lats - one[0] - along * north, lons - one[1] - along * east) <= EDGE
    return beside


def crosses_itself(corners: Sequence[tuple[float, float]]) -> bool:
    """Whether two edges cross, so that nobody can say what is inside."""
    edges = list(zip(corners, (*corners[1:], *corners[:1]), strict=True))
    return any(
        _cross(*edges[n], *edges[m])
        for n in range(len(edges))
        for m in range(n + 2, len(edges))
        if not (n == 0 and m == len(edges) - 1)
    )


def _cross(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: tuple[float, float], b: tuple[float, float], point: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
