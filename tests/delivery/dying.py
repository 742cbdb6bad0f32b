"""A relay that dies at one step. Run as a program: database, port of the mail server, step."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from signal import SIGKILL
from typing import Any

from gateway.access.act import House
from gateway.delivery import relay as relays
from gateway.delivery import rows
from gateway.delivery.compose import Writer
from gateway.delivery.settle import settle_delivery
from gateway.delivery.smtp import Smtp
from gateway.store.database import open_pool


def die(*_: Any) -> None:
    os.kill(os.getpid(), SIGKILL)


async def main(database: str, port: int, step: str) -> None:
    pool = await open_pool(database, size=2)
    smtp = Smtp(host="127.0.0.1", port=port, seconds=5)

    async def transport(mail: EmailMessage) -> None:
        if step == "claimed":
            die()
        await smtp(mail)
        if step == "answered":
            die()

    async def dying_settle(*given: Any) -> Any:
        done = await settle_delivery(*given)
        die()
        return done

    if step == "settled":
        dying_settle.__annotations__ = settle_delivery.__annotations__
        vars(rows)["settle_delivery"] = dying_settle
    relay = relays.Relay(
        house=House(pool=pool, now=lambda: datetime.now(UTC)),
        writer=Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True),
        transport=transport,
        sender="gateway@bedspace.invalid",
    )
    print("ready", flush=True)  # noqa: T201  # a program of the tests
    await relay.deliver_due()
    die()  # committed: the last thing that can happen to it


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
