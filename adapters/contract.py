"""What every adapter promises: a system says what bytes mean, a channel moves them, and neither knows the other.

Three errors, because there are three things to do next (`schemas/errors.py`): `Unavailable`, wait and try again;
`Refused`, tell a person; `Unreadable`, ask a person.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeAlias

from msgspec import Struct

from adapters.profile import Profile, profiles_in
from schemas.drafts import Draft, Reading, RefusedRow, Unmapped

Record: TypeAlias = Draft | RefusedRow | Unmapped
"""What one record of a long file came to."""


class System(Struct, frozen=True, kw_only=True):
    """A far system, as the gateway meets it. It is pure: nothing is remembered, asked, sent, logged or printed."""

    name: str
    describes: str
    """One line for `bedspace adapters`."""
    home: Path
    """Its folder: README.md, and `profiles/` where it has any."""
    content_types: tuple[str, ...]
    read: Callable[[bytes, Any], Reading]
    """Bytes and a profile in, drafts with evidence out, the same each time. Raises `Unreadable`, and nothing else: of
    what is not in this format, too, since several systems may take the same content type and each is tried."""
    write: Callable[[Draft, Any], bytes] | None = None
    """A record and a profile in, bytes out: what `read` makes the same record of. Raises `Refused` for what this format
    cannot say."""
    writes: tuple[type[Draft], ...] = ()
    """The kinds of record that `write` takes."""
    stream: Callable[[BinaryIO, Any], Iterator[Record]] | None = None
    """The records of a file too long to hold, one after the other, in memory that does not grow with it."""
    profile: type[Profile] = Profile

    def profiles(self, more: Path | None = None) -> dict[str, Profile]:
        """By name: its own, then those in the folder `more`/NAME. One without any has `plain`. Raises `Invalid`."""
        shipped = profiles_in(self.home / "profiles", self.profile)
        own = profiles_in(more / self.name, self.profile) if more else {}
        return {**shipped, **own} or {"plain": plain(self)}


def plain(system: System) -> Profile:
    """The profile of a system that needs none."""
    return system.profile(name="plain", title=system.describes, layout="ours", source=f"{system.name}/README.md")


class Arrived(Struct, frozen=True, kw_only=True):
    """Something that a channel found. It is stored first, acknowledged second, interpreted third."""

    raw: bytes
    content_type: str
    source_key: str
    """The same thing has the same key, however often it is found."""
    filename: str = ""
    handle: str = ""
    """The channel's own, to acknowledge it by."""


class Parcel(Struct, frozen=True, kw_only=True):
    """Something to be handed over. The same `id` over all attempts."""

    id: str
    content_type: str
    raw: bytes
    filename: str
    reference: str
    """Ours, for the far end to know a repeat by."""


class Receipt(Struct, frozen=True, kw_only=True):
    """The far side has it."""

    reference: str = ""
    """What it calls it, where it says so."""


class Inlet(Protocol):
    """A road in that is looked at again and again: a mailbox, a folder. What calls us instead needs none."""

    def look(self) -> AsyncIterator[Arrived]:
        """What waits there, oldest first. Raises `Unavailable`, `Refused` (the far side does not let us in)."""

    async def acknowledge(self, arrived: Arrived) -> None:
        """It is stored, so it may go. Harmless twice. Raises `Unavailable`."""

    async def close(self) -> None:
        """What it keeps open between looks. It may be looked at again."""


class Outlet(Protocol):
    """A road out."""

    async def hand_over(self, parcel: Parcel) -> Receipt:
        """Raises `Unavailable`, `Refused`."""


Take: TypeAlias = Callable[[Arrived], Awaitable[None]]
"""Stores what arrived. Raises `Unavailable` for what may pass, another error for what will not."""


class Channel(Struct, frozen=True, kw_only=True):
    """How bytes travel. `settings` is the shape of what a connection must say: never a secret, but where to find it."""

    name: str
    describes: str
    settings: type[Struct]
    inlet: Callable[[Any], Inlet] | None = None
    outlet: Callable[[Any], Outlet] | None = None
    called: bool = False
    """The far side comes to us: an HTTP request, an SMTP session."""
    listen: Callable[[Any, Take], AbstractAsyncContextManager[int]] | None = None
    """Of one that is called at a port of its own: settings and who stores → a listener, and its port."""
