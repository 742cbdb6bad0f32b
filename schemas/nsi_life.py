"""What is done with an NSI in its life: allocated, noted, reported by far systems, merged, changed before the move."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.nsi_parts import Code, Provider, Reference, Short, Source
from schemas.nsis import NewPerson
from schemas.words import InFlight, NsiStatus, NsiType, Rosh

Email = Annotated[str, Meta(max_length=254)]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]


class AllocateNsi(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To a team, and an officer where there is one already. Allocating anew replaces both."""

    action: ClassVar[str] = "nsi.allocate"

    id: UUID
    team: Short
    officer: Short | None = None
    officer_email: Email | None = None


class NoteNsi(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """About the person: seen by those who may see them."""

    action: ClassVar[str] = "nsi.note"

    id: UUID
    text: Text


class AnswerQuestion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody has looked. `answer` says nothing about the person."""

    action: ClassVar[str] = "nsi.answer"

    id: UUID
    n: int
    answer: Annotated[str, Meta(min_length=1, max_length=500)]


class MergeNsi(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two NSIs are found to be one. `id` is over by this; what far systems report of it goes to `into` from now on."""

    action: ClassVar[str] = "nsi.merge"

    id: UUID
    into: Annotated[str, Meta(min_length=1, max_length=40)]
    """Id or reference."""


class UnmergeNsi(Struct, frozen=True, kw_only=True):
    """They were two after all: each is again what is reported of it."""

    action: ClassVar[str] = "nsi.unmerge"

    id: UUID


class NsiRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An NSI as a far system has it. What is left out is not known there."""

    type: NsiType
    person: NewPerson
    move_on: date
    until: date | None = None
    destination: Annotated[str, Meta(min_length=1, max_length=200)]
    """What the locator is asked: a postcode, place, PDU, local authority or prison."""
    sending_pdu: str
    """Code."""
    referred_on: date
    address: Annotated[str, Meta(max_length=500)] | None = None
    rosh: Rosh | None = None
    mappa: Annotated[str, Meta(max_length=100)] | None = None
    reason: Text | None = None
    sub_type: Code | None = None
    event_number: Annotated[int, Meta(ge=1, le=32767)] | None = None
    requirement: Short | None = None
    intended_provider: Provider | None = None
    team: Short | None = None
    officer: Short | None = None
    officer_email: Email | None = None


class ReportNsi(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A far system reports an NSI, known here or not. Reporting a version again is harmless."""

    action: ClassVar[str] = "nsi.report"

    source: Source
    external_reference: Reference
    version: Annotated[int, Meta(ge=1, le=2**62)]
    """Counts up with every change of the record there."""
    status: NsiStatus
    status_at: datetime
    started_on: date | None = None
    ended_on: date | None = None
    outcome: Code | None = None
    """Code of the list `nsi_outcome`."""
    reference: str | None = None
    """Ours, where the far system mirrors an NSI that was raised here."""
    record: NsiRecord | None = None
    """Needed for one that is not known here."""
    way: Literal["planned", "rotl", "return", "retrospective"] = "planned"
    quiet: bool = False
    """History: nobody is written to, and nothing of it is chased."""
    note: Text | None = None


class NsiReported(Struct, frozen=True, kw_only=True):
    """`status` is what holds now, folded of all that is reported."""

    id: UUID
    reference: str
    status: NsiStatus
    new: bool
    """Whether the NSI began with this."""
    taken: bool
    """False where this version was there already."""
    questions: list[str]
    """What somebody will look at."""


class RaiseUnannounced(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody arrived without warning. The receiver raises; the origin is told, and asked to complete and confirm."""

    action: ClassVar[str] = "nsi.unannounced"

    type: NsiType = "temporary_move"
    person: NewPerson
    arrived_on: date
    until: date | None = None
    destination: Annotated[str, Meta(min_length=1, max_length=200)]
    """Where they are now, as the locator is asked."""
    address: Annotated[str, Meta(max_length=500)] | None = None
    sending_pdu: str | None = None
    """Code, where it is known whose case it is."""
    sending_said: Short | None = None
    """The sending office as it was said, where its code is not known."""
    rosh: Rosh | None = None
    reason: Text | None = None


class ChangeNsi(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Before the release or the move something is different: as one act. What is left out stays as it is."""

    action: ClassVar[str] = "nsi.change"

    id: UUID
    reason: Code
    """Of the list `nsi_change`."""
    note: Annotated[str, Meta(max_length=500)] = ""
    """Nothing about the person."""
    move_on: date | None = None
    until: date | None = None
    destination: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    address: Annotated[str, Meta(max_length=500)] | None = None
    withdraw: bool = False
    """There is no move at all. Nothing else is then given."""


class KeepInFlight(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a region does with cases in flight at cut-over."""

    action: ClassVar[str] = "region.in_flight"

    region: str
    how: InFlight


class InFlightKept(Struct, frozen=True, kw_only=True):
    region: str
    how: InFlight
