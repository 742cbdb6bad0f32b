"""Diversity needs of a person, asked again on every move; and ethnicity, asked for and never inferred."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.contacts import Note
from schemas.texts import Code, PersonText


class Need(Struct, frozen=True, kw_only=True):
    """What must be thought of for a person, here and at the new place."""

    kind: str
    """Code of the list `diversity`."""
    note: str = ""
    since: date
    until: date | None = None
    """The first day without it."""
    in_force: bool
    recorded_by: str


class AskedOnMove(Struct, frozen=True, kw_only=True):
    """Whether somebody asked for one move."""

    nsi: str
    """Reference."""
    asked_on: date | None = None
    """None: not yet."""


class Needs(Struct, frozen=True, kw_only=True):
    """What is on record of a person's diversity needs, and for which moves somebody asked."""

    person: UUID
    items: list[Need]
    """Those in force first."""
    moves: list[AskedOnMove] = field(default_factory=list)
    ethnicity: str | None = None
    """Code of the list `ethnicity`. None is "not recorded", which is not the same as somebody who would not say."""
    ethnicity_said_at: datetime | None = None


class NewNeed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: Code
    """Code of the list `diversity`; `none` alone is "asked, and there are none"."""
    note: Note = ""


class ReadNeeds(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "need.read"

    person: PersonText


class AskNeeds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the person answered when asked: all of it. A need that is not in it has ended."""

    action: ClassVar[str] = "need.record"

    person: PersonText
    needs: Annotated[list[NewNeed], Meta(min_length=1, max_length=30)]
    nsi: Annotated[str, Meta(max_length=20)] | None = None
    """Reference of the move it was asked for; None is every one that is not over."""


class RecordEthnicity(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As the person says it. Nothing else writes it."""

    action: ClassVar[str] = "need.record"

    person: PersonText
    ethnicity: Code
    """Code of the list `ethnicity`, of which one is "does not wish to say"."""


class NeedsAsked(Struct, frozen=True, kw_only=True):
    """Nothing about the person."""

    person: UUID
    in_force: int
    moves: list[str] = field(default_factory=list)
    """References of NSIs whose action is done by this."""
