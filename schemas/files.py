"""The documents of an NSI, and what a named reader finds in its file."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

Note = Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")]
Need = Literal["required", "conditional", "not_applicable"]


class Document(Struct, frozen=True, kw_only=True):
    """One line of the checklist."""

    kind: str
    """Of `documents.toml`."""
    title: str
    need: Need
    why: str = ""
    """The condition, or why it is not applicable."""
    sent_on: date | None = None
    sent_by: str | None = None
    received_on: date | None = None
    received_by: str | None = None
    complete: bool | None = None
    lacking: str = ""
    """What was missing from it."""


class RecordDocument(Struct, frozen=True, kw_only=True):
    """What is known of a document: only what is given changes."""

    action: ClassVar[str] = "nsi.document"

    id: UUID
    kind: Annotated[str, Meta(max_length=40)]
    need: Need | None = None
    why: Note = ""
    sent_on: date | None = None
    received_on: date | None = None
    complete: bool | None = None
    lacking: Note = ""


class ReviewAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    question: Annotated[str, Meta(max_length=60)]
    """Id of a question of the review."""
    answer: Annotated[str, Meta(max_length=20)]
    """One of those of its scale."""
    why: Annotated[str, Meta(max_length=2000)] = ""
    """About the case; asked for where something was not, or only partly, so."""


class ReviewCase(Struct, frozen=True, kw_only=True):
    """A named reader has read the file. Answering a question again corrects one's own answer."""

    action: ClassVar[str] = "case.review"

    id: UUID
    answers: Annotated[list[ReviewAnswer], Meta(min_length=1, max_length=100)]


class ReadReviews(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "case.review"

    id: UUID


class Reviewed(Struct, frozen=True, kw_only=True):
    question: str
    answer: str
    why: str
    read_by: str
    read_at: datetime


class Reviews(Struct, frozen=True, kw_only=True):
    """What every reader has found in one file, in the order of the questions."""

    id: UUID
    reference: str
    items: list[Reviewed]


class Question(Struct, frozen=True, kw_only=True):
    id: str
    title: str
    rule: str | None = None
    """The timed rule that it looks at."""
    of: str = ""
    """Which cases it is asked of."""
    answers: list[str] = field(default_factory=list)


class Questions(Struct, frozen=True, kw_only=True):
    items: list[Question]


class PoliceChecks(Struct, frozen=True, kw_only=True):
    """How long police checks take, by force and receiving PDU. Nobody is named."""

    action: ClassVar[str] = "police.report"

    pdu: str | None = None
    force: str | None = None
    since: date | None = None
    """Only those asked for from that day on."""
    overdue: bool = False
    """Only where one is overdue."""


class PoliceLine(Struct, frozen=True, kw_only=True):
    pdu: str
    pdu_name: str
    force: str
    asked: int
    returned: int
    overdue: int
    """Asked for, not back, and longer ago than the regime allows."""
    longest_days: int | None = None
    """Of those that are not back, since when the oldest was asked for."""
    median_days: float | None = None
    """From asking to the return, of those that are back."""
    alerted: bool
    """Whether its region has been told of the pattern."""


class PoliceReport(Struct, frozen=True, kw_only=True):
    """How long police checks take, by receiving PDU and force, the slowest first."""

    items: list[PoliceLine]


class FindPatterns(Struct, frozen=True, kw_only=True):
    """Whether so many checks are overdue at one place that its region is told."""

    action: ClassVar[str] = "nsi.pattern"
