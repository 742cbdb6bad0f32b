"""Reads of premises and characteristics. They hold nothing about a person, so they need no `act`."""

from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from bedspace.nights import LONDON
from bedspace.store import Reader, queries
from schemas.errors import NotThere
from schemas.premises import (
    Characteristic,
    PremisesDetail,
    PremisesPage,
    PremisesRow,
    PremisesType,
    Stale,
    Unconfirmed,
)
from schemas.words import Gender

sql = queries(__file__)

FRESH = 1
"""Days after which a confirmation counts as old: what was confirmed yesterday in London is fresh today."""


class Wanted(Struct, frozen=True, kw_only=True):
    """Which premises a list is to hold; None is any."""

    pdu: str | None = None
    region: str | None = None
    gender: Gender | None = None
    type: PremisesType | None = None
    called: str | None = None
    """A part of the name or code."""


def fresh_since(today: date, days: int) -> datetime:
    """The London midnight since which a confirmation is at most so many days old."""
    return datetime.combine(today - timedelta(days=days), time(), LONDON)


async def list_characteristics(reader: Reader, today: date) -> list[Characteristic]:
    """Those in use on a day, by scope and name."""
    return msgspec.convert(await sql.characteristics(reader, today=today), list[Characteristic], from_attributes=True)


async def list_premises(
    reader: Reader, today: date, *, limit: int = 50, cursor: str = "", wanted: Wanted | None = None
) -> PremisesPage:
    """A page by code; `cursor` is the `next` of the page before."""
    rows = await _premises(reader, today, wanted or Wanted(), after=cursor or "", code=None, rows=limit + 1)
    items = [msgspec.convert(dict(row), PremisesRow) for row in rows[:limit]]
    return PremisesPage(items=items, next=items[-1].code if len(rows) > limit else None)


async def show_premises(reader: Reader, code: str, today: date) -> PremisesDetail:
    """One premises with its rooms and beds, contacts and restrictions. Raises `NotThere`."""
    found = await _premises(reader, today, Wanted(), after="", code=code, rows=1)
    if not found:
        raise NotThere(f"There are no premises {code}. GET /api/v1/premises lists them.")
    parts = {
        "rooms": await sql.rooms(reader, today=today, code=code),
        "contacts": await sql.contacts(reader, code=code),
        "restrictions": await sql.restrictions(reader, today=today, code=code),
    }
    return msgspec.convert(
        {**found[0], **{name: [dict(row) for row in rows] for name, rows in parts.items()}}, PremisesDetail
    )


async def _premises(reader: Reader, today: date, wanted: Wanted, **page: Any) -> list[Any]:
    rows: list[Any] = await sql.premises(
        reader, today=today, fresh=fresh_since(today, FRESH), **msgspec.structs.asdict(wanted), **page
    )
    return rows


async def list_unconfirmed(
    reader: Reader,
    today: date,
    *,
    days: int = FRESH,
    code: str | None = None,
    pdu: str | None = None,
    region: str | None = None,
    limit: int = 50,
    cursor: str = "",
) -> Unconfirmed:
    """Beds open today that nobody has confirmed for so many days, premises by premises."""
    asked = {
        "fresh": fresh_since(today, days),
        "today": today,
        "code": code,
        "pdu": pdu,
        "region": region,
    }
    counted = await sql.how_many_unconfirmed(reader, **asked)
    rows = await sql.unconfirmed(reader, **asked, after=cursor or "", rows=limit + 1)
    items = [msgspec.convert(dict(row), Stale) for row in rows[:limit]]
    return Unconfirmed(
        days=days,
        beds=counted["beds"],
        of=counted["of"],
        items=items,
        next=items[-1].code if len(rows) > limit else None,
    )


class Report(Struct, frozen=True, kw_only=True):
    """What somebody said of a bed."""

    id: int
    bed: str
    said: str
    reported_at: datetime
    reported_by: str


class ClosureShown(Struct, frozen=True, kw_only=True):
    """Why and from when premises close, and who approved it."""

    closed_from: date
    reason_name: str
    note: str
    approved_by: str
    approved_on: date
    approval_reference: str
    recorded_at: datetime
    recorded_by: str


class Around(Struct, frozen=True, kw_only=True):
    """What a page of premises says beside their record."""

    pdu: str | None
    region: str | None
    closure: ClosureShown | None
    reports: list[Report]
    names: dict[str, str]
    """Code of a characteristic → its name, also of retired ones."""


async def list_regions(reader: Reader) -> list[tuple[str, str]]:
    """Code and name, by name."""
    return [(row["code"], row["name"]) for row in await sql.regions(reader)]


async def list_pdus(reader: Reader, today: date) -> list[tuple[str, str]]:
    """Code and name of those in force on a day, by name."""
    return [(row["code"], row["name"]) for row in await sql.pdus(reader, today=today)]


async def characteristic_names(reader: Reader) -> dict[str, str]:
    """By code, also of retired ones."""
    return {row["code"]: row["name"] for row in await sql.all_of_characteristics(reader)}


async def look_around(reader: Reader, code: str) -> Around:
    """The premises must be there."""
    where = await sql.where_they_are(reader, code=code)
    closure = await sql.closure(reader, code=code)
    return Around(
        pdu=where["pdu"] if where else None,
        region=where["region"] if where else None,
        closure=msgspec.convert(dict(closure), ClosureShown) if closure else None,
        reports=[msgspec.convert(dict(row), Report) for row in await sql.reports(reader, code=code)],
        names=await characteristic_names(reader),
    )
