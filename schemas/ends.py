"""Two-ended truth: each end of a move says for itself that somebody went, or came."""

from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.texts import PduCode
from schemas.words import NsiStatus, NsiType

Which = Literal["out", "in"]
EndsState = Literal[
    "both", "in_missing", "out_missing", "in_not_reporting", "out_not_reporting", "neither", "neither_reporting"
]
"""What is missing is asked for. An area that does not report an end stands apart: there nothing is missing."""


class ReportEnd(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sending end says that the person went (`out`), the receiving end that they came (`in`)."""

    action: ClassVar[str] = "nsi.end"

    id: UUID
    """Of the NSI."""
    which: Which
    on: date | None = None
    """Today or an earlier day; None is today."""


class Ends(Struct, frozen=True, kw_only=True):
    """Both ends of one move."""

    out_on: date | None = None
    in_on: date | None = None
    state: EndsState | None = None
    """None while it is not a move yet, or was none."""


class EndReported(Struct, frozen=True, kw_only=True):
    """What the report of an end answers."""

    id: UUID
    reference: str
    ends: Ends


class ChaseEnd(Struct, frozen=True, kw_only=True):
    """Ask an end that has not reported, one step further."""

    action: ClassVar[str] = "nsi.end_chase"

    id: UUID


class MarkNotReporting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A region does not report an end in a span: nothing of that is missing, and national figures say so."""

    action: ClassVar[str] = "ends.mark"

    region: Annotated[str, Meta(min_length=1, max_length=10)]
    which: Which
    from_: date = field(name="from")
    until: date | None = None
    """The first day on which it reports again."""


class EndNotReporting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A region reports again from a day on."""

    action: ClassVar[str] = "ends.mark"

    region: Annotated[str, Meta(min_length=1, max_length=10)]
    which: Which
    on: date


class NotReporting(Struct, frozen=True, kw_only=True):
    region: str
    name: str
    which: Which
    from_: date = field(name="from")
    until: date | None = None
    said_by: str = ""


class MoveRow(Struct, frozen=True, kw_only=True):
    """One move, without whom it is about."""

    id: UUID
    reference: str
    type: NsiType
    status: NsiStatus
    sending_pdu: str | None
    sending_pdu_name: str | None
    receiving_pdu: str
    receiving_pdu_name: str
    out_on: date | None
    in_on: date | None
    state: EndsState
    chased: int | None
    """How often the end that is missing was asked."""
    quiet: bool
    """History: nobody is asked."""


class RegionEnds(Struct, frozen=True, kw_only=True):
    """What one region reports: moves between PDUs of one region count at both ends."""

    code: str
    name: str
    out: int
    in_: int = field(name="in")
    out_missing: int
    in_missing: int
    reports_out: bool
    reports_in: bool


class Reported(Struct, frozen=True, kw_only=True):
    """How many regions reported an end throughout a span, of all."""

    out: int
    in_: int = field(name="in")
    of: int


class EndsPage(Struct, frozen=True, kw_only=True):
    """What the ends of moves report in a span, counted and one by one. Nobody is named."""

    from_: date = field(name="from")
    until: date
    """The first day that is no longer counted."""
    counts: dict[EndsState, int]
    reported: Reported
    """Every figure of the nation says of how many regions it is."""
    regions: list[RegionEnds]
    not_reporting: list[NotReporting]
    items: list[MoveRow]
    next: str | None = None


class ListEnds(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "ends.list"

    from_: date | None = None
    """None is a year before `until`."""
    until: date | None = None
    """None is tomorrow: what is ahead is no move yet."""
    pdu: PduCode | None = None
    """At either end."""
    region: Annotated[str, Meta(max_length=10)] | None = None
    """At either end."""
    state: EndsState | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None
