"""The record of one person: everything of their case in one answer."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import Struct, field

from schemas.contacts import ContactLog
from schemas.custody import Caretaking
from schemas.identity import Alias, Identifier, Merged
from schemas.needs import Needs
from schemas.nsis import Responsible
from schemas.people import Person
from schemas.registrations import Registrations
from schemas.sentences import Sentence
from schemas.texts import PersonText
from schemas.words import NsiStatus, NsiType, PlacementState


class CaseNsi(Struct, frozen=True, kw_only=True):
    """One move of the person."""

    id: UUID
    reference: str
    type: NsiType
    status: NsiStatus
    move_on: date
    sending: str | None
    receiving: str


class CasePlacement(Struct, frozen=True, kw_only=True):
    """One placement of the person."""

    id: UUID
    reference: str
    state: PlacementState
    premises: str | None
    arrives_on: date
    departs_on: date


class Case(Struct, frozen=True, kw_only=True):
    """Of a person masked from the reader: their NSIs and placements, and nothing else."""

    person: Person
    cro: str | None = None
    aliases: list[Alias] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    """Former and further ones."""
    merges: list[Merged] = field(default_factory=list)
    responsible: Responsible | None = None
    caretaking: Caretaking | None = None
    sentences: list[Sentence] = field(default_factory=list)
    contacts: ContactLog | None = None
    """The newest; the whole log is read page by page."""
    registrations: Registrations | None = None
    needs: Needs | None = None
    nsis: list[CaseNsi] = field(default_factory=list)
    placements: list[CasePlacement] = field(default_factory=list)


class ReadCase(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "case.read"

    person: PersonText
