"""Who receives whom."""

from datetime import date

from msgspec import Struct

from schemas.words import Purpose


class Named(Struct, frozen=True):
    """A code and what it stands for."""

    code: str
    name: str


class Spoc(Struct, frozen=True, kw_only=True):
    """Single point of contact of a PDU for a purpose, on a date."""

    id: int
    name: str
    email: str
    phone: str
    hours: str
    team: str


class Receiver(Struct, frozen=True, kw_only=True):
    """One PDU and who receives there. `spoc` is None where none is live for the purpose and date."""

    pdu: Named
    region: Named
    team: str | None = None
    spoc: Spoc | None = None


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
