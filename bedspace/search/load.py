"""From the database into the snapshot: all of it, or what has changed."""

from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

import asyncpg
import msgspec

from bedspace.search.shape import BedRow, RestrictionRow, Shape, SiteRow
from bedspace.search.snapshot import Claim, Snapshot
from bedspace.search.words import mid
from bedspace.store import Tx, queries

sql = queries(__file__, "snapshot")

MANY = 500
"""Beyond so many changed beds, reading everything again is quicker."""


async def load(connection: Tx, base: date, now: datetime) -> tuple[Snapshot, int]:
    """The register as of one moment, and the oldest transaction that was running then."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        xmin: int = await sql.xmin(connection)
        names = {row["code"]: mid(row["name"]) for row in await sql.names(connection, base=base)}
        sites = msgspec.convert(await sql.sites(connection), list[SiteRow], from_attributes=True)
        beds = msgspec.convert(await sql.beds(connection, base=base), list[BedRow], from_attributes=True)
        limits = msgspec.convert(
            await sql.restrictions(connection, base=base), list[RestrictionRow], from_attributes=True
        )
        offences = {row["code"]: row["needs"] for row in await sql.offences(connection, base=base)}
        rows = await sql.claims(connection, base=base)
    claims: dict[int, tuple[Claim, ...]] = {
        bed: tuple((row["first"], row["end"], row["expires_at"]) for row in held)
        for bed, held in groupby(rows, itemgetter("bed_id"))
    }
    return Snapshot(Shape(sites, beds, names, base, limits, offences), base, claims, now), xmin


async def refresh(connection: Tx, snapshot: Snapshot, xmin: int) -> int | None:
    """Bring a snapshot up to now, and answer the new oldest transaction; None where it must be loaded anew."""
    rows = await sql.changed(connection, xmin=xmin, base=snapshot.base)
    if rows[0]["reshaped"] or len(rows) > MANY:
        return None
    for row in rows:
        if row["bed_id"] is not None:
            _take_over(snapshot, row)
    return int(rows[0]["xmin"])


def _take_over(snapshot: Snapshot, row: asyncpg.Record) -> None:
    bed: int = row["bed_id"]
    snapshot.confirm(bed, row["confirmed_at"])
    snapshot.change(bed, tuple(zip(row["first"] or (), row["end"] or (), row["expires_at"] or (), strict=True)))
