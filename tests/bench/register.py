"""A register to measure with: 100 premises and 2,400 beds at scale 1, five years of stays, nine tenths full.

Made in the database, set by set: ten thousand premises take a minute or two.
"""

from datetime import date

import asyncpg
from msgspec import Struct, convert

from bedspace.store import queries

sql = queries(__file__)

PREMISES, BEDS = 100, 24
SHARES = {
    "step_free": 0.3,
    "wheelchair": 0.08,
    "en_suite": 0.5,
    "single_room": 0.9,
    "ground_floor": 0.35,
    "arson_suitable": 0.2,
}


class Size(Struct, frozen=True):
    """What a register came to: `live` claims are those that are not over, `past` those in the history."""

    premises: int
    beds: int
    live: int
    past: int


async def make_register(url: str, scale: int, today: date) -> Size:
    """Fill a migrated database. The same scale and day make the same register."""
    connection = await asyncpg.connect(url)
    try:
        await sql.make_dice(connection)
        await sql.make_premises(connection, count=PREMISES * scale)
        await sql.make_rooms(connection, beds=BEDS)
        await sql.make_beds(connection)
        await sql.make_offers(connection, codes=list(SHARES), shares=list(SHARES.values()))
        await sql.in_bulk(connection)
        await sql.draw_stays(connection, today=today)
        await sql.make_history(connection, today=today)
        await sql.make_placements(connection, today=today)
        await sql.make_claims(connection, today=today)
        await sql.make_presences(connection)
        await connection.execute("vacuum analyze")
        return convert(await sql.size(connection), Size, from_attributes=True)
    finally:
        await connection.close()
