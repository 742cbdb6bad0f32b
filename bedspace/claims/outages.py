"""Reads of beds out of service. A reference may be somebody's CRN, so they are verbs, as far as the actor reaches."""

from datetime import datetime
from typing import Any

import msgspec

from bedspace.claims.out_of_service import IDS
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.errors import Invalid, NotThere
from schemas.outages import ListOutages, Outage, OutagePage, ReadOutage

sql = queries(__file__)


async def list_outages(tx: Tx, command: ListOutages, now: datetime) -> Done[OutagePage]:
    """Raises `NotThere` for premises out of reach, `Invalid` for a cursor that is none."""
    if not await sql.premises_in_reach(tx, code=command.premises):
        raise NotThere(f"There are no premises {command.premises} whose beds you keep.")
    items = await _read(
        tx, now, premises=command.premises, past=command.past, before=_before(command.cursor), rows=command.limit + 1
    )
    page = items[: command.limit]
    following = str(page[-1].id) if len(items) > command.limit else None
    return Done(OutagePage(items=page, next=following), subject=f"premises:{command.premises}")


async def read_outage(tx: Tx, command: ReadOutage, now: datetime) -> Done[Outage]:
    """Raises `NotThere`."""
    found = await _read(tx, now, id=command.id, past=True) if command.id in IDS else []
    if not found:
        raise NotThere(f"There is no bed out of service {command.id} at premises whose beds you keep.")
    return Done(found[0], subject=f"outage:{command.id}")


async def _read(tx: Tx, now: datetime, **given: Any) -> list[Outage]:
    asked = {"id": None, "premises": None, "past": False, "before": None, "rows": 1, **given}
    rows = await sql.outages(tx, today=london_today(now), **asked)
    return [_outage(dict(row)) for row in rows]


def _outage(row: dict[str, Any]) -> Outage:
    newest = row["revisions"][0]
    said = {name: newest[name] for name in ("from", "until", "reason", "reason_name", "reference", "note")}
    return msgspec.convert({**row, **said}, Outage)


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and int(cursor) in IDS):
        raise Invalid.because("cursor", "This is no cursor of this list. Take the `next` of the page before.")
    return int(cursor)
