"""Premises, and what they offer, as they are read."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from schemas.words import Decider, Gender

PremisesType = Literal["standard", "pipe", "esap", "rfap", "mental_health", "independent"]
ContactPurpose = Literal["general", "referral", "out_of_hours"]


class Offence(Struct, frozen=True, kw_only=True):
    """What a search can say somebody was convicted of. `code` is what `offences` takes."""

    code: str
    name: str
    needs: str
    """Code of the characteristic that a bed must then have."""


class Characteristic(Struct, frozen=True, kw_only=True):
    """Something a room or premises offers, and a search can ask for. `code` is what `needs` takes."""

    code: str
    name: str
    scope: Literal["premises", "room"]
    external_code: str | None = None
    """What the case system calls it."""


class Contact(Struct, frozen=True, kw_only=True):
    """Whom to telephone or write to at premises, for a purpose."""

    purpose: ContactPurpose
    name: str
    phone: str
    email: str
    hours: str


class Restriction(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """What premises offer or accept in general, and not on these nights: `[from, until)`."""

    id: int
    characteristic: str
    from_: date
    until: date | None
    reason: str


class BedRecord(Struct, frozen=True, kw_only=True):
    """`opens` is its first night; `closes`, where it has one, the first night on which it is no more."""

    code: str
    opens: date
    closes: date | None


class RoomRecord(Struct, frozen=True, kw_only=True):
    name: str
    characteristics: list[str]
    beds: list[BedRecord]


class PremisesRecord(Struct, frozen=True, kw_only=True):
    """All that the register says of premises and that their staff keep. Temporary beds are not in it."""

    code: str
    name: str
    postcode: str
    lat: float
    lon: float
    pdu: str | None
    gender: Gender
    type: PremisesType
    invented: bool
    decides: Decider
    arrive_by: str
    """Hour of the day in London, `17:00`."""
    depart_by: str
    turnaround_nights: int
    closed_from: date | None
    characteristics: list[str]
    rooms: list[RoomRecord]
    contacts: list[Contact]
    restrictions: list[Restriction]


class Change(Struct, frozen=True, kw_only=True):
    """One line of a difference. `was` is null for what is new, `now` for what is no more."""

    where: str
    """`premises`, `room Room 1`, `bed P034-01`, `contact referral`, `restriction accepts_arson 3`."""
    what: str
    was: str | None
    now: str | None


class BedRow(BedRecord, frozen=True, kw_only=True):
    """A bed with the freshness of its record."""

    confirmed_at: datetime | None
    """When somebody there last said that this record is right."""
    confirmed_by: str | None = None
    """Which account did."""
    temporary: bool = False
    """Added by an overbooking, for one person and a time: no search offers it, and no capacity counts it."""
    reports: int = 0
    """How many people have said since that it is not so."""


class RoomRow(Struct, frozen=True, kw_only=True):
    name: str
    characteristics: list[str]
    beds: list[BedRow]


class PremisesRow(Struct, frozen=True, kw_only=True):
    """One line of a list of premises. `beds` counts those that are open today."""

    code: str
    name: str
    postcode: str
    lat: float
    lon: float
    pdu: str | None
    region: str | None
    gender: Gender
    type: PremisesType
    invented: bool
    closed_from: date | None
    """The first night on which they are no more, where they close or have closed."""
    beds: int
    unconfirmed: int
    """Those of its beds that nobody has confirmed for a day."""
    characteristics: list[str]
    """Of the premises as a whole; rooms have their own."""


class PremisesDetail(PremisesRow, frozen=True, kw_only=True):
    decides: Decider
    arrive_by: str
    depart_by: str
    turnaround_nights: int
    rooms: list[RoomRow]
    contacts: list[Contact]
    restrictions: list[Restriction]
    """Those in force today or later."""


class PremisesPage(Struct, frozen=True, kw_only=True):
    """By code. `next` is the cursor of the next page."""

    items: list[PremisesRow]
    next: str | None = None


class Version(Struct, frozen=True, kw_only=True):
    """What premises became by one act, and how that differs from what they were."""

    n: int
    act: str
    counts_from: date
    made_at: datetime
    made_by: str
    changes: list[Change]


class PremisesHistory(Struct, frozen=True, kw_only=True):
    """Newest first. `next` is the cursor of the next page."""

    items: list[Version]
    next: str | None = None


class Stale(Struct, frozen=True, kw_only=True):
    """The beds of one premises that nobody has confirmed for some days."""

    code: str
    name: str
    pdu: str | None
    region: str | None
    beds: int
    """Open today."""
    unconfirmed: list[str]
    oldest: datetime | None
    """The oldest confirmation among them; null where one was never confirmed."""


class Unconfirmed(Struct, frozen=True, kw_only=True):
    """By code of the premises; `beds` and `of` count the nation, or what was asked for, whatever the page."""

    days: int
    beds: int
    of: int
    items: list[Stale]
    next: str | None = None


class PremisesKept(Struct, frozen=True, kw_only=True):
    """`beds` are open now; `closed` are the codes of those that this act closed."""

    code: str
    beds: int
    closed: list[str]


class PremisesChanged(Struct, frozen=True, kw_only=True):
    """What an act changed; nothing, where all was so already."""

    code: str
    changes: list[Change]


class Confirmed(Struct, frozen=True, kw_only=True):
    """How many beds were confirmed."""

    code: str
    beds: int


class Reported(Struct, frozen=True, kw_only=True):
    id: int
    bed: str


class PremisesDifference(Struct, frozen=True, kw_only=True):
    """What a file would change of one premises, or has changed."""

    code: str
    name: str
    new: bool
    changes: list[Change]


class Imported(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """What a file would change, premises by premises, and whether that was done."""

    applied: bool
    from_: date
    premises: int
    """Named in the file."""
    beds: int
    differences: list[PremisesDifference]
