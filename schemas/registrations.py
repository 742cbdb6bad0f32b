"""What each area registers a person for, and where two areas differ."""

from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.texts import PduCode, PersonText

RegistrationKind = Literal["rosh", "mappa", "visor", "high_risk_register", "other"]
Level = Literal["", "low", "medium", "high", "very_high", "1", "2", "3"]
Category = Literal["", "1", "2", "3", "4"]


class Registration(Struct, frozen=True, kw_only=True):
    """By one area, for itself."""

    id: UUID
    kind: RegistrationKind
    level: str = ""
    """Of RoSH: low to very high; of MAPPA: 1 to 3."""
    category: str = ""
    """Of MAPPA: 1 to 4."""
    pdu: str
    pdu_name: str
    since: date
    until: date | None = None
    """The first day without it."""
    in_force: bool
    recorded_by: str


class Mismatch(Struct, frozen=True, kw_only=True):
    """Two areas differ. Nothing of it says what either has."""

    kind: RegistrationKind
    one: str
    """Code of the PDU."""
    one_name: str
    other: str
    other_name: str


class Registrations(Struct, frozen=True, kw_only=True):
    """Of one person, by area, with where two areas differ."""

    person: UUID
    items: list[Registration]
    """Those in force first, by kind and area."""
    mismatches: list[Mismatch] = field(default_factory=list)


class ReadRegistrations(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "registration.read"

    person: PersonText


class RegisterPerson(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An area registers a person, or at another level than before. Clocks and action lists follow in the same act."""

    action: ClassVar[str] = "registration.record"

    person: PersonText
    kind: RegistrationKind
    level: Level = ""
    category: Category = ""
    pdu: PduCode | None = None
    """None is one's own, where that is clear."""
    since: date | None = None
    """Today or an earlier day; None is today."""


class EndRegistration(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    action: ClassVar[str] = "registration.record"

    person: PersonText
    registration: UUID
    on: date | None = None
    """The first day without it: today or earlier; None is today."""


class Registered(Struct, frozen=True, kw_only=True):
    """Nothing about the person. `asked` are NSIs whose ends were asked about a mismatch by this."""

    id: UUID
    pdu: str
    mismatches: int
    asked: list[str] = field(default_factory=list)


class SwitchVisor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether a region records ViSOR here. It is off until somebody turns it on."""

    action: ClassVar[str] = "visor.switch"

    region: Annotated[str, Meta(min_length=1, max_length=20)]
    on: bool


class VisorSwitched(Struct, frozen=True, kw_only=True):
    region: str
    on: bool


class MismatchRow(Mismatch, frozen=True, kw_only=True):
    """One line of the list of mismatches. The name is None for a limited-access person."""

    person: UUID
    crn: str | None
    name: str | None
    nsi: str | None
    """The newest NSI between the two."""


class Mismatches(Struct, frozen=True, kw_only=True):
    """As data for figures: how many, and whose."""

    people: int
    """How many people are registered by two areas or more."""
    items: list[MismatchRow]


class ListMismatches(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "registration.mismatches"

    pdu: str | None = None
    """At either side."""
