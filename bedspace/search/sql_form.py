"""The search as one SQL query: what answers past the horizon, and what the snapshot is checked against."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from msgspec import Struct, structs

from bedspace.geography.area import EDGE, Corners
from bedspace.geography.distance import RADIUS
from bedspace.nights import until
from bedspace.search.ask import Ask
from bedspace.search.shape import Shape
from bedspace.search.snapshot import FULL, Words
from bedspace.store import Reader, queries

sql = queries(__file__)


class Walked(Struct, frozen=True):
    """Premises with beds that fit, by id."""

    code: str
    miles: float
    beds: list[int]


async def walk(connection: Reader, ask: Ask, now: datetime, *, beds: int | None = None) -> list[Walked]:
    """Nearest first, at most `ask.limit` premises, at most `beds` beds of each, in the one window asked for."""
    rows = await sql.walk(connection, **parameters(ask, now, beds))
    return [Walked(row["code"], row["miles"], row["beds"]) for row in rows]


def parameters(ask: Ask, now: datetime, beds: int | None) -> dict[str, Any]:
    """What the query is given."""
    return {
        "radius": RADIUS,
        "edge": EDGE,
        "lat": ask.lat,
        "lon": ask.lon,
        "gender": ask.gender,
        "zone_lats": [zone.lat for zone in ask.zones],
        "zone_lons": [zone.lon for zone in ask.zones],
        "zone_miles": [zone.miles for zone in ask.zones],
        "first": ask.first,
        "end": until(ask.first, ask.nights),
        "needs": ask.codes,
        "areas": [_polygon(area) for area in ask.areas],
        "districts": sorted(ask.districts),
        "excluded": sorted(ask.excluded),
        "independent": ask.independent,
        "now": now,
        "beds": beds,
        "limit": ask.limit,
    }


def _polygon(area: Corners) -> str:
    """As PostgreSQL writes one: pairs of x and y."""
    return f"({','.join(f'({lon!r},{lat!r})' for lat, lon in area)})"


async def busy_by_sql(reader: Reader, shape: Shape, ask: Ask, moved: int, now: datetime) -> Words:
    """A word for every row, as `search` takes them: which beds of the estate are busy in the window, moved."""
    first = ask.first + timedelta(days=moved)
    everything = structs.replace(ask, first=first, needs=(), must=(), limit=len(shape.sites) + 1)
    busy: Words = np.full(len(shape.beds), FULL, np.uint64)
    for walked in await walk(reader, everything, now):
        for bed in walked.beds:
            if bed in shape.where:
                row, bit = shape.where[bed]
                busy[row] &= ~np.uint64(1 << bit)
    return busy
