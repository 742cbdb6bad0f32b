"""Who receives whom."""

from datetime import date

from msgspec import Struct

from schemas.words import AnsweredBy, Purpose


class Named(Struct, frozen=True):
    """A code and what it stands for."""

    code: str
    name: str


class Spoc(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Single point of contact of a PDU for a purpose, on a date; or whoever stands in for them."""

    id: int
    name: str
    email: str
    phone: str
    hours: str
    team: str
    out_of_hours: str = ""
    """Whom to call at other hours; empty where nobody has said."""


class Absent(Struct, frozen=True, kw_only=True):
    """The SPOC who is not there on the day. `until` is the first day back; None where it is not known."""

    name: str
    until: date | None = None


class Receiver(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One PDU and who receives there. `spoc` is None where nobody does on that date."""

    pdu: Named
    region: Named
    team: str | None = None
    spoc: Spoc | None = None
    answered_by: AnsweredBy | None = None
    """`deputy` and `team` cover an absence; `region` is the SPO or team that the region names for its PDUs."""
    answers_for: Purpose | None = None
    """Given where the contact is that for `transfer`, because nobody is named for the purpose asked about."""
    absent: Absent | None = None
    note: str = ""
    """In words, why it is not simply the SPOC who answers; empty where it is."""


class Whereabouts(Struct, frozen=True, kw_only=True):
    """A question to the locator: `near` is a postcode, place, local authority, prison, or an area of 2003."""

    near: str
    purpose: Purpose = "transfer"
    on: date | None = None


class Located(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Either one receiver, or the candidates, never a guess. `read_as` says what the question was taken for."""

    read_as: str
    pdu: Named | None = None
    region: Named | None = None
    team: str | None = None
    spoc: Spoc | None = None
    ambiguous: list[Receiver] | None = None
    answered_by: AnsweredBy | None = None
    answers_for: Purpose | None = None
    absent: Absent | None = None
    note: str = ""
