"""A message, read: what a system's reader makes of bytes. Every value keeps its evidence."""

from datetime import date
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct, field

from schemas.words import Gender, NsiType, Rosh

V = TypeVar("V")


class Found(Struct, Generic[V], frozen=True, kw_only=True):
    """A value, and the place in the message it was read from."""

    value: V
    text: str
    """The words it was read from, as they stand in the message."""
    source: str
    """Where: a part and a line, for instance `body line 4`, `subject`, `table "Request" row 3`, `attachment 1 …`."""
    confidence: Annotated[float, Meta(ge=0, le=1)]
    """1.0 labelled or a checked identifier; about 0.8 a clear phrase; 0.5 and less a guess for a person to look at."""


class DraftNsi(Struct, frozen=True, kw_only=True):
    """An NSI as far as a message gives it. None means that the message does not say."""

    type: Found[NsiType] | None = None
    name: Found[str] | None = None
    crn: Found[str] | None = None
    noms: Found[str] | None = None
    pnc: Found[str] | None = None
    birth_date: Found[date] | None = None
    gender: Found[Gender] | None = None
    move_on: Found[date] | None = None
    """The day of the release or of the move."""
    until: Found[date] | None = None
    """End of a temporary move."""
    destination: Found[str] | None = None
    """What the locator is asked: a postcode if there is one, else a place or a local authority."""
    address: Found[str] | None = None
    prison: Found[str] | None = None
    rosh: Found[Rosh] | None = None
    mappa: Found[str] | None = None
    reason: Found[str] | None = None
    sending: Found[str] | None = None
    """The sending PDU or office, in the sender's words."""
    sender_name: Found[str] | None = None
    sender_email: Found[str] | None = None
    phone: Found[str] | None = None


class Part(Struct, frozen=True, kw_only=True):
    """An attachment, to go back through intake by itself where another system reads it."""

    name: str
    content_type: str
    content: bytes


class Reading(Struct, frozen=True, kw_only=True):
    """All that one message came to."""

    drafts: list[DraftNsi] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    subject: str = ""
    sender_email: str = ""
    """Who is answered, also where there is no draft. A claim of the message, never an identity."""
    message_id: str = ""
    body_hash: str = ""
    """Of the text as read, so that a message is recognised when it arrives by another road."""
    automatic: str = ""
    """Why this message is no person's: `bounce`, `auto-reply`, `list`, `null sender`; empty when it is."""
    problems: list[str] = field(default_factory=list)
    """What could not be read, in words for the person who reviews it."""
