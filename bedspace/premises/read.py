"""Reads of premises and characteristics. They hold nothing about a person, so they need no `act`."""

from datetime import date

import msgspec

from bedspace.store import Reader, queries
from schemas.errors import NotThere
from schemas.premises import Characteristic, PremisesDetail, PremisesPage, PremisesRow

sql = queries(__file__)


async def list_characteristics(reader: Reader, today: date) -> list[Characteristic]:
    """Those in use on a day, by scope and name."""
    return msgspec.convert(await sql.characteristics(reader, today=today), list[Characteristic], from_attributes=True)


async def list_premises(reader: Reader, today: date, *, limit: int = 50, cursor: str = "") -> PremisesPage:
    """A page by code; `cursor` is the `next` of the page before."""
    rows = await sql.premises(reader, today=today, after=cursor or "", code=None, rows=limit + 1)
    items = [msgspec.convert(dict(row), PremisesRow) for row in rows[:limit]]
    return PremisesPage(items=items, next=items[-1].code if len(rows) > limit else None)


async def show_premises(reader: Reader, code: str, today: date) -> PremisesDetail:
    """One premises with its rooms and beds. Raises `NotThere`."""
    found = await sql.premises(reader, today=today, after="", code=code, rows=1)
    if not found:
        raise NotThere(f"There are no premises {code}. GET /api/v1/premises lists them.")
    rooms = await sql.rooms(reader, today=today, code=code)
    return msgspec.convert({**found[0], "rooms": [dict(room) for room in rooms]}, PremisesDetail)
