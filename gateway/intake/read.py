"""What became of a message, one or many."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

import msgspec

from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.errors import Invalid, NotThere
from schemas.inbox import (
    InboxItem,
    InboxPage,
    InboxRecord,
    ListInbox,
    ListRecords,
    ReadInbox,
    RecordPage,
)

sql = queries(__file__)


async def read_inbox(tx: Tx, command: ReadInbox, now: datetime) -> Done[InboxItem]:  # noqa: ARG001  # a verb has three parameters
    row = await sql.item(tx, id=command.id)
    if row is None:
        raise NotThere("There is no such message, or it is not yours to see.")
    return Done(msgspec.convert(row, InboxItem), subject=f"inbox:{command.id}")


async def list_inbox(tx: Tx, command: ListInbox, now: datetime) -> Done[InboxPage]:  # noqa: ARG001  # a verb has three parameters
    at, inbox = _place(command.cursor)
    rows = await sql.items(tx, state=command.state, thread=command.thread, at=at, before=inbox, limit=command.limit + 1)
    items = [msgspec.convert(row, InboxItem) for row in rows[: command.limit]]
    page = InboxPage(items=items, next=_cursor(items[-1]) if len(rows) > len(items) else None)
    return Done(page, subject="inbox")


async def list_records(tx: Tx, command: ListRecords, now: datetime) -> Done[RecordPage]:  # noqa: ARG001  # a verb has three parameters
    """Raises `NotThere`, and `Invalid` for a cursor that is none."""
    if await sql.item(tx, id=command.id) is None:
        raise NotThere("There is no such message, or it is not yours to see.")
    cursor = command.cursor or "0"
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise Invalid.because("cursor", "Send the `next` of the page before, as it came, or none for the first page.")
    counts = {row["state"]: row["count"] for row in await sql.counts(tx, id=command.id)}
    limit = command.limit
    rows = await sql.records(tx, id=command.id, state=command.state, after=int(cursor), limit=limit + 1)
    items = [msgspec.convert(row, InboxRecord) for row in rows[:limit]]
    page = RecordPage(counts=counts, items=items, next=str(items[-1].n) if len(rows) > limit else None)
    return Done(page, subject=f"inbox:{command.id}")


def _cursor(item: InboxItem) -> str:
    return base64.urlsafe_b64encode(f"{item.received_at.isoformat()} {item.inbox_id}".encode()).decode()


def _place(cursor: str | None) -> tuple[datetime | None, UUID | None]:
    if cursor is None:
        return None, None
    try:
        at, inbox = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        return datetime.fromisoformat(at), UUID(inbox)
    except (binascii.Error, ValueError) as error:
        raise Invalid.because(
            "cursor", "Send the `next` of the page before, as it came, or none for the first page."
        ) from error
