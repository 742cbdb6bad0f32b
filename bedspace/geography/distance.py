"""Great-circle distance in statute miles, by the haversine formula on a sphere of the Earth's mean radius."""

from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

RADIUS = 6371.0088 / 1.609344
"""Mean radius of the Earth (IUGG) in miles. Against the ellipsoid a distance is off by 0.4 % at most."""

Degrees = NDArray[np.float64]


def miles(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Between two points in degrees."""
    phi1, phi2 = radians(lat1), radians(lat2)
    across = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * RADIUS * asin(sqrt(min(1.0, across)))


def miles_to_all(lat: float, lon: float, lats: Degrees, lons: Degrees) -> Degrees:
    """From one point to each of many, in degrees."""
    phi, phis = radians(lat), np.radians(lats)
    across = np.sin((phis - phi) / 2) ** 2 + cos(phi) * np.cos(phis) * np.sin(np.radians(lons - lon) / 2) ** 2
    far: Degrees = 2 * RADIUS * np.arcsin(np.sqrt(np.minimum(1.0, across)))
    return far


class Points:
    """Many points that are measured from again and again: what depends on them alone is worked out once."""

    def __init__(self, lats: Degrees, lons: Degrees) -> None:
        self._half_phis, self._half_lambdas = np.radians(lats) / 2, np.radians(lons) / 2
        self._cosines = np.cos(2 * self._half_phis)

    def miles_from(self, lat: float, lon: float) -> Degrees:
        """As `miles_to_all`, in half the time."""
        phi = radians(lat)
        across, east = self._half_phis - phi / 2, self._half_lambdas - radians(lon) / 2
        np.sin(across, out=across)
        across *= across
        np.sin(east, out=east)
        east *= east
        east *= self._cosines
        east *= cos(phi)
        across += east
        np.minimum(across, 1.0, out=across)
        np.sqrt(across, out=across)
        far: Degrees = np.arcsin(across, out=across)
        far *= 2 * RADIUS
        return far
