"""What became of a message."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.drafts import Draft, Reading
from schemas.words import InboxState, RecordState


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
    area: str = ""
    """Code of the PDU, or of the area of 2003, that sent it, where the message itself does not say."""
    connection: str = ""
    """Code of the connection it came by. Where nothing is said, the one that its account sends such content over."""
    systems: tuple[str, ...] = ()
    """Far systems whose content this can be: where nothing is said, a connection of another is not meant."""


class ReadUsing(Struct, frozen=True, kw_only=True):
    """How the messages of a connection are read."""

    system: str
    profile: str
    codes: dict[str, dict[str, str]] = field(default_factory=dict)


class InboxItem(Struct, frozen=True, kw_only=True):
    """A stored message and its state; `reason` says in words why it is in that state."""

    inbox_id: UUID
    state: InboxState
    received_at: datetime
    nsi_ids: list[UUID] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Fields of the national checklist, and of the regime, that the message does not hold."""
    reason: str | None = None
    thread: UUID | None = None
    """Of the messages that forward and answer one another: that of the first. None where a message stands alone."""


class ReadInbox(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "inbox.read"

    id: UUID


class ListInbox(Struct, frozen=True, kw_only=True):
    """Newest first; `cursor` is the `next` of the page before."""

    action: ClassVar[str] = "inbox.read"

    state: InboxState | None = None
    thread: UUID | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class InboxPage(Struct, frozen=True, kw_only=True):
    items: list[InboxItem]
    next: str | None = None


class TakeMessages(Struct, frozen=True, kw_only=True):
    """Take messages that wait, to read them. What a dead reader had taken is given back first."""

    action: ClassVar[str] = "intake.take"

    limit: int = 1
    only: tuple[UUID, ...] = ()
    """Just these; empty: the oldest that wait."""


class TakenMessage(Struct, frozen=True, kw_only=True):
    inbox_id: UUID
    content_type: str
    raw: bytes
    using: ReadUsing | None = None
    """Of the connection it came by."""
    trusted: bool = False
    """Each of its records is taken as it is."""


class Taken(Struct, frozen=True, kw_only=True):
    messages: list[TakenMessage]


class TakeRecords(Struct, frozen=True, kw_only=True):
    """Take some records of a trusted connection's message. Those that were taken before are not taken again."""

    action: ClassVar[str] = "intake.settle"

    inbox_id: UUID
    first: int
    """Number of the first of these, from 1."""
    drafts: list[Draft]


class RecordsTaken(Struct, frozen=True, kw_only=True):
    counts: dict[RecordState, int]


class ListRecords(Struct, frozen=True, kw_only=True):
    """What each record of a message came to, in the order of the file; `cursor` is the `next` of the page before."""

    action: ClassVar[str] = "inbox.read"

    id: UUID
    state: RecordState | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class InboxRecord(Struct, frozen=True, kw_only=True):
    """One record of a trusted connection's message, with nothing about the person."""

    n: int
    kind: str
    """`nsi`, `contact`, …; `row` of one that could not be read."""
    state: RecordState
    reason: str | None
    line: int | None
    missing: list[str]
    nsi: UUID | None


class RecordPage(Struct, frozen=True, kw_only=True):
    counts: dict[RecordState, int]
    """Of all records of the message."""
    items: list[InboxRecord]
    next: str | None = None


class SettleMessage(Struct, frozen=True, kw_only=True):
    """Say what a message came to: its reading, or the fault that kept it from being read."""

    action: ClassVar[str] = "intake.settle"

    inbox_id: UUID
    reading: Reading | None = None
    fault: str = ""
    """In words for the sender and the reviewer, with nothing about a person."""
