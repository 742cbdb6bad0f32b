"""The National Grid against the Ordnance Survey's own test points."""

import numpy as np
import pytest

from bedspace.geography.distance import miles
from bedspace.geography.grid import wgs84

METRES = 1609.344

OSTN15 = [
    # Ordnance Survey, OSTN15 and OSGM15 developer pack, test points: easting, northing, latitude, longitude (ETRS89).
    (91492.146, 11318.804, 49.92226393730, -6.29977752014),
    (170370.718, 11572.405, 49.96006137820, -5.20304609998),
    (250359.811, 62016.569, 50.43885825610, -4.10864563561),
    (449816.371, 75335.861, 50.57563665000, -1.29782277240),
    (438710.920, 114792.250, 50.93127937910, -1.45051433700),
    (292184.870, 168003.465, 51.40078220140, -3.55128349240),
    (639821.835, 169565.858, 51.37447025550, 1.44454730409),
    (362269.991, 169978.690, 51.42754743020, -2.54407618349),
    (530624.974, 178388.464, 51.48936564950, -0.11992557180),
    (241124.584, 220332.641, 51.85890896400, -4.30852476960),
    (599445.590, 225722.826, 51.89436637350, 0.89724327012),
    (389544.190, 261912.153, 52.25529381630, -2.15458614387),
    (562180.547, 319784.995, 52.75136687170, 0.40153547065),
    (357455.843, 383290.436, 53.34480280190, -2.64049320810),
    (247958.971, 393492.909, 53.41628516040, -4.28918069756),
    (331534.564, 431920.794, 53.77911025760, -3.04045490691),
    (422242.186, 433818.701, 53.80021519630, -1.66379168242),
    (525745.670, 470703.214, 54.11685144290, -0.07773133187),
    (339921.145, 556034.761, 54.89542340420, -2.93827741149),
    (424639.355, 565012.703, 54.97912273660, -1.61657685184),
]


@pytest.mark.parametrize(("east", "north", "lat", "lon"), OSTN15)
def test_a_test_point_of_the_ordnance_survey_is_within_five_metres(
    east: float, north: float, lat: float, lon: float
) -> None:
    lats, lons = wgs84(np.array([east]), np.array([north]))
    assert miles(lat, lon, float(lats[0]), float(lons[0])) * METRES < 5


def test_a_whole_array_has_the_same_answers_as_its_points() -> None:
    points = np.array(OSTN15)
    lats, lons = wgs84(points[:, 0], points[:, 1])
    for row, (east, north, _, _) in enumerate(OSTN15):
        lat, lon = wgs84(np.array([east]), np.array([north]))
        assert (lats[row], lons[row]) == pytest.approx((lat[0], lon[0]), abs=1e-9)
