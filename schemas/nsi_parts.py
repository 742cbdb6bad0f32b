"""Parts of an NSI that sources and people add to it."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct, field

from schemas.locate import Named
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


class ClockPause(Struct, frozen=True, kw_only=True):
    """A clock stood, stands or will stand still; it goes on by itself on the day `until`."""

    from_: date = field(name="from")
    until: date
    reason: str
    """Code of the list `clock_pause`."""
    note: str = ""
    by: str = ""


class Caretaker(Struct, frozen=True, kw_only=True):
    """Who supervises meanwhile for whoever is responsible."""

    pdu: Named
    since: date
    until: date | None = None
    """The first day on which it is over."""
    reason: str = ""
