"""The feed of what happened, for the systems of areas."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct, field


class ReadChanges(Struct, frozen=True, kw_only=True):
    """What happened after `since`, oldest first, as far as one may see it."""

    action: ClassVar[str] = "changes.read"

    since: str | None = None
    """The `next` of the page before; none from the beginning; `now` for nothing but a place to go on from."""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class Change(Struct, frozen=True, kw_only=True):
    """One thing that happened. Ids and codes only: read the record itself for more."""

    id: int
    """The same whenever it is read. It rises nearly, not strictly: go on by `next`, never by the greatest id."""
    at: datetime
    kind: str
    """In the past tense: `nsi_routed`, `placement_accepted`, `hold_placed`, …"""
    subject: str
    """What it happened to, as `kind:id`: `nsi:…`, `placement:…`, `premises:P034`."""
    body: dict[str, Any] = field(default_factory=dict)


class Changes(Struct, frozen=True, kw_only=True):
    """A page of the feed. There is always a `next`: ask with it at once while `more`, else after a while."""

    items: list[Change]
    next: str
    more: bool
