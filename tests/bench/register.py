"""A register to measure with: 100 premises and 2,400 beds at scale 1, five years of stays, nine tenths full."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import asyncpg

PREMISES, BEDS = 100, 24
YEARS = timedelta(days=5 * 365)
SHARES = {
    "step_free": 0.3,
    "wheelchair": 0.08,
    "en_suite": 0.5,
    "single_room": 0.9,
    "ground_floor": 0.35,
    "arson_suitable": 0.2,
}

MADE = """
    insert into premises (code, name, postcode, lat, lon, gender, invented)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[], $6::text[], $7::bool[])
"""
ROOMS = """
    insert into room (premises_id, name)
      select p.id, 'Room ' || n from premises p, generate_series(1, $1::int) n order by p.id, n
"""
BEDS_OF = (
    "insert into bed (code, premises_id, room_id) select 'B' || r.id, r.premises_id, r.id from room r order by r.id"
)
OFFERS = """
    insert into room_characteristic (room_id, code)
      select r.id, o.code from room r, unnest($1::text[], $2::float8[]) as o (code, share)
      where ('x' || substr(md5(r.id || o.code), 1, 8))::bit(32)::bigint < o.share * 4294967296
      order by r.id
"""


async def make_register(url: str, scale: int, today: date) -> int:
    """Fill a migrated database, and answer the number of stays. The same scale and day make the same register."""
    dice = Random(2026)
    connection = await asyncpg.connect(url)
    try:
        await _premises(connection, dice, PREMISES * scale)
        stays = await _stays(connection, dice, today)
        await connection.execute("vacuum analyze")
        return stays
    finally:
        await connection.close()


async def _premises(connection: "asyncpg.Connection[asyncpg.Record]", dice: Random, count: int) -> None:
    rows = [
        (
            f"AP{n:06}",
            f"Example House {n}",
            "LS1 4AP",
            dice.uniform(50.5, 54.9),
            dice.uniform(-3.4, 0.9),
            "female" if n % 9 == 0 else "male",
            True,
        )
        for n in range(count)
    ]
    await connection.execute(MADE, *map(list, zip(*rows, strict=True)))
    await connection.execute(ROOMS, BEDS)
    await connection.execute(BEDS_OF)
    await connection.execute(OFFERS, list(SHARES), list(SHARES.values()))


async def _stays(connection: "asyncpg.Connection[asyncpg.Record]", dice: Random, today: date) -> int:
    """Copied with the triggers off: what they would keep is not measured here."""
    beds = [row["id"] for row in await connection.fetch("select id from bed order by id")]
    rows = [row for bed in beds for row in _stays_of(dice, bed, today)]
    await connection.execute("alter table bed_claim disable trigger user")
    await connection.copy_records_to_table(
        "bed_claim", records=rows, columns=["bed_id", "kind", "during", "person_id", "placed_by", "placed_at"]
    )
    await connection.execute("alter table bed_claim enable trigger user")
    return len(rows)


def _stays_of(dice: Random, bed: int, today: date) -> list[tuple[object, ...]]:
    """Stays end to end, with a few empty nights between, until some weeks or months from today."""
    begins, until = today - YEARS + timedelta(days=dice.randrange(84)), today + timedelta(days=dice.randrange(20, 240))
    stays: list[tuple[object, ...]] = []
    while begins < until:
        ends = begins + timedelta(days=dice.choice([28, 56, 84, 84, 84]))
        person = UUID(int=dice.getrandbits(128))
        stays.append((bed, "stay", asyncpg.Range(begins, ends), person, "bench", datetime(2026, 1, 1, tzinfo=UTC)))
        begins = ends + timedelta(days=dice.choice([0, 2, 3, 7, 20]))
    return stays
