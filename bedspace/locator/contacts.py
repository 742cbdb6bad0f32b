"""Looking at who receives, and at whom one may ask about."""

import re
from datetime import date
from typing import Any

import msgspec

from bedspace.store import Tx, queries
from schemas.errors import Invalid
from schemas.locate import Named, Spoc
from schemas.locator import Absence, Contact, ContactPage

sql = queries(__file__)


async def list_contacts(
    tx: Tx, on: date, *, pdu: str | None = None, region: str | None = None, limit: int = 200, cursor: str | None = None
) -> ContactPage:
    """Those who receive on a day or will later, with absences that are not over. `region` is its own and its PDUs'."""
    if cursor is not None and not re.fullmatch(r"[0-9]{1,9}", cursor):
        raise Invalid.because("cursor", "Send the `next` of the page before, as it came, or none for the first page.")
    rows = await sql.contacts(tx, on=on, pdu=pdu, region=region, after=int(cursor or 0), limit=limit + 1)
    shown = rows[:limit]
    away: dict[int, list[Absence]] = {}
    for row in await sql.absences(tx, on=on, spocs=[one["id"] for one in shown]):
        away.setdefault(row["spoc_id"], []).append(_absence(row))
    items = [_contact(row, away.get(row["id"], [])) for row in shown]
    return ContactPage(items=items, next=str(shown[-1]["id"]) if len(rows) > limit else None)


def _contact(row: Any, absences: list[Absence]) -> Contact:
    names = ("id", "kind", "purpose", "name", "email", "phone", "hours", "team", "out_of_hours")
    return Contact(
        **{name: row[name] for name in names},
        pdu=row["pdu_code"],
        region=row["region_code"],
        from_=row["begins"],
        until=row["ends"],
        absences=absences,
    )


def _absence(row: Any) -> Absence:
    return Absence(
        id=row["id"],
        from_=row["begins"],
        until=row["ends"],
        covered_by=row["kind"],
        cover=row["cover"] and msgspec.convert(row["cover"], Spoc),
    )


async def every_pdu(tx: Tx, on: date) -> list[tuple[Named, Named]]:
    """The PDUs in force on a day with their regions, by name."""
    rows = await sql.every_pdu(tx, on=on)
    return [(Named(row["code"], row["name"]), Named(row["region_code"], row["region"])) for row in rows]
