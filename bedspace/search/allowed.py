"""The beds that are there for one search: of the right estate, outside every zone, and in premises not ruled out.

All others are in no part of the answer, as if they had never been built.
"""

import numpy as np
from numpy.typing import NDArray

from bedspace.geography.area import inside
from bedspace.search.ask import Ask
from bedspace.search.shape import Shape
from bedspace.search.snapshot import FULL, Words

Sites = NDArray[np.bool_]


def allowed(shape: Shape, ask: Ask) -> Words:
    """What is not asked for costs nothing."""
    beds = shape.estate[ask.gender]
    for zone in ask.zones:
        beds = only(shape, beds, shape.points.miles_from(zone.lat, zone.lon) > zone.miles)
    for area in ask.areas:
        beds = only(shape, beds, ~inside(shape.lats, shape.lons, area))
    if ask.districts:
        beds = only(shape, beds, np.array([one not in ask.districts for one in shape.districts], np.bool_))
    if ask.independent:
        beds = only(shape, beds, shape.independent)
    if ask.excluded:
        beds = beds.copy()
        for code in ask.excluded & shape.site_at.keys():
            beds[shape.rows_of[shape.site_at[code]]] = 0
    return beds


def only(shape: Shape, beds: Words, sites: Sites) -> Words:
    """Those of the beds that are at these sites."""
    return beds & np.where(sites[shape.site_of_row], np.uint64(FULL), np.uint64(0))
