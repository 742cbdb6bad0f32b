"""The one place that knows which adapters exist and opens the database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache

from msgspec import Struct

from adapters.contract import System
from bedspace.geography.postcodes import Postcodes, open_postcodes
from bedspace.search.register import Register
from gateway.access.act import House
from gateway.embedded import found
from gateway.following import follow
from gateway.settings import Settings
from gateway.store.database import Pool, open_pool
from schemas.errors import Unavailable


@cache
def systems() -> tuple[System, ...]:
    """Every far system. Imported when first asked for: doors open without, and reading is for other processes."""
    from adapters.systems import email_notice  # noqa: PLC0415  # see above

    return (email_notice.SYSTEM,)


def looks_like_email(raw: bytes) -> bool:
    """Whether bytes begin as an e-mail does, for a door that must answer before anything is read."""
    from adapters.formats import mime  # noqa: PLC0415  # as above

    return mime.looks_like_email(raw)


class Works(Struct, frozen=True):
    """Everything a process works with, opened once."""

    settings: Settings
    house: House
    register: Register
    postcodes: Postcodes
    secret: bytes
    stamp: str

    @property
    def pool(self) -> Pool:
        return self.house.pool


def reading_functions() -> dict[str, str]:
    """Content type → `module:function` that reads it, for the reading processes to import."""
    return {
        content_type: f"{system.read.__module__}:{system.read.__qualname__}"
        for system in systems()
        for content_type in system.content_types
    }


def running(settings: Settings) -> dict[str, str]:
    """What a running `bedspace up` in `DATA` wrote down: `database_url`, `redis_url`, `port`. Raises `Unavailable`."""
    return found.running(settings)


def database_url(settings: Settings) -> str:
    return settings.database_url or running(settings)["database_url"]


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def _pool(url: str, size: int, **settings: str) -> AsyncIterator[Pool]:
    pool = await open_pool(url, size=size, **settings)
    try:
        yield pool
    finally:
        try:
            await asyncio.wait_for(pool.close(), 5)
        except TimeoutError:
            pool.terminate()


@asynccontextmanager
async def open_works(
    settings: Settings, *, now: Callable[[], datetime] = utc_now, ring: Callable[[], None] = lambda: None
) -> AsyncIterator[Works]:
    """Open the pools, the postcodes and the register (which loads its snapshot at its first search)."""
    url = database_url(settings)
    async with _pool(url, settings.pool_size) as pool, _pool(url, 2, plan_cache_mode="force_generic_plan") as reading:
        row = await pool.fetchrow("select stamp, secret from installation")
        if row is None:
            raise Unavailable("This database is not set up yet. Run `bedspace migrate`.")
        postcodes = open_postcodes(settings.data)
        register = Register(reading, postcodes, now=now, invented=row["stamp"] == "demo")
        try:
            yield Works(
                settings=settings,
                house=House(pool=pool, now=now, ring=ring, follow=follow),
                register=register,
                postcodes=postcodes,
                secret=row["secret"],
                stamp=row["stamp"],
            )
        finally:
            await register.close()
