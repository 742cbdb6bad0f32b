"""A courier that dies at one step. Run as a program: database, step."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from signal import SIGKILL
from typing import Any

from adapters.contract import Outlet, Parcel, Receipt
from gateway.access.act import House
from gateway.delivery import rows
from gateway.delivery.courier import Courier
from gateway.delivery.settle import settle_delivery
from gateway.store.database import open_pool
from tests.delivery.connecting import PACKER, road


def die(*_: Any) -> None:
    os.kill(os.getpid(), SIGKILL)


class Dying:
    """A road on which one dies, before the call or after its answer."""

    def __init__(self, outlet: Outlet, step: str) -> None:
        self._outlet, self._step = outlet, step

    async def hand_over(self, parcel: Parcel) -> Receipt:
        if self._step == "claimed":
            die()
        receipt = await self._outlet.hand_over(parcel)
        if self._step == "answered":
            die()
        return receipt


async def main(database: str, step: str) -> None:
    pool = await open_pool(database, size=2)

    async def dying_settle(*given: Any) -> Any:
        done = await settle_delivery(*given)
        die()
        return done

    if step == "settled":
        dying_settle.__annotations__ = settle_delivery.__annotations__
        vars(rows)["settle_delivery"] = dying_settle
    house = House(pool=pool, now=lambda: datetime.now(UTC))
    courier = Courier(house, PACKER, lambda channel, settings: Dying(road(channel, settings), step))
    while (seconds := await courier.deliver_due()) is not None and seconds <= 0:
        pass
    die()  # committed: the last thing that can happen to it


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
