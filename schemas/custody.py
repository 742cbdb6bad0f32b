"""Who is responsible for a person, and who supervises one for another."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.nsis import Responsible
from schemas.texts import Code, Name, PduCode, PersonText, Said


class Held(Responsible, frozen=True, kw_only=True):
    """One line of the history of responsibility, newest first. Its end is the `since` of the one above it."""

    until: datetime | None = None
    """None for whoever is responsible now."""
    why: str = ""
    by: str = ""
    nsi: str | None = None
    """Reference of the NSI by which it passed."""


class Responsibility(Struct, frozen=True, kw_only=True):
    """Who is and was responsible for a person: one line after the other, without a gap."""

    person: UUID
    items: list[Held]
    caretaking: "Caretaking | None" = None
    """Who supervises meanwhile for whoever is responsible."""


class ReadResponsibility(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "responsibility.read"

    person: PersonText


class HandOver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Within the PDU that is responsible: to another team or officer. Whom it names is responsible from now on."""

    action: ClassVar[str] = "responsibility.hand_over"

    person: PersonText
    team: Name | None = None
    officer: Name | None = None
    why: Said = ""
    at: datetime | None = None
    """An earlier time; None is now."""


class TakeOver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another PDU becomes responsible without an NSI that says so. Both PDUs are told."""

    action: ClassVar[str] = "responsibility.take_over"

    person: PersonText
    pdu: PduCode
    """Who is responsible from then on: one's own PDU, or within one's region or the nation."""
    reason: Code
    """Code of the list `take_over`."""
    evidence: Annotated[str, Meta(min_length=1, max_length=500)]
    """What shows it: who agreed, where that is on record. Nothing about the person."""
    team: Name | None = None
    officer: Name | None = None
    at: datetime | None = None
    """An earlier time; None is now."""


class ResponsibilityPassed(Struct, frozen=True, kw_only=True):
    """What a change of responsibility answers: nothing about the person."""

    person: UUID
    responsible: Responsible
    told: list[str]
    """Codes of the PDUs that are written to."""


class Caretaking(Struct, frozen=True, kw_only=True):
    """Supervised by one PDU for another, without a formal transfer."""

    id: UUID
    by_pdu: str
    for_pdu: str
    from_: date = field(name="from")
    until: date | None = None
    """The first day on which it is over."""
    nsi: str | None = None
    reason: str = ""


class CaretakingRow(Caretaking, frozen=True, kw_only=True):
    """The name is None for a limited-access person."""

    crn: str | None
    name: str | None


class Counted(Struct, frozen=True, kw_only=True):
    """How many a PDU holds for others, and how many others hold for it, on a day."""

    code: str
    name: str
    by_us: int
    for_us: int


class CaretakingPage(Struct, frozen=True, kw_only=True):
    """Who is supervised for another on a day. `next` is the cursor of the page that follows."""

    on: date
    counts: list[Counted]
    """Of everybody, also of whom one may not see."""
    items: list[CaretakingRow]
    next: str | None = None


class ListCaretaking(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "caretaking.list"

    pdu: str | None = None
    """At either end."""
    on: date | None = None
    """None is today."""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class RecordCaretaking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A PDU supervises somebody for the PDU that is responsible. Responsibility does not pass by it."""

    action: ClassVar[str] = "caretaking.record"

    person: PersonText
    by_pdu: PduCode
    for_pdu: PduCode | None = None
    """None is whoever is responsible."""
    from_: date | None = field(default=None, name="from")
    """Today or an earlier day; None is today."""
    until: date | None = None
    """The first day on which it is over, where that is known."""
    nsi: Annotated[str, Meta(max_length=20)] | None = None
    """Reference of the NSI that it goes before, or goes with."""
    reason: Said = ""


class EndCaretaking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    action: ClassVar[str] = "caretaking.end"

    id: UUID
    on: date | None = None
    """The first day on which it is over; None is today."""
