"""The queue of the nation as it is read: many, or one whole."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.store import Tx
from gateway.transfers.search_ends import sql
from schemas.acts import Done
from schemas.errors import Invalid, NotThere
from schemas.national import ListSearches, ReadSearch, Search, SearchPage, SearchRow, Step, Tried


async def list_searches(tx: Tx, command: ListSearches, now: datetime) -> Done[SearchPage]:  # noqa: ARG001  # as a verb is called
    """Raises `Invalid` for a cursor that is not one of ours."""
    rank, after = _after(command.cursor)
    rows = await sql.searches(tx, open=command.open, rank=rank, after=after, limit=command.limit + 1)
    shown = rows[: command.limit]
    page = SearchPage(
        items=[_as(row, SearchRow) for row in shown],
        next=f"{shown[-1]['rank']}.{shown[-1]['number']}" if len(rows) > len(shown) else None,
    )
    return Done(page, persons=tuple({row["person_id"] for row in shown if row["name"]}), subject="hard_to_place")


async def read_search(tx: Tx, command: ReadSearch, now: datetime) -> Done[Search]:  # noqa: ARG001  # as a verb is called
    """Raises `NotThere`."""
    row = await sql.search(tx, id=command.id)
    if row is None:
        raise NotThere("There is no such search in the queue of the nation, or it is not yours to see.")
    found = _as(
        row,
        Search,
        approaches=[msgspec.convert(one, Tried) for one in await sql.approaches(tx, placement=row["placement"])],
        steps=[msgspec.convert(one, Step) for one in await sql.steps(tx, id=command.id)],
    )
    subject = f"nsi:{row['nsi']}" if row["nsi"] else f"placement:{row['placement']}"
    return Done(found, persons=(row["person_id"],), subject=subject)


async def search_of(tx: Tx, *, nsi: UUID | None = None, placement: UUID | None = None) -> SearchRow | None:
    """The open search about an NSI or a placement, else the newest one."""
    found = await sql.of_record(tx, nsi=nsi, placement=placement)
    row = found and await sql.search(tx, id=found)
    return _as(row, SearchRow) if row else None


async def search_id(tx: Tx, reference: str) -> UUID:
    """The search of a reference such as `HTP-000012`. Raises `NotThere`."""
    found: UUID | None = await sql.id_of(tx, reference=reference.upper())
    if found is None:
        raise NotThere("There is no such search in the queue of the nation, or it is not yours to see.")
    return found


def _as(row: Any, shape: type[Any], **more: Any) -> Any:
    return shape(**{name: row[name] for name in shape.__struct_fields__ if name not in more}, **more)


def _after(cursor: str | None) -> tuple[int | None, int | None]:
    if cursor is None:
        return None, None
    if not re.fullmatch(r"[1-5]\.[0-9]{1,18}", cursor):
        raise Invalid.because("cursor", "Send the `next` of the page before, as it came, or none for the first page.")
    rank, _, number = cursor.partition(".")
    return int(rank), int(number)
