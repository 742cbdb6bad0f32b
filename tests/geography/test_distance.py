"""Distances between known places."""

import numpy as np
import pytest

from bedspace.geography.distance import Points, miles, miles_to_all
from bedspace.geography.postcodes import Postcodes

KNOWN = [
    # Miles along the ellipsoid (WGS84) between the postcodes' grid references, by PROJ 9.
    ("M1 1AE", "L1 1JD", 31.282),
    ("SW1A 1AA", "CF10 3NP", 130.996),
    ("LS1 4AP", "BD1 1HX", 8.029),
    ("TR18 2LJ", "NE1 7RU", 374.223),
    ("LL57 4HP", "IP4 5AA", 236.635),
    ("CA3 8DP", "BN2 1EJ", 305.581),
    ("SA1 2AW", "NR3 2DF", 233.105),
    ("B16 9HS", "B12 9QA", 2.261),
    ("YO26 5RU", "PE3 7PD", 101.627),
    ("EX4 4EX", "HU5 2QW", 249.128),
    ("S2 2RU", "OX1 1RE", 112.617),
]


def between(postcodes: Postcodes, here: str, there: str) -> tuple[float, float, float, float]:
    a, b = postcodes.point(here), postcodes.point(there)
    return a.lat, a.lon, b.lat, b.lon


@pytest.mark.parametrize(("here", "there", "expected"), KNOWN)
def test_a_known_distance_is_right_within_one_per_cent(
    postcodes: Postcodes, here: str, there: str, expected: float
) -> None:
    assert miles(*between(postcodes, here, there)) == pytest.approx(expected, rel=0.01)


def test_latitude_and_longitude_are_not_taken_for_one_another(postcodes: Postcodes) -> None:
    lat1, lon1, lat2, lon2 = between(postcodes, "M1 1AE", "L1 1JD")
    assert miles(lat1, lon1, lat2, lon2) == pytest.approx(31.282, rel=0.01)
    assert miles(lon1, lat1, lon2, lat2) > 50


def test_many_distances_at_once_equal_each_alone(postcodes: Postcodes) -> None:
    here = postcodes.point("LS1 4AP")
    others = [postcodes.point(there) for _, there, _ in KNOWN]
    lats, lons = np.array([place.lat for place in others]), np.array([place.lon for place in others])
    alone = [miles(here.lat, here.lon, place.lat, place.lon) for place in others]
    assert miles_to_all(here.lat, here.lon, lats, lons) == pytest.approx(alone)
    assert Points(lats, lons).miles_from(here.lat, here.lon) == pytest.approx(alone, abs=0.002)


def test_a_place_is_no_distance_from_itself_and_the_far_side_is_half_round() -> None:
    assert miles(53.8, -1.55, 53.8, -1.55) == 0
    assert miles(53.8, -1.55, -53.8, 178.45) == pytest.approx(12_437, rel=0.001)
