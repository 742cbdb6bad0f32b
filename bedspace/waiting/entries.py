"""Who waits, as the database has it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.nights import london_today
from bedspace.search.ask import Places, Zone
from bedspace.store import Tx, queries
from bedspace.waiting.match import Entry
from bedspace.waiting.order import Standing, ordered
from schemas.errors import Invalid
from schemas.placements import Wanted

sql = queries(__file__)

PREMISES_REASONS = ["risk", "residents", "premises_declined"]
"""Codes of the list `skip` that are about premises; the others are about one bed, and `higher_need` about neither."""
PASSING = ["full", "room", "more_wanted"]
"""Codes of the list `decline` that do not keep premises from being proposed again."""


async def waiting(tx: Tx, places: Places, now: datetime, *, only: Sequence[UUID] | None = None) -> list[Entry]:
    """Those in reach, in order."""
    rows = await sql.entries(
        tx, now=now, only=list(only) if only is not None else None, premises_reasons=PREMISES_REASONS, passing=PASSING
    )
    return ordered([entry_of(row, places) for row in rows], london_today(now))


async def with_barred(tx: Tx, entries: Sequence[Entry], now: datetime, *, everybody: bool = False) -> list[Entry]:
    """The same, with the premises where somebody is whom they must not meet.

    Whoever may see all that is on record looks only for those of whom something is; others give `everybody`.
    """
    rows = await sql.barred(
        tx, ids=[entry.id for entry in entries if entry.idle], today=london_today(now), now=now, everybody=everybody
    )
    barred = {row["id"]: frozenset(row["codes"]) for row in rows}
    return [msgspec.structs.replace(one, barred=barred[one.id]) if one.id in barred else one for one in entries]


async def places_in_order(tx: Tx, now: datetime) -> dict[UUID, int]:
    """The place of everybody who waits, from 1, whoever asks."""
    rows = await sql.order_of_all(tx)
    standing = [msgspec.convert(dict(row), Standing) for row in rows]
    return {entry.id: place for place, entry in enumerate(ordered(standing, london_today(now)), 1)}


async def beds_proposed(tx: Tx) -> list[int]:
    return [row["bed_id"] for row in await sql.beds_proposed(tx)]


def entry_of(row: Any, places: Places) -> Entry:
    wanted = msgspec.convert(row["need"], Wanted)
    zones = zip(row["lats"] or (), row["lons"] or (), row["miles"] or (), strict=True)
    return Entry(
        id=row["id"],
        reference=row["reference"],
        displaced=row["displaced"],
        timeliness=row["timeliness"],
        rosh=row["rosh"],
        arrives_on=row["arrives_on"],
        waiting_since=row["waiting_since"],
        gender=row["gender"],
        type=row["type"],
        departs_on=row["departs_on"],
        near=_point(wanted.near, places),
        needs=tuple(wanted.needs),
        prefer=tuple(wanted.preferred),
        prefer_premises=tuple(wanted.premises),
        zones=tuple(Zone(*zone) for zone in zones),
        not_at=frozenset(row["not_at"]),
        not_in=frozenset(row["not_in"]),
        idle=row["idle"],
        stamp=row["stamp"],
    )


def _point(near: str, places: Places) -> tuple[float, float] | None:
    """A postcode that is no more does not keep anybody from a bed: they are then looked for anywhere."""
    if not near:
        return None
    try:
        point = places.point(near)
    except Invalid:
        return None
    return point.lat, point.lon
