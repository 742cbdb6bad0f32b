"""A message is kept, whole, before anything else is done with it."""

import hashlib
from datetime import datetime
from uuid import uuid4

import msgspec

from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, FieldFault, Invalid, KeyReused, TooLarge
from schemas.inbox import InboxItem, StoreMessage

sql = queries(__file__)

MOST_BYTES = 25 * 1024 * 1024
"""What mail servers commonly let through."""
LONGEST = 200
"""Characters of a source key, a content type or a file name."""


async def store_message(tx: Tx, command: StoreMessage, now: datetime) -> Done[InboxItem]:
    """The same source key of the same sender answers with the same item, and writes nothing.

    Raises `KeyReused` when that key came with other bytes, `Invalid`, `TooLarge`.
    """
    _check(command)
    if command.area and not await sql.area_is_there(tx, code=command.area):
        raise Invalid.because("area", "There is no PDU and no area of 2003 with this code.")
    sha256 = hashlib.sha256(command.raw).digest()
    connection, area = await _road(tx, command)
    facts = msgspec.structs.asdict(command) | {"area": area, "connection": connection}
    del facts["systems"]
    inbox = await sql.store(tx, id=uuid4(), now=now, sha256=sha256, **facts)
    row = await sql.stored(tx, source_key=command.source_key, connection=connection)
    if row is None:
        raise Conflict("This message is being stored by someone else just now. Send it again in a moment.")
    if row["sha256"] != sha256:
        raise KeyReused("This source key was used before for another message. Send a new key, or the same bytes.")
    subject = f"inbox:{row['inbox_id']}"
    events = (Event("message_stored", subject),) if inbox else ()
    return Done(msgspec.convert(row, InboxItem), events, subject=subject)


async def _road(tx: Tx, command: StoreMessage) -> tuple[str | None, str | None]:
    """The connection, and the area it is of. Only its account sends over one that is called by HTTP."""
    area = command.area or None
    if not command.connection:
        own = await sql.connections_of_caller(tx, systems=list(command.systems)) if command.channel == "http" else []
        if len(own) > 1:
            codes = ", ".join(row["code"] for row in own)
            raise Invalid.because("connection", f"This account sends over several. Say by which this comes: {codes}.")
        return (own[0]["code"], area or own[0]["area"]) if own else (None, area)
    row = await sql.connection_named(tx, code=command.connection)
    caller = await sql.caller(tx)
    if row is None or (command.channel == "http" and row["account"] != caller):
        raise Invalid.because("connection", "There is no such connection, or it is not one that you send over.")
    return row["code"], area or row["area"]


def _check(command: StoreMessage) -> None:
    if not command.raw:
        raise Invalid.because("body", "There is nothing in it. Send the whole message as the body.")
    if len(command.raw) > MOST_BYTES:
        raise TooLarge(f"A message has at most {MOST_BYTES // 1024**2} MB. Send it without its largest attachments.")
    faults = [
        FieldFault(field, f"Give 1 to {LONGEST} characters that can be printed.")
        for field in ("source_key", "content_type", "filename", "area", "connection")
        if not _fits(getattr(command, field), least=0 if field in ("filename", "area", "connection") else 1)
    ]
    if faults:
        raise Invalid(*faults)


def _fits(text: str, least: int) -> bool:
    return least <= len(text) <= LONGEST and text.isprintable()
