"""The commands that keep premises. Dates are first nights; one that is left out is today."""

from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta, Struct, field

from schemas.claims import Text
from schemas.premises import ContactPurpose, PremisesType
from schemas.words import Decider, Gender

Code = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00/\s]+$")]
"""Of premises or of a bed: no spaces and no slashes, since it stands in addresses."""
RoomName = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[^\x00]+$")]
Name = Annotated[str, Meta(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]
Hour = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Note = Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")]
Turnaround = Annotated[int, Meta(ge=0, le=14)]
Lat = Annotated[float, Meta(ge=49, le=61)]
Lon = Annotated[float, Meta(ge=-9, le=2)]


class KeepRoom(Struct, frozen=True, kw_only=True):
    """A room, what it offers, and the codes of its beds."""

    name: RoomName
    characteristics: list[str] = field(default_factory=list)
    beds: Annotated[list[Code], Meta(min_length=1)]


class KeepPremises(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of one premises. A bed that is no longer named closes today; a bed that is named again opens again."""

    action: ClassVar[str] = "premises.keep"

    code: Code
    name: Name
    postcode: str
    lat: Lat
    lon: Lon
    pdu_code: str | None = None
    gender: Gender
    type: PremisesType = "standard"
    invented: bool
    """True where rooms, gender, type and characteristics are made up."""
    characteristics: list[str] = field(default_factory=list)
    rooms: list[KeepRoom] = field(default_factory=list)


class DetailsChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be otherwise; what is left out stays as it is."""

    name: Name | None = None
    postcode: Text | None = None
    """Its position comes with it, and its PDU where no other is given and only one is possible."""
    pdu: Text | None = None
    gender: Gender | None = None
    type: PremisesType | None = None
    decides: Decider | None = None
    arrive_by: Hour | None = None
    depart_by: Hour | None = None
    turnaround_nights: Turnaround | None = None
    characteristics: list[Text] | None = None
    """All of them, of the premises as a whole."""


class Position(Struct, frozen=True, kw_only=True):
    """A postcode that was looked up."""

    postcode: str
    lat: float
    lon: float
    gss: str


class ChangeDetails(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "premises.keep"

    code: str
    change: DetailsChange
    position: Position | None = None
    """Of the postcode of the change, where it has one."""


class RoomChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A room by its name: what it offers from now on, and what it is called from now on."""

    name: RoomName
    rename_to: RoomName | None = None
    characteristics: list[Text] | None = None
    """All of them; left out, they stay."""


class ChangeRoom(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "premises.keep"

    code: str
    change: RoomChange


class NewBed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new bed in a room; a room of that name that is not there yet is made, with what it offers."""

    bed: Code
    room: RoomName
    opens: date | None = None
    characteristics: list[Text] = field(default_factory=list)
    """Of a room that is new."""


class AddBed(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "premises.keep"

    code: str
    add: NewBed


class BedMove(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another room of the same premises, another code, or both."""

    room: RoomName | None = None
    rename_to: Code | None = None


class MoveBed(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "premises.keep"

    bed: str
    move: BedMove


class BedDate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """The first night on which it counts."""

    from_: date | None = None


class CloseBed(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    action: ClassVar[str] = "premises.keep"

    bed: str
    from_: date | None = None


class OpenBed(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Opens a bed that is closed, or no longer closes one that would."""

    action: ClassVar[str] = "premises.keep"

    bed: str
    from_: date | None = None


class ContactChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Name
    phone: Annotated[str, Meta(min_length=5, max_length=40, pattern=r"^[0-9 +()-]+( ?(ext|x)\.? ?[0-9]+)?$")]
    email: Annotated[str, Meta(max_length=200, pattern=r"^[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$")]
    hours: Text


class KeepContact(Struct, frozen=True, kw_only=True):
    """The contact of a purpose; without one, it is taken away."""

    action: ClassVar[str] = "premises.keep"

    code: str
    purpose: ContactPurpose
    contact: ContactChange | None


class NewRestriction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A characteristic that is not offered or accepted on the nights `[from, until)`."""

    characteristic: Text
    from_: date | None = None
    until: date | None = None
    reason: Text
    """Why, in words, with nothing about a person."""


class Restrict(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "premises.keep"

    code: str
    restriction: NewRestriction


class EndRestriction(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Ends a restriction from a night on; one that has not begun by then is taken away."""

    action: ClassVar[str] = "premises.keep"

    code: str
    id: int
    from_: date | None = None


class Closure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """That premises close, and who allowed it."""

    from_: date
    reason: Text
    """Code of the list `closure`."""
    note: Note = ""
    approved_by: Text
    """The director who approved it."""
    approved_on: date
    reference: Text
    """Where the approval is on record."""


class ClosePremises(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "premises.close"

    code: str
    closure: Closure


class ReopenPremises(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Withdraws a closure: the beds that closed by it are open, from a night on where it has begun."""

    action: ClassVar[str] = "premises.close"

    code: str
    from_: date | None = None


class ConfirmBeds(Struct, frozen=True, kw_only=True):
    """What the register says of these beds is right: of the whole premises, of one room, or of one bed."""

    action: ClassVar[str] = "premises.confirm"

    code: str
    room: str | None = None


class ConfirmBed(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "premises.confirm"

    bed: str


class ReportBed(Struct, frozen=True, kw_only=True):
    """This bed is not as the register says."""

    action: ClassVar[str] = "premises.report"

    bed: str
    said: str


class ImportPremises(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A file of beds (CSV), to be compared with the register and, where `apply`, made true."""

    action: ClassVar[str] = "premises.import"

    content: bytes
    from_: date | None = None
    close_missing: bool = False
    apply: bool = False
