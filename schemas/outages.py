"""Beds out of service: why, for how long, and every revision of that."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from schemas.claims import Text

Reference = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
"""A work order, or the CRN of the one whom a double room is kept for: the reason says which."""
Note = Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")]
"""Some words, with nothing about a person."""
OutageState = Literal["planned", "current", "over", "cancelled"]


class TakeOutOfService(Struct, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """Nobody can sleep in a bed on the nights `[from, until)`. It may have begun already."""

    action: ClassVar[str] = "outage.keep"

    bed: Text
    from_: date
    until: date
    """The first night on which it is in service again."""
    reason: Text
    """Code of the list `out_of_service`."""
    reference: Reference | None = None
    note: Note = ""


class ReviseOutage(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """What is known now of a bed out of service. It replaces all that was said before, which is kept."""

    action: ClassVar[str] = "outage.keep"

    id: int
    from_: date
    until: date
    reason: Text
    reference: Reference | None = None
    note: Note = ""
    revision: int | None = None
    """The revision that this one follows. Somebody else's in between is then a conflict, and not lost from sight."""


class CancelOutage(Struct, frozen=True, kw_only=True):
    """It was recorded in error, or is not to be. A bed that is back earlier than said is a revision, not this."""

    action: ClassVar[str] = "outage.keep"

    id: int
    note: Note = ""


class OutageKept(Struct, frozen=True, kw_only=True):
    """What a write answers."""

    id: int
    bed: str
    revision: int
    cancelled: bool = False


class OutageRevision(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """What was said at one time."""

    n: int
    from_: date
    until: date
    reason: str
    reason_name: str
    reference: str | None
    note: str
    cancelled: bool
    at: datetime
    by: str


class Outage(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A bed out of service, as its newest revision says. `revisions` are the newest first."""

    id: int
    premises: str
    room: str
    bed: str
    state: OutageState
    from_: date
    until: date
    reason: str
    reason_name: str
    reference: str | None
    reference_kind: str | None
    """What the reference is: `work_order` or `crn`."""
    note: str
    revisions: list[OutageRevision]


class ReadOutage(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "outage.read"

    id: int


class ListOutages(Struct, frozen=True, kw_only=True):
    """`cursor` is the `next` of the page before."""

    action: ClassVar[str] = "outage.read"

    premises: str
    past: bool = False
    """Those that are over or cancelled, too."""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class OutagePage(Struct, frozen=True, kw_only=True):
    """The newest first."""

    items: list[Outage]
    next: str | None = None
