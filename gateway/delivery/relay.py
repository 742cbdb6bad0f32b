"""The relay: from the outbox to the other side, at least once, in order in each lane, harmlessly twice.

A row is leased in one transaction, sent with no connection held, and settled in another. Whoever dies in between
leaves a lease that ends by itself; the next one sends again, under the same Message-ID.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email.message import EmailMessage
from typing import TypeAlias
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct

from bedspace.store import queries
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.delivery.compose import Letter, WriteLetter, Writer
from gateway.delivery.message import message_of
from gateway.delivery.settle import SettleDelivery, settle_delivery
from gateway.store.database import transaction
from schemas.errors import Refused, Unavailable

log = structlog.get_logger("bedspace.relay")
sql = queries(__file__)

Transport: TypeAlias = Callable[[EmailMessage], Awaitable[None]]
"""Hands a mail to the other side. Raises `Refused` or `Unavailable`."""

LEASE = 30
"""Seconds a row is ours."""
SENDING = 20
"""Seconds to write and send it, so that it is settled within the lease."""
SETTLE_AGAIN = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between the tries to settle what is sent, all within the lease."""
MOST = 14
"""Attempts, over about three days, until a row is dead."""


class Leased(Struct, frozen=True, kw_only=True):
    id: int
    message_id: UUID
    token: UUID
    purpose: str
    subject: str
    attempts: int


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
            await self._hand_back(leased)
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

    async def _lease(self) -> list[Leased]:
        async with transaction(self.house.pool) as tx:
            await sql.bury(tx, most=MOST)
            rows = await sql.lease(tx, limit=self.batch, seconds=LEASE)
        return [msgspec.convert(row, Leased) for row in rows]

    async def _deliver(self, row: Leased) -> None:
        """One row, to one of its ends. A database that is gone leaves the lease to end by itself."""
        try:
            async with asyncio.timeout(SENDING):
                letter = await self._send(row)
        except Refused as error:
            await self._give_up(row, str(error))
        except (Unavailable, TimeoutError) as error:
            await self._try_again(row, str(error) or "It took too long.")
        except Exception as error:  # one letter that cannot be written must not keep the others
            log.error("letter_failed", outbox=row.id, attempt=row.attempts, exc_info=error)
            await self._try_again(row, f"It failed in an unexpected way ({type(error).__name__}); see the log.")
        else:
            await self._settle(row, letter)

    async def _send(self, row: Leased) -> Letter:
        letter = await act(
            self.house, GATEWAY, self.writer.write, WriteLetter(purpose=row.purpose, subject=row.subject)
        )
        message = message_of(letter, sender=self.sender, message_id=row.message_id, now=self.house.now())
        await self.transport(message)
        return letter

    async def _settle(self, row: Leased, letter: Letter) -> None:
        """It is sent: a database that is gone for a moment shall not make us send it again."""
        settle = SettleDelivery(id=row.id, token=row.token, subject=row.subject)
        reason = f"{row.purpose} to {letter.disclosed_to}"
        for pause_before in (*SETTLE_AGAIN, None):
            try:
                await act(self.house, GATEWAY, settle_delivery, settle, reason=reason)
            except Unavailable:
                if pause_before is None:
                    raise
                await asyncio.sleep(pause_before)
            else:
                break
        log.info("delivered", outbox=row.id, letter=row.purpose, attempt=row.attempts)

    async def _try_again(self, row: Leased, why: str) -> None:
        if row.attempts >= MOST:
            await self._give_up(row, f"Given up after {row.attempts} attempts. {why}")
            return
        async with transaction(self.house.pool) as tx:
            await sql.try_again(tx, id=row.id, token=row.token, reason=why, seconds=pause(row.attempts))
        log.warning("delivery_put_off", outbox=row.id, attempt=row.attempts, why=why)

    async def _give_up(self, row: Leased, why: str) -> None:
        async with transaction(self.house.pool) as tx:
            await sql.give_up(tx, id=row.id, token=row.token, reason=why)
        log.error("delivery_dead", outbox=row.id, attempt=row.attempts, why=why)

    async def _hand_back(self, leased: list[Leased]) -> None:
        """We are stopped: what is not settled is due again at once, for another; or when its lease ends."""
        with suppress(Unavailable, TimeoutError):
            async with asyncio.timeout(1), transaction(self.house.pool) as tx:
                for row in leased:
                    await sql.hand_back(tx, id=row.id, token=row.token)


def pause(attempts: int) -> float:
    """Seconds to the next attempt: 2, 8, 32, … up to 12 hours; the database adds jitter, up to a quarter either way."""
    return float(min(2 * 4 ** (attempts - 1), 12 * 3600))


async def explain_waiting(house: House, why: str) -> int:
    """Say on every queued row what it waits for; answers how many wait."""
    async with transaction(house.pool) as tx:
        waiting: int = await sql.explain(tx, reason=why)
    return waiting
