"""What is owed to the outside, how that goes, and sending it again."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct, field

DeliveryState = Literal["queued", "leased", "delivered", "dead"]


class Delivery(Struct, frozen=True, kw_only=True):
    """One row of the outbox. Nobody's address, and nothing about a person."""

    id: int
    channel: Literal["mail", "connection"]
    connection: str | None
    purpose: str
    """Which letter, or `to_connection`."""
    subject: str
    event: str
    """What happened, for which it is owed."""
    state: DeliveryState
    attempts: int
    queued_at: datetime
    next_at: datetime
    delivered_at: datetime | None
    reason: str | None
    """Why it waits, or is dead."""
    receipt: str | None
    """What the far side calls it."""
    replayed: int


class DeliveryPage(Struct, frozen=True, kw_only=True):
    """Deliveries, newest first."""

    items: list[Delivery]
    next: str | None = None


class ListDeliveries(Struct, frozen=True, kw_only=True):
    """Newest first; `cursor` is the `next` of the page before."""

    action: ClassVar[str] = "delivery.list"

    state: DeliveryState | None = None
    connection: str | None = None
    subject: str | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class ReplayDelivery(Struct, frozen=True, kw_only=True):
    """Send one again, under the same id, so that a far side that has it already knows it."""

    action: ClassVar[str] = "delivery.replay"

    id: int


class ReplayDead(Struct, frozen=True, kw_only=True):
    """Send again what is dead, of one connection or of one purpose, queued in a span of time."""

    action: ClassVar[str] = "delivery.replay"

    connection: str | None = None
    purpose: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000


class Replayed(Struct, frozen=True, kw_only=True):
    """What will be sent again."""

    ids: list[int]
    more: bool = False
    """Whether there are others like these: ask again."""


class TryReplay(Struct, frozen=True, kw_only=True):
    """What would go out now; nothing is sent."""

    action: ClassVar[str] = "delivery.replay"

    id: int


class WouldSend(Struct, frozen=True, kw_only=True):
    """What would go out now, and what that changes for a far side that has what it was sent last. Fields, no values."""

    id: int
    would: Literal["send", "refuse"]
    why: str | None = None
    content_type: str | None = None
    size: int | None = None
    """Bytes."""
    last_sent_at: datetime | None = None
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unchanged: int = 0


class ReadTrail(Struct, frozen=True, kw_only=True):
    """The way of an NSI: from the bytes that caused it, to every delivery."""

    action: ClassVar[str] = "delivery.list"

    reference: str
    """`NSI-000001`, or its id."""


class TrailMessage(Struct, frozen=True, kw_only=True):
    """A message it came of, or that told of it."""

    inbox_id: str
    received_at: datetime
    channel: str
    connection: str | None
    state: str
    sha256: str
    size: int
    read_as: str | None


class TrailEvent(Struct, frozen=True, kw_only=True):
    id: int
    at: datetime
    kind: str
    by: str | None
    deliveries: list[Delivery] = field(default_factory=list)


class Trail(Struct, frozen=True, kw_only=True):
    """The transaction log of one NSI, oldest first."""

    id: str
    reference: str
    messages: list[TrailMessage]
    events: list[TrailEvent]
