"""Who somebody is: other names, former identifiers, and two records made one."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.texts import PersonText

IdentifierKind = Literal["crn", "noms", "pnc", "cro"]
Name = Annotated[str, Meta(min_length=2, max_length=200, pattern=r"^[^\x00]+$")]
Why = Annotated[str, Meta(min_length=3, max_length=500, pattern=r"^[^\x00]+$")]


class Alias(Struct, frozen=True, kw_only=True):
    """A name by which somebody goes or went. A message under it finds them."""

    name: str
    source: str
    """`merge`: the name of a record that was found to be the same person."""
    at: datetime


class Identifier(Struct, frozen=True, kw_only=True):
    """A former or a second one. A message under it finds the person."""

    kind: IdentifierKind
    value: str
    since: datetime


class Merged(Struct, frozen=True, kw_only=True):
    """A record that was made one with this."""

    id: UUID
    person: UUID
    """Its id; whoever follows it comes to this one."""
    name: str | None
    reason: str
    at: datetime
    by: str


class AddAlias(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    action: ClassVar[str] = "person.identify"

    person: PersonText
    name: Name


class RecordIdentifier(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With `present`, it is the one that counts, and the one before stays as a former one; without, a further one."""

    action: ClassVar[str] = "person.identify"

    person: PersonText
    kind: IdentifierKind
    value: Annotated[str, Meta(min_length=4, max_length=30)]
    present: bool = False


class Identified(Struct, frozen=True, kw_only=True):
    """Nothing about the person but the id."""

    person: UUID


class MergePeople(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two records are found to be one person, by somebody who says why. Whatever is of `merged` goes to `person`."""

    action: ClassVar[str] = "person.merge"

    person: PersonText
    """The record that is kept."""
    merged: PersonText
    """The record that leads to it from then on: a CRN or an id."""
    reason: Why


class UnmergePeople(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """They are two people after all. What was moved goes back; what came since stays with the record that was kept."""

    action: ClassVar[str] = "person.merge"

    person: PersonText
    merge: UUID
    reason: Why


class PeopleMerged(Struct, frozen=True, kw_only=True):
    """Nothing about the person but ids."""

    merge: UUID
    kept: UUID
    merged: UUID
    moved: dict[str, int]
    """Rows, by what they are."""
