"""The relay: from the outbox to the other side, at least once, in order in each lane, harmlessly twice.

A row is leased in one transaction, sent with no connection held, and settled in another. Whoever dies in between
leaves a lease that ends by itself; the next one sends again, under the same Message-ID.
"""

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from typing import TypeAlias

import msgspec
import structlog
from msgspec import Struct

from bedspace.store import queries
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.delivery.compose import Letter, WriteLetter, Writer
from gateway.delivery.message import message_of
from gateway.delivery.rows import LEASE, SENDING, Leased, Rows
from gateway.store.database import transaction
from schemas.errors import Refused, Unavailable

log = structlog.get_logger("bedspace.relay")
sql = queries(__file__)

Transport: TypeAlias = Callable[[EmailMessage], Awaitable[None]]
"""Hands a mail to the other side. Raises `Refused` or `Unavailable`."""


class Relay(Struct, frozen=True, kw_only=True):
    """Delivers what is due. `batch` rows at once; any number of relays may run."""

    house: House
    writer: Writer
    transport: Transport
    sender: str
    batch: int = 20

    async def deliver_due(self) -> int:
        """Lease what is due now, deliver it, and answer how many rows that was. Raises `Unavailable`."""
        leased = await self._lease()
        try:
            ends = await asyncio.gather(*(self._deliver(row) for row in leased), return_exceptions=True)
        except asyncio.CancelledError:
            await self._rows.hand_back(leased)
            raise
        for end in ends:
            if isinstance(end, BaseException):
                raise end
        return len(leased)

    async def seconds_to_next(self) -> float | None:
        """Until something is due; zero or less when something is due that waits for others, None when nothing waits."""
        async with transaction(self.house.pool) as tx:
            seconds: float | None = await sql.seconds_to_next(tx)
        return seconds

    @property
    def _rows(self) -> Rows:
        return Rows(self.house)

    async def _lease(self) -> list[Leased]:
        await self._rows.bury()
        async with transaction(self.house.pool) as tx:
            rows = await sql.lease(tx, limit=self.batch, seconds=LEASE)
        return [msgspec.convert(row, Leased) for row in rows]

    async def _deliver(self, row: Leased) -> None:
        """One row, to one of its ends. A database that is gone leaves the lease to end by itself."""
        try:
            async with asyncio.timeout(SENDING):
                letter = await self._send(row)
        except Refused as error:
            await self._rows.give_up(row, str(error))
        except (Unavailable, TimeoutError) as error:
            await self._rows.try_again(row, str(error) or "It took too long.")
        except Exception as error:  # one letter that cannot be written must not keep the others
            log.error("letter_failed", outbox=row.id, attempt=row.attempts, exc_info=error)
            await self._rows.try_again(row, f"It failed in an unexpected way ({type(error).__name__}); see the log.")
        else:
            await self._rows.settle(row, letter.disclosed_to)

    async def _send(self, row: Leased) -> Letter:
        letter = await act(
            self.house, GATEWAY, self.writer.write, WriteLetter(purpose=row.purpose, subject=row.subject)
        )
        message = message_of(letter, sender=self.sender, message_id=row.message_id, now=self.house.now())
        await self.transport(message)
        return letter


async def explain_waiting(house: House, why: str) -> int:
    """Say on every queued row what it waits for; answers how many wait."""
    async with transaction(house.pool) as tx:
        waiting: int = await sql.explain(tx, reason=why)
    return waiting
