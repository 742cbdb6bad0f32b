"""The one place that knows which adapters exist and opens the database."""

import asyncio
import importlib
import mimetypes
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from adapters.contract import Channel, Inlet, Outlet, System, Take
from adapters.profile import Profile, code_faults
from bedspace.geography.postcodes import Postcodes, open_postcodes
from bedspace.search.register import Register
from gateway.access.act import House
from gateway.delivery.parcels import Packed, Packer
from gateway.embedded import found
from gateway.following import follow
from gateway.intake.child import Way
from gateway.intake.readers import Readers
from gateway.settings import Settings
from gateway.store.database import Pool, open_pool
from schemas.connections import KeepConnection
from schemas.drafts import Draft
from schemas.errors import Invalid, NotThere, Refused, Unavailable

SYSTEMS = (
    "email_notice",
    "areafile",
    "ndelius",
    "oasys",
    "temporary_supervision",
    "prison",
    "domain_event",
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


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CHANNELS = ("http", "folder", "imap", "smtp_in", "webhook")
"""Every road, a module of `adapters/channels` each."""


@cache
def channels() -> dict[str, Channel]:
    """By name. Imported when first asked for."""
    found = (importlib.import_module(f"adapters.channels.{name}").CHANNEL for name in CHANNELS)
    return {channel.name: channel for channel in found}


def road(channel: str, settings: dict[str, Any]) -> Outlet:
    """The road that a connection goes out by. Raises `Refused` where there is none, or its settings do not fit."""
    found = channels().get(channel)
    if found is None or found.outlet is None:
        raise Refused(f"Nothing goes out by {channel}. Correct the connection.")
    try:
        return found.outlet(_fitting(found, settings))
    except Invalid as error:
        raise Refused(f"The connection's {error}") from error


def inlet(channel: str, settings: dict[str, Any]) -> Inlet | None:
    """What is looked at for a connection in, or None where the far side comes to us. Raises `Invalid`."""
    found = channels().get(channel)
    if found is None or found.inlet is None:
        return None
    return found.inlet(_fitting(found, settings))


def door(channel: str, settings: dict[str, Any], take: Take) -> AbstractAsyncContextManager[int] | None:
    """A listener for a connection in, or None where there is none. Raises `Invalid`."""
    found = channels().get(channel)
    if found is None or found.listen is None:
        return None
    return found.listen(_fitting(found, settings), take)


def _fitting(channel: Channel, settings: dict[str, Any]) -> Any:
    try:
        return msgspec.convert(settings, channel.settings)
    except msgspec.ValidationError as error:
        raise Invalid.because("settings", f"{error}.") from error


def takes(system: str) -> tuple[type[Draft], ...]:
    """Kinds of draft that a system writes. Raises `NotThere`."""
    return system_called(system).writes


def pack(system: str, profile: str, codes: Mapping[str, Mapping[str, str]], draft: Draft) -> Packed:
    """A record in a system's words. Raises `Refused` for what it has no words for, `NotThere`."""
    found, used = system_called(system), profiles_of(system)
    if found.write is None or profile not in used:
        raise Refused(f"Nothing is written in the words of {system}/{profile}. Correct the connection.")
    raw = found.write(draft, used[profile].with_codes(codes))
    packed = [one for one in found.content_types if one == XLSX] if raw.startswith(b"PK\x03\x04") else []
    content_type = (packed or list(found.content_types))[0]
    kind = str(draft.__struct_config__.tag)
    return Packed(content_type=content_type, raw=raw, filename=f"{kind}{mimetypes.guess_extension(content_type) or ''}")


def packer_of(works: "Works") -> Packer:
    return Packer(pack=pack, takes=takes, link_base=works.settings.link_base, secret=works.secret)


def looks_like_email(raw: bytes) -> bool:
    """Whether bytes begin as an e-mail does, for a door that must answer before anything is read."""
    from adapters.formats import mime  # noqa: PLC0415  # doors open without

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


def systems_reading(content_type: str) -> tuple[str, ...]:
    """Names of those that take it."""
    return tuple(system.name for system in systems() if content_type in system.content_types)


def check_connection(command: KeepConnection) -> KeepConnection:
    """As it was asked for, with what its profile says where it says nothing. Raises `Invalid` naming the field."""
    try:
        system, profiles = system_called(command.system), profiles_of(command.system)
    except NotThere as error:
        raise Invalid.because("system", str(error)) from error
    if command.profile not in profiles:
        raise Invalid.because("profile", f"{command.system} has: {', '.join(profiles)}.")
    if command.direction == "out" and system.write is None:
        raise Invalid.because("direction", f"Nothing is written in the words of {command.system}.")
    for name, code, why in code_faults(command.codes):
        raise Invalid.because(f"codes.{name}.{code}" if code else f"codes.{name}", why)
    channel = channels().get(command.channel)
    if channel is None:
        raise Invalid.because("channel", f"There is none of this name. There are: {', '.join(channels())}.")
    takes = (channel.inlet or channel.called) if command.direction == "in" else channel.outlet
    if not takes:
        raise Invalid.because("direction", f"Nothing goes {command.direction} by {command.channel}.")
    _fitting(channel, command.settings)
    profile, records = profiles[command.profile], command.records_temporary_moves
    return msgspec.structs.replace(
        command,
        way=command.way or profile.way,
        records_temporary_moves=profile.records_temporary_moves if records is None else records,
    )


@cache
def reading_ways() -> dict[str, list[Way]]:
    """Content type → the ways to read it that need no connection: each system with each profile that is on."""
    ways: dict[str, list[Way]] = {}
    for system in systems():
        for profile in profiles_of(system.name).values():
            for content_type in system.content_types if profile.on else ():
                ways.setdefault(content_type, []).append(way_of(system.name, profile.name))
    return ways


def open_readers(*, size: int = 1) -> Readers:
    """Processes that read, in every way there is."""
    return Readers(reading_ways(), size=size, way_of=way_of)


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
