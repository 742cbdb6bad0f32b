"""The courier: what connections are owed, by each one's road, in order per person, and no connection waits for another.

As the relay does with letters, a row is leased, sent with no database connection held, and settled. A few at a time go
out by one connection, and one only while its breaker is half open; a connection that is paused or broken is left.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import structlog

from adapters.contract import Outlet, Receipt
from bedspace.store import queries
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.connections.health import OPENS_AT, note_health
from gateway.delivery.parcels import Packer, WriteParcel
from gateway.delivery.rows import LEASE, SENDING, Leased, Rows
from gateway.store.database import transaction
from schemas.connections import NoteHealth
from schemas.errors import BedspaceError, Refused, Unavailable

log = structlog.get_logger("bedspace.courier")
sql = queries(__file__)

AT_ONCE = 64
"""Deliveries on their way from one process."""
AT_ONCE_BY_ONE = 16
"""Of these, by one connection."""
ENDED = 8
"""Ends after which it is looked what else is due, and"""
STEP = 0.1
"""seconds after which it is, while some are on their way."""

Road = Callable[[str, dict[str, Any]], Outlet]
"""Channel and settings → the road."""


class Courier:
    """One process's. Any number of couriers may run."""

    def __init__(self, house: House, packer: Packer, road: Road) -> None:
        self._house, self._packer, self._road = house, packer, road
        self._rows = Rows(house)
        self._going: dict[asyncio.Task[None], Leased] = {}

    async def deliver_due(self) -> float | None:
        """Send off what is due; answers after how many seconds to look again, None when nothing waits.

        Raises `Unavailable`. What is on its way goes on meanwhile; cancelled, it is handed back.
        """
        try:
            for row in await self._lease():
                self._going[asyncio.create_task(self._deliver(row))] = row
            if self._going:
                await self._some_end()
                return 0
            return await self._seconds_to_next()
        except asyncio.CancelledError:
            await self.stop()
            raise

    async def finish(self) -> None:
        """Nothing more is taken; what is on its way comes to its end, or is handed back when that takes too long."""
        try:
            while self._going:
                await self._some_end()
        except asyncio.CancelledError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """What is on its way is given up, and handed back."""
        going, self._going = self._going, {}
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)
        await self._rows.hand_back(list(going.values()))

    async def _some_end(self) -> None:
        until, ended = time.monotonic() + STEP, 0
        while self._going and ended < ENDED and (left := until - time.monotonic()) > 0:
            done, _ = await asyncio.wait(self._going, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                del self._going[task]
            for task in done:
                task.result()
            ended += len(done)

    async def _lease(self) -> list[Leased]:
        room = AT_ONCE - len(self._going)
        if room <= 0:
            return []
        await self._rows.bury()
        async with transaction(self._house.pool) as tx:
            rows = await sql.lease(
                tx, limit=room, each=AT_ONCE_BY_ONE, broken=OPENS_AT, seconds=LEASE, now=self._house.now()
            )
        return [msgspec.convert(row, Leased) for row in rows]

    async def _seconds_to_next(self) -> float | None:
        async with transaction(self._house.pool) as tx:
            seconds: float | None = await sql.seconds_to_next(tx, now=self._house.now())
        return seconds

    async def _deliver(self, row: Leased) -> None:
        """One row, to one of its ends. A database that is gone leaves the lease to end by itself."""
        try:
            async with asyncio.timeout(SENDING):
                receipt, said = await self._send(row)
        except Refused as error:
            await self._rows.give_up(row, str(error))
        except (Unavailable, TimeoutError) as error:
            why = str(error) or "It took too long."
            await self._rows.try_again(row, why)
            await self._ail(row, why)
        except BedspaceError as error:
            await self._rows.give_up(row, str(error))
        except Exception as error:  # one delivery that cannot be written must not keep the others
            log.error("delivery_failed", outbox=row.id, attempt=row.attempts, exc_info=error)
            await self._rows.try_again(row, f"It failed in an unexpected way ({type(error).__name__}); see the log.")
        else:
            await self._rows.settle(row, f"connection:{row.connection}", receipt.reference, said)

    async def _send(self, row: Leased) -> tuple[Receipt, dict[str, str]]:
        sending = await act(self._house, GATEWAY, self._packer.write, WriteParcel(id=row.id))
        receipt = await self._road(sending.channel, sending.settings).hand_over(sending.parcel)
        return receipt, sending.said

    async def _ail(self, row: Leased, why: str) -> None:
        """The connection is not well; a database that is gone will learn of it by the next failure."""
        with suppress(Unavailable):
            await act(self._house, GATEWAY, note_health, NoteHealth(code=row.connection or "", error=why))
