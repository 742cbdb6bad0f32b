"""Reads what waits: take, read in a child process, settle. No connection is held while a message is read."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog

from bedspace.store import queries
from gateway.access.act import House, act, set_scope
from gateway.access.actors import GATEWAY
from gateway.intake.records import AT_ONCE
from gateway.intake.settle import Settler, plain
from gateway.intake.take import take_messages
from gateway.store.database import transaction
from schemas.drafts import Reading
from schemas.errors import BedspaceError, Unreadable
from schemas.inbox import ReadUsing, SettleMessage, TakeMessages, TakenMessage, TakeRecords

sql = queries(__file__, "take")
log = structlog.get_logger()


class Reads(Protocol):
    """As `Readers` do, in processes of their own."""

    async def read(self, content_type: str, raw: bytes, using: ReadUsing | None = None) -> Reading:
        """Raises `Unreadable`."""


async def read_waiting(
    house: House, readers: Reads, settler: Settler, *, limit: int = 20, only: tuple[UUID, ...] = ()
) -> int:
    """Read up to `limit` messages and answer how many. Taken one by one, so that none waits out its lease in a row."""
    done = 0
    while done < limit and await _anything_waits(house, house.now()):
        taken = await act(house, GATEWAY, take_messages, TakeMessages(limit=1, only=only))
        if not taken.messages:
            break
        await _read_one(house, readers, settler, taken.messages[0])
        done += 1
    return done


async def _anything_waits(house: House, now: datetime) -> bool:
    async with transaction(house.pool, readonly=True) as tx:
        await set_scope(tx, GATEWAY, "nation")
        return bool(await sql.waiting(tx, now=now))


async def _read_one(house: House, readers: Reads, settler: Settler, message: TakenMessage) -> None:
    try:
        reading = await readers.read(message.content_type, message.raw, message.using)
        settlement = SettleMessage(inbox_id=message.inbox_id, reading=reading)
    except Unreadable as error:
        settlement = SettleMessage(inbox_id=message.inbox_id, fault=str(error))
    try:
        if message.trusted and settlement.reading:
            await _take_records(house, settler, message.inbox_id, settlement.reading)
        await act(house, GATEWAY, settler.settle, settlement)
    except BedspaceError:
        raise
    except Exception as error:  # noqa: BLE001  # one poisonous message must not stop the rest: given back, then for a person
        log.error("message_not_settled", inbox=str(message.inbox_id), error=type(error).__name__)


async def _take_records(house: House, settler: Settler, inbox: UUID, reading: Reading) -> None:
    """In short transactions. Whoever dies in between has taken some, which are not taken again."""
    drafts = plain(reading).drafts
    for first in range(0, len(drafts), AT_ONCE):
        some = drafts[first : first + AT_ONCE]
        await act(house, GATEWAY, settler.taker.take, TakeRecords(inbox_id=inbox, first=first + 1, drafts=some))
