"""A row of the outbox that is ours for a while, and the ends it can come to."""

import asyncio
from contextlib import suppress
from uuid import UUID

import structlog
from msgspec import Struct

from bedspace.store import queries
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.delivery.settle import SettleDelivery, settle_delivery
from gateway.store.database import transaction
from schemas.errors import Unavailable

log = structlog.get_logger("bedspace.relay")
sql = queries(__file__)

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
    connection: str | None = None


class Rows(Struct, frozen=True):
    """What can be done with leased rows. Every end is for the lease that fits only."""

    house: House

    async def bury(self) -> None:
        """Those whose worker died with the last attempt."""
        async with transaction(self.house.pool) as tx:
            await sql.bury(tx, most=MOST)

    async def settle(self, row: Leased, told: str, receipt: str = "", said: dict[str, str] | None = None) -> None:
        """It is sent: a database that is gone for a moment shall not make us send it again."""
        settle = SettleDelivery(id=row.id, token=row.token, subject=row.subject, receipt=receipt, said=said)
        for pause_before in (*SETTLE_AGAIN, None):
            try:
                await act(self.house, GATEWAY, settle_delivery, settle, reason=f"{row.purpose} to {told}")
            except Unavailable:
                if pause_before is None:
                    raise
                await asyncio.sleep(pause_before)
            else:
                break
        log.info("delivered", outbox=row.id, letter=row.purpose, attempt=row.attempts)

    async def try_again(self, row: Leased, why: str) -> None:
        if row.attempts >= MOST:
            await self.give_up(row, f"Given up after {row.attempts} attempts. {why}")
            return
        async with transaction(self.house.pool) as tx:
            await sql.try_again(tx, id=row.id, token=row.token, reason=why, seconds=pause(row.attempts))
        log.warning("delivery_put_off", outbox=row.id, attempt=row.attempts, why=why)

    async def give_up(self, row: Leased, why: str) -> None:
        async with transaction(self.house.pool) as tx:
            await sql.give_up(tx, id=row.id, token=row.token, reason=why)
        log.error("delivery_dead", outbox=row.id, attempt=row.attempts, why=why)

    async def hand_back(self, leased: list[Leased]) -> None:
        """We are stopped: what is not settled is due again at once, for another; or when its lease ends."""
        with suppress(Unavailable, TimeoutError):
            async with asyncio.timeout(1), transaction(self.house.pool) as tx:
                for row in leased:
                    await sql.hand_back(tx, id=row.id, token=row.token)


def pause(attempts: int) -> float:
    """Seconds to the next attempt: 2, 8, 32, … up to 12 hours; the database adds jitter, up to a quarter either way."""
    return float(min(2 * 4 ** (attempts - 1), 12 * 3600))
