"""Clocks that pause, and whom overdue ones are told to."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.action_list import Whom, Why

Grade = Literal["practitioner", "spo", "aco", "mappa_coordinator", "national_lead"]
Held = Literal["spo", "aco", "mappa_coordinator", "national_lead"]
RuleId = Annotated[str, Meta(pattern=r"^T-\d\d$")]
Email = Annotated[str, Meta(min_length=3, max_length=254, pattern=r"^[^\s@]+@[^\s@]+$")]


class Escalation(Struct, frozen=True, kw_only=True):
    """One step of the ladder, or a concern that somebody raised. It shows on the NSI."""

    id: int
    rule: str | None = None
    """None: a concern about the NSI as a whole."""
    step: int | None = None
    """Of the ladder of the regime; None: a concern."""
    due: date | None = None
    """The day that was missed."""
    grade: Grade
    pdu: str | None = None
    """Of whose practitioner, SPO, … it is; None: of the nation."""
    raised_at: datetime
    raised_by: str
    said: str = ""
    """Why somebody is concerned; empty where the person is masked."""
    answered_at: datetime | None = None
    answered_by: str | None = None
    answer: str = ""


class PauseClock(Struct, frozen=True, kw_only=True):
    """A clock stands still from a day on until another, when it goes on by itself."""

    action: ClassVar[str] = "nsi.pause"

    id: UUID
    rule: RuleId
    until: date
    """The day it goes on."""
    from_: date | None = field(default=None, name="from")
    """Today, or a later day; None: today."""
    reason: Annotated[str, Meta(max_length=40)]
    """Code of the list `clock_pause`, and of the reasons that the regime takes."""
    note: Annotated[str, Meta(max_length=500)] = ""
    """Nothing about the person."""


class ResumeClock(Struct, frozen=True, kw_only=True):
    """A pause ends sooner than it was to: today. What is still to come is taken back."""

    action: ClassVar[str] = "nsi.pause"

    id: UUID
    rule: RuleId


class EscalateNsi(Struct, frozen=True, kw_only=True):
    """The clocks of one NSI are looked at, and those that are overdue told one step further up."""

    action: ClassVar[str] = "nsi.escalate"

    id: UUID


class RaiseConcern(Struct, frozen=True, kw_only=True):
    """I am concerned about the progress: my SPO is told, and it shows on the NSI."""

    action: ClassVar[str] = "nsi.concern"

    id: UUID
    said: Why
    rule: RuleId | None = None


class AnswerEscalation(Struct, frozen=True, kw_only=True):
    """What has been done about an escalation or a concern."""

    action: ClassVar[str] = "escalation.answer"

    id: UUID
    escalation: Annotated[int, Meta(ge=1, le=2**62)]
    answer: Why


class KeepDigest(Struct, frozen=True, kw_only=True):
    """One mail a day to somebody who has something due."""

    action: ClassVar[str] = "nsi.digest"

    email: str
    nsis: list[UUID]


class Kept(Struct, frozen=True, kw_only=True):
    """How many things were done."""

    count: int


class KeepHolder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who holds a grade from a day on; whoever held it until then does so no longer."""

    action: ClassVar[str] = "grade.keep"

    grade: Held
    place: Annotated[str, Meta(min_length=2, max_length=20)]
    """Code of a PDU (`spo`), of a region (`aco`, `mappa_coordinator`), or `nation` (`national_lead`)."""
    name: Whom
    email: Email
    from_: date | None = field(default=None, name="from")
    """None: today."""


class HolderAway(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who holds a grade is away, and who is told meanwhile. Without `from`, they are back."""

    action: ClassVar[str] = "grade.keep"

    id: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    from_: date | None = field(default=None, name="from")
    until: date | None = None
    cover_name: Whom | None = None
    cover_email: Email | None = None


class Holder(Struct, frozen=True, kw_only=True):
    """Who holds a grade of the ladder at a place, and who covers."""

    id: int
    grade: Held
    place: str
    name: str
    email: str
    from_: date = field(name="from")
    away_from: date | None = None
    away_until: date | None = None
    cover_name: str | None = None
    cover_email: str | None = None


class Holders(Struct, frozen=True, kw_only=True):
    items: list[Holder]


class ListHolders(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "grade.list"

    place: str | None = None


class Forecast(Struct, frozen=True, kw_only=True):
    """What is overdue, and what will be within so many days if nothing is done."""

    action: ClassVar[str] = "nsi.forecast"

    pdu: str | None = None
    days: Annotated[int, Meta(ge=1, le=60)] = 7


class ForecastLine(Struct, frozen=True, kw_only=True):
    """One rule of one NSI. Says nothing about the person."""

    id: UUID
    reference: str
    rule: str
    title: str
    owner: str
    due: date
    overdue: bool
    escalated: int
    """How often it has been told up the ladder."""


class ForecastPdu(Struct, frozen=True, kw_only=True):
    """A PDU whose own practitioners have something to do."""

    pdu: str
    name: str
    overdue: int
    coming: int
    lines: list[ForecastLine]
    """The soonest first, at most a hundred."""


class ForecastAnswer(Struct, frozen=True, kw_only=True):
    """What is overdue, and what will be before a day, by the PDU whose it is to do."""

    until: date
    pdus: list[ForecastPdu]
