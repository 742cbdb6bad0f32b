"""A worker process of its own, and what it works with."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGTERM
from typing import TypeVar
from uuid import uuid4

import asyncpg
from msgspec import Struct

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.embedded.postgres import Postgres
from gateway.embedded.valkey import Valkey
from gateway.intake.store import store_message
from gateway.store.database import open_pool
from schemas.inbox import StoreMessage

T = TypeVar("T")
CANARY = "Zebedee Example-Canary"
MAIL = """From: Sam Invented <sam@sender.invalid>
To: transfers@gateway.invalid
Message-ID: <{key}@sender.invalid>
Subject: Release from HMP Durham on {day}, to Leeds
Content-Type: text/plain; charset="utf-8"

Please take this case transfer.

Name: {name}
CRN: {crn}
Date of birth: {born}
Release date: {day}
Releasing prison: HMP Durham
Address on release: 14 Example Street, Leeds LS1 4AP
RoSH: High
Sending PDU: County Durham and Darlington
"""


class Place(Struct, frozen=True):
    """Servers with a database that is migrated and knows the organisation."""

    folder: Path
    postgres: Postgres
    valkey: Valkey

    async def ask(self, question: str) -> object:
        connection = await asyncpg.connect(self.postgres.url)
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()


async def post(place: Place, crn: str) -> str:
    """Store a mail about an invented person, and answer its id."""
    day = datetime.now(UTC) + timedelta(days=35)
    serial = int(crn[1:])  # each a person of its own: no name nor birth date twice
    born = f"{1 + serial % 28:02}/03/{1950 + serial % 50}"
    name = CANARY + "".join(chr(ord("a") + int(digit)) for digit in crn[1:])
    raw = MAIL.format(key=uuid4().hex, day=f"{day:%d/%m/%Y}", name=name, crn=crn, born=born).encode()
    pool = await open_pool(place.postgres.url, size=1)
    house = House(pool=pool, now=lambda: datetime.now(UTC))
    message = StoreMessage(raw=raw, content_type="message/rfc822", source_key=uuid4().hex, channel="http")
    item = await act(house, OPERATOR, store_message, message)
    await pool.close()
    return str(item.inbox_id)


def letters(place: Place, inbox: str) -> Callable[[], Awaitable[object]]:
    """How many letters about a message have been captured."""
    outbox = f"""
        select count(*) from captured_mail c join outbox o on c.message_id like '<' || o.message_id || '@%'
        where o.state = 'delivered' and (o.subject = 'inbox:{inbox}'
          or o.subject in (select 'nsi:' || id from nsi where inbox_id = '{inbox}'))"""

    async def count() -> object:
        return await place.ask(outbox)

    return count


async def until(found: Callable[[], Awaitable[object]], expected: object, *, seconds: float, why: str) -> float:
    """Wait until `found` answers `expected`; answers how long that took."""
    began = time.monotonic()
    while (last := await found()) != expected:
        if time.monotonic() - began > seconds:
            raise AssertionError(f"not within {seconds:g} s: {why} ({last!r}, not {expected!r})")
        await asyncio.sleep(0.05)
    return time.monotonic() - began


class Worker:
    """`bedspace worker`, and what it logs."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process = process
        self.log = log

    def says(self, event: str) -> bool:
        return f'"event": "{event}"' in self.log.read_text()

    async def has_said(self, event: str, seconds: float = 20) -> None:
        async def said() -> object:
            return self.says(event)

        await until(said, True, seconds=seconds, why=f"the worker says {event}")  # noqa: FBT003  # what it answers

    async def stop(self) -> float:
        """Ask it to stop; answers how many seconds it took."""
        began = time.monotonic()
        if self.process.returncode is None:
            self.process.send_signal(SIGTERM)
        await asyncio.wait_for(self.process.wait(), 10)
        return time.monotonic() - began


@asynccontextmanager
async def working(place: Place, *, ready: bool = True, **settings: str) -> AsyncIterator[Worker]:
    """A running worker, killed at the end if it still is."""
    log = place.folder / f"worker-{uuid4().hex[:8]}.log"
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("SMTP_URL", "OIDC_ISSUER")},
        "DATABASE_URL": place.postgres.url,
        "REDIS_URL": place.valkey.url,
        "DATA": str(place.folder),
        **settings,
    }
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "gateway", "worker"),
            cwd=Path(__file__).parents[2],
            env=environment,
            stderr=out,
        )
    worker = Worker(process, log)
    try:
        if ready:
            await worker.has_said("working")
        yield worker
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
