"""Parts of an NSI that sources and people add to it."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from schemas.words import NsiStatus

Code = Annotated[str, Meta(min_length=1, max_length=20)]
Short = Annotated[str, Meta(min_length=1, max_length=200)]
Provider = Annotated[str, Meta(pattern="^[A-Z0-9]{3}$")]
Source = Annotated[str, Meta(pattern="^[a-z][a-z0-9_-]{1,39}$")]
"""A far system, as the connection calls it, such as `ndelius`."""
Reference = Annotated[str, Meta(min_length=1, max_length=100)]


class KnownAs(Struct, frozen=True, kw_only=True):
    """What a far system calls an NSI."""

    source: str
    reference: str


class NsiReport(Struct, frozen=True, kw_only=True):
    """A status as a source reports it. It holds from `at`, and is never rewritten."""

    source: str
    """`bedspace` for what is done here."""
    record: str = ""
    version: int
    status: NsiStatus
    at: datetime
    started_on: date | None = None
    ended_on: date | None = None
    outcome: str | None = None


class NsiNote(Struct, frozen=True, kw_only=True):
    """About the person, and masked with them. Notes are added, never changed."""

    at: datetime
    by: str
    text: str


class NsiQuestion(Struct, frozen=True, kw_only=True):
    """Something that cannot be, or does not fit: a person looks and answers."""

    n: int
    kind: str
    said: str
    asked_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    answer: str = ""
