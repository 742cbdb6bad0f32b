"""Orders and licences of a person, with requirements or conditions and outstanding hours."""

from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.texts import Code, PersonText

SentenceKind = Literal["order", "licence"]
Title = Annotated[str, Meta(min_length=1, max_length=200)]
Hours = Annotated[int, Meta(ge=1, le=1000)]
Number = Annotated[int, Meta(ge=1, le=32767)]


class Requirement(Struct, frozen=True, kw_only=True):
    """A requirement of an order, or a condition of a licence. Those in force are enforced through a move."""

    n: int
    kind: str
    """Code of the list `requirement`."""
    title: str
    restrictive: bool = False
    """A curfew, an exclusion, no contact, residence: it binds during the move as well."""
    starts_on: date | None = None
    ends_on: date | None = None
    in_force: bool = True


class Sentence(Struct, frozen=True, kw_only=True):
    """Until a court sanctions the transfer of an order, the court in `court` holds it. Of a licence there is none."""

    id: UUID
    kind: SentenceKind
    code: str
    """Of the list `sentence`."""
    event_number: int | None = None
    court: str = ""
    starts_on: date
    ends_on: date | None = None
    in_force: bool
    hours_ordered: int | None = None
    hours_done: int | None = None
    hours_outstanding: int | None = None
    requirements: list[Requirement] = field(default_factory=list)
    source: str = "bedspace"


class Sentences(Struct, frozen=True, kw_only=True):
    """The orders and licences of one person."""

    person: UUID
    items: list[Sentence]
    """Those in force first, then the newest."""


class NewRequirement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: Code
    """Code of the list `requirement`."""
    title: Title
    restrictive: bool | None = None
    """None: as the kind usually is."""
    starts_on: date | None = None
    ends_on: date | None = None


class ReadSentences(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "sentence.read"

    person: PersonText


class RecordSentence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order or a licence. The same event number again is refused: change that one instead."""

    action: ClassVar[str] = "sentence.record"

    person: PersonText
    kind: SentenceKind
    code: Code
    """Code of the list `sentence`."""
    event_number: Number | None = None
    """As the case system counts them."""
    court: Annotated[str, Meta(max_length=200)] = ""
    starts_on: date
    ends_on: date | None = None
    hours_ordered: Hours | None = None
    hours_done: Annotated[int, Meta(ge=0, le=1000)] | None = None
    requirements: Annotated[list[NewRequirement], Meta(max_length=30)] = field(default_factory=list)


class ChangeSentence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What has become of it: hours worked, another end, another court, its number. What is left out stays as it is."""

    action: ClassVar[str] = "sentence.record"

    person: PersonText
    sentence: UUID
    ends_on: date | None = None
    hours_ordered: Hours | None = None
    hours_done: Annotated[int, Meta(ge=0, le=1000)] | None = None
    court: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    event_number: Number | None = None


class AddRequirement(NewRequirement, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A further requirement or condition."""

    action: ClassVar[str] = "sentence.record"

    person: PersonText
    sentence: UUID


class EndRequirement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It is completed, removed or revoked from a day on."""

    action: ClassVar[str] = "sentence.record"

    person: PersonText
    sentence: UUID
    n: Number
    on: date | None = None
    """The first day without it; None is today."""


class SentenceRecorded(Struct, frozen=True, kw_only=True):
    """Nothing about the person."""

    id: UUID
    requirements: int
    hours_outstanding: int | None = None
