"""Great-circle distance in statute miles, by the haversine formula on a sphere of the Earth's mean radius."""

from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

RADIUS = 6371.0088 / 1.609344
"""Mean radius of the Earth (IUGG) in miles. Against the ellipsoid a distance is off by 0.4 % at most."""

COARSE = 256.0
"""Added and taken away again, it leaves multiples of 2 ** -44."""

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

    Chords through the sphere are in the order of the distances over it and cost a third, so that only the points that
    are named need their miles. They are told apart to a metre or so, that what is as far on either side be as far.
    """

    def __init__(self, lats: Degrees, lons: Degrees) -> None:
        phis, lambdas = np.radians(lats), np.radians(lons)
        self._x, self._y, self._z = np.cos(phis) * np.cos(lambdas), np.cos(phis) * np.sin(lambdas), np.sin(phis)

    def chords_from(self, lat: float, lon: float) -> Degrees:
        """The square of each chord. See `miles_of`."""
        phi, lambda_ = radians(lat), radians(lon)
        across = self._x - cos(phi) * cos(lambda_)
        north, up = self._y - cos(phi) * sin(lambda_), self._z - sin(phi)
        across *= across
        north *= north
        up *= up
        across += north
        up += COARSE
        across += up
        across -= COARSE
        return across

    def miles_from(self, lat: float, lon: float) -> Degrees:
        """As `miles_to_all`."""
        return miles_of(self.chords_from(lat, lon))


def miles_of(chords: Degrees) -> Degrees:
    """The miles over the sphere between the ends of chords, which are given squared."""
    far: Degrees = np.sqrt(chords)
    far *= 0.5
    np.arcsin(far, out=far)
    far *= 2 * RADIUS
    return far
