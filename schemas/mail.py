"""Mail that a demo keeps instead of sending."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct


class CapturedRow(Struct, frozen=True, kw_only=True):
    """One line of the list, newest first."""

    id: int
    at: datetime
    to: str
    subject: str


class CapturedMail(Struct, frozen=True, kw_only=True):
    """A mail as it would have gone out; `text` is plain text with its links."""

    id: int
    at: datetime
    message_id: str
    sender: str
    to: str
    subject: str
    text: str


class ListCaptured(Struct, frozen=True, kw_only=True):
    """`cursor` is the `next` of the page before."""

    action: ClassVar[str] = "mail.captured"

    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class CapturedPage(Struct, frozen=True, kw_only=True):
    items: list[CapturedRow]
    next: str | None = None


class ReadCaptured(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "mail.captured"

    id: int
