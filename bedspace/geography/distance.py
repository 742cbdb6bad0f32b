"""Great-circle distance in statute miles, by the haversine formula on a sphere of the Earth's mean radius."""

from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

RADIUS = 6371.0088 / 1.609344
"""Mean radius of the Earth (IUGG) in miles. Against the ellipsoid a distance is off by 0.4 % at most."""

COARSE = 64.0
"""Added and taken away again, it leaves multiples of 2 ** -46."""

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
    """Many points that are measured from again and again: where each lies on a sphere of radius one.

    Haversines are in the order of the distances and cost a fraction, so that only the points that are named need their
    miles. They are told apart to a metre or so, that what is as far on either side be as far.
    """

    def __init__(self, lats: Degrees, lons: Degrees) -> None:
        places, which = np.unique(np.radians([lats, lons]), axis=1, return_inverse=True)
        self._which = None if places.shape[1] == len(lats) else which.reshape(-1)
        """Points at one place are measured once, that they be as far to the last bit."""
        phis, lambdas = places if self._which is not None else np.radians([lats, lons])
        self._halved = -0.5 * np.array([np.cos(phis) * np.cos(lambdas), np.cos(phis) * np.sin(lambdas), np.sin(phis)])

    def haversines_from(self, lat: float, lon: float) -> Degrees:
        """The square of the sine of half of each angle: half of what its cosine lacks of 1. See `miles_of`."""
        phi, lambda_ = radians(lat), radians(lon)
        flat = cos(phi)
        found: Degrees = np.array((flat * cos(lambda_), flat * sin(lambda_), sin(phi))).dot(self._halved)
        found += 0.5 + COARSE
        found -= COARSE
        return found if self._which is None else found[self._which]

    def miles_from(self, lat: float, lon: float) -> Degrees:
        """As `miles_to_all`."""
        return miles_of(self.haversines_from(lat, lon))


def miles_of(haversines: Degrees) -> Degrees:
    """The miles over the sphere that haversines stand for."""
    far: Degrees = np.sqrt(haversines)
    np.arcsin(far, far)
    far *= 2 * RADIUS
    return far


def tenths_of(haversines: Degrees) -> Degrees:
    """The same in tenths of miles, whole."""
    far: Degrees = np.sqrt(haversines)
    np.arcsin(far, far)
    far *= 20 * RADIUS
    return np.rint(far, far)
