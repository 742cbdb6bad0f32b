"""The commands of an NSI's action list and of its timed rules."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct, field

Why = Annotated[str, Meta(min_length=3, max_length=500, pattern=r"^[^\x00]*$")]
"""A reason in words, with nothing about the person."""
Given = dict[Annotated[str, Meta(max_length=40)], str | bool]
"""Evidence by the ids of its fields: texts, dates as `2027-01-31`, yes or no, codes of a choice."""
Title = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
Whom = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]


class CompleteAction(Struct, frozen=True, kw_only=True):
    """One line of the action list is done, by what was recorded of it. The rule it is evidence of is met by it."""

    action: ClassVar[str] = "nsi.action"

    id: UUID
    n: int
    evidence: Given = field(default_factory=dict)
    """Added to what is recorded already."""


class RecordEvidence(Struct, frozen=True, kw_only=True):
    """Something is known of a line that is not done yet, such as the day on which a check was asked for."""

    action: ClassVar[str] = "nsi.action"

    id: UUID
    n: int
    evidence: Given


class SkipAction(Struct, frozen=True, kw_only=True):
    """A line does not apply, or is closed without evidence: why. A mandatory one only by those whom its kind names."""

    action: ClassVar[str] = "nsi.action"

    id: UUID
    n: int
    why: Why


class ReopenAction(Struct, frozen=True, kw_only=True):
    """A line was closed by mistake. The rule that it met runs again."""

    action: ClassVar[str] = "nsi.action"

    id: UUID
    n: int
    why: Why


class AssignAction(Struct, frozen=True, kw_only=True):
    """Who does a line, and by when where no rule says so."""

    action: ClassVar[str] = "nsi.action"

    id: UUID
    n: int
    to: Whom | None = None
    due: date | None = None


class AddAction(Struct, frozen=True, kw_only=True):
    """A further line of one's own."""

    action: ClassVar[str] = "nsi.action"

    id: UUID
    title: Title
    """Nothing about the person."""
    owner: Whom = "sending practitioner"
    due: date | None = None
    to: Whom | None = None


class MeetClock(Struct, frozen=True, kw_only=True):
    """What a timed rule asks for has happened, today or on an earlier day."""

    action: ClassVar[str] = "nsi.clock"

    id: UUID
    rule: str
    on: date | None = None
