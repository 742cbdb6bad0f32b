"""The contact log of a person, of all areas in one sequence; and enforcement."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.texts import Code, PduCode, PersonText

Outcome = Literal["planned", "attended", "acceptable_absence", "unacceptable_absence", "cancelled"]
EnforcementKind = Literal["warning", "breach", "recall"]
Note = Annotated[str, Meta(max_length=1000, pattern=r"^[^\x00]*$")]
"""About the person, and masked with them."""


class Contact(Struct, frozen=True, kw_only=True):
    """One contact in its place in the sequence."""

    id: UUID
    at: datetime
    kind: str
    """Code of the list `contact`."""
    outcome: Outcome
    pdu: str | None
    """Code of the area that says what came of it."""
    pdu_name: str | None
    made_by: str | None
    """Code of the area that recorded it first, such as the one that made the appointment."""
    absence: int | None = None
    """Of an unacceptable absence: the how manyeth it is, of all areas together."""
    in_a_row: int | None = None
    """Of an unacceptable absence: how many there were since the last contact that was attended."""
    note: str = ""
    source: str = "bedspace"
    recorded_by: str


class AreaCount(Struct, frozen=True, kw_only=True):
    """Unacceptable absences that one area recorded."""

    pdu: str | None
    pdu_name: str | None
    absences: int


class Absences(Struct, frozen=True, kw_only=True):
    """Of both areas in one sequence: a move does not begin it again."""

    unacceptable: int = 0
    in_a_row: int = 0
    """Since the last contact that was attended."""
    acceptable: int = 0
    by_area: list[AreaCount] = field(default_factory=list)


class FirstAppointment(Struct, frozen=True, kw_only=True):
    """The first appointment after a move: made by the sending PDU, told to the receiving one, kept."""

    nsi: str
    """Reference."""
    made_by_sender: bool
    at: datetime | None = None
    """None: there is none yet."""
    contact: UUID | None = None
    told: bool = False
    kept: bool | None = None
    """None: it is to come, or nobody has said."""


class Reporting(Struct, frozen=True, kw_only=True):
    """After the arrival: every week until the risk is clear."""

    nsi: str
    due: date
    overdue: bool


class Enforcement(Struct, frozen=True, kw_only=True):
    id: UUID
    kind: EnforcementKind
    on: date
    pdu: str
    pdu_name: str
    note: str = ""
    outcome: str = ""
    """Code of the list `enforcement_outcome`; empty: it is under way."""
    outcome_on: date | None = None
    recorded_by: str


class ContactLog(Struct, frozen=True, kw_only=True):
    """The newest first; each with its number in the sequence."""

    person: UUID
    absences: Absences
    items: list[Contact]
    first_appointments: list[FirstAppointment] = field(default_factory=list)
    reporting: list[Reporting] = field(default_factory=list)
    enforcement: list[Enforcement] = field(default_factory=list)
    next: str | None = None


class ReadContacts(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "contact.read"

    person: PersonText
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class NewContact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A contact that is planned or was."""

    at: datetime
    kind: Code
    """Code of the list `contact`."""
    outcome: Outcome
    note: Note = ""
    external_reference: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    """What the source calls it. The same again is a newer outcome of the same contact."""


class RecordContact(NewContact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By an area that holds or supervises. The sequence of absences goes on across areas."""

    action: ClassVar[str] = "contact.record"

    person: PersonText
    pdu: PduCode | None = None
    """The area that records it; None is one's own, where that is clear."""


class RecordOutcome(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of a contact, or was wrong on record. What was said before stays in the history."""

    action: ClassVar[str] = "contact.record"

    person: PersonText
    contact: UUID
    outcome: Outcome
    at: datetime | None = None
    """Where it is on another day or hour than was planned."""
    note: Note | None = None
    pdu: PduCode | None = None


class ImportContacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The log of another system, with the case. Importing the same again changes nothing."""

    action: ClassVar[str] = "contact.import"

    person: PersonText
    source: Annotated[str, Meta(pattern="^[a-z][a-z0-9_-]{1,39}$")]
    pdu: PduCode
    """The area whose log it is."""
    contacts: Annotated[list[NewContact], Meta(min_length=1, max_length=2000)]


class ContactRecorded(Struct, frozen=True, kw_only=True):
    """Nothing about the person."""

    id: UUID
    absences: int
    """Unacceptable ones of all areas, after this."""
    told: list[str] = field(default_factory=list)
    """References of NSIs whose receiving PDU was told of its first appointment."""


class ContactsImported(Struct, frozen=True, kw_only=True):
    new: int
    changed: int
    same: int
    absences: int


class RecordEnforcement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A warning, breach or recall: at every status of an NSI, during a challenge, and while caretaking."""

    action: ClassVar[str] = "enforcement.record"

    person: PersonText
    kind: EnforcementKind
    on: date | None = None
    """Today or an earlier day; None is today."""
    pdu: PduCode | None = None
    note: Note = ""


class EnforcementOutcome(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    action: ClassVar[str] = "enforcement.record"

    person: PersonText
    enforcement: UUID
    outcome: Code
    """Code of the list `enforcement_outcome`."""
    on: date | None = None


class EnforcementRecorded(Struct, frozen=True, kw_only=True):
    id: UUID
    pdu: str
    absences: int
    """Unacceptable ones of all areas, that it can rest on."""
