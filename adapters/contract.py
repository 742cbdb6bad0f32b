"""What every system adapter promises."""

from collections.abc import Callable

from msgspec import Struct

from schemas.drafts import Reading


class System(Struct, frozen=True, kw_only=True):
    """A far system, as the gateway meets it.

    `read` is pure: bytes in, drafts with evidence out, the same each time. It raises `Unreadable`, and nothing else.
    """

    name: str
    describes: str
    """One line for `bedspace adapters`."""
    content_types: tuple[str, ...]
    read: Callable[[bytes], Reading]
