"""The one place that knows which adapters exist and opens the database."""

import asyncio
import importlib
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from adapters.contract import System
from adapters.profile import Profile
from bedspace.geography.postcodes import Postcodes, open_postcodes
from bedspace.search.register import Register
from gateway.access.act import House
from gateway.embedded import found
from gateway.following import follow
from gateway.intake.child import Way
from gateway.settings import Settings
from gateway.store.database import Pool, open_pool
from schemas.errors import NotThere, Unavailable

SYSTEMS = (
    "email_notice",
    "areafile",
    "ndelius",
    "temporary_supervision",
)
"""Every far system, in the order in which they are tried."""


@cache
def systems() -> tuple[System, ...]:
    """Imported when first asked for: doors open without, and reading is for other processes."""
    return tuple(importlib.import_module(f"adapters.systems.{name}").SYSTEM for name in SYSTEMS)


@cache
def system_called(name: str) -> System:
    """Raises `NotThere`."""
    for system in systems():
        if system.name == name:
            return system
    raise NotThere(f"There is no system {name}. These can be read: {', '.join(SYSTEMS)}.")


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


@cache
def profiles_of(system: str) -> dict[str, Profile]:
    """By name: those that come with it, and those in the folder that the setting `PROFILES` names. Raises `Invalid`."""
    own = os.environ.get("PROFILES")
    return system_called(system).profiles(Path(own) if own else None)


def way_of(system: str, profile: str, codes: Mapping[str, Mapping[str, str]] | None = None) -> Way:
    """How a connection's messages are read: `codes` are added to the profile's tables. Raises `NotThere`."""
    found = profiles_of(system)
    if profile not in found:
        raise NotThere(f"{system} has no profile {profile}. It has: {', '.join(found)}.")
    used = found[profile].with_codes(codes or {})
    return Way(f"{system}/{profile}", f"adapters.systems.{system}:SYSTEM", msgspec.msgpack.encode(used))


@cache
def reading_ways() -> dict[str, list[Way]]:
    """Content type → the ways to read it that need no connection: each system with each profile that is on."""
    ways: dict[str, list[Way]] = {}
    for system in systems():
        for profile in profiles_of(system.name).values():
            for content_type in system.content_types if profile.on else ():
                ways.setdefault(content_type, []).append(way_of(system.name, profile.name))
    return ways


def content_types() -> tuple[str, ...]:
    """Everything that some system reads."""
    return tuple(dict.fromkeys(kind for system in systems() for kind in system.content_types))


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
