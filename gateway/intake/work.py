"""Reads what waits: take, read in a child process, settle. No connection is held while a message is read."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog

from bedspace.store import queries
from gateway.access.act import House, act, set_scope
from gateway.access.actors import GATEWAY
from gateway.intake.settle import Settler
from gateway.intake.take import take_messages
from gateway.store.database import transaction
from schemas.drafts import Reading
from schemas.errors import BedspaceError, Unreadable
from schemas.inbox import SettleMessage, TakeMessages, TakenMessage

sql = queries(__file__, "take")
log = structlog.get_logger()


class Reads(Protocol):
    """As `Readers` do, in processes of their own."""

    async def read(self, content_type: str, raw: bytes) -> Reading:
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
        reading = await readers.read(message.content_type, message.raw)
        settlement = SettleMessage(inbox_id=message.inbox_id, reading=reading)
    except Unreadable as error:
        settlement = SettleMessage(inbox_id=message.inbox_id, fault=str(error))
    try:
        await act(house, GATEWAY, settler.settle, settlement)
    except BedspaceError:
        raise
    except Exception as error:  # noqa: BLE001  # one poisonous message must not stop the rest: given back, then for a person
        log.error("message_not_settled", inbox=str(message.inbox_id), error=type(error).__name__)
