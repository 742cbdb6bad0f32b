"""What became of a message."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct, field

from schemas.words import InboxState


class StoreMessage(Struct, frozen=True, kw_only=True):
    """Keep the bytes before anything else is done with them."""

    action: ClassVar[str] = "intake.store"

    raw: bytes
    content_type: str
    source_key: str
    """The sender's own key, or the sha-256 of the bytes: the same key has the same answer."""
    channel: str
    """`http`, `cli`, `smtp`, …"""
    filename: str = ""


class InboxItem(Struct, frozen=True, kw_only=True):
    """A stored message and its state; `reason` says in words why it is in that state."""

    inbox_id: UUID
    state: InboxState
    received_at: datetime
    nsi_ids: list[UUID] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Fields of the national checklist, and of the regime, that the message does not hold."""
    reason: str | None = None
