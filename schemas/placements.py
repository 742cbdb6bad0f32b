"""A placement, from the AP referral through booking and stay to the departure, as it is read."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.national import SearchRow
from schemas.people import Person
from schemas.premises import PremisesType
from schemas.search import Association, PremisesAt
from schemas.words import Decider, Gender, PlacementState, Rosh, Timeliness

ApproachOutcome = Literal["accepted", "declined", "lapsed", "withdrawn"]
Away = Literal["hospital", "police"]
"""Where a resident is whose bed is kept."""

PlacementAct = Literal[
    "ask",
    "offer",
    "accept",
    "decline",
    "withdraw",
    "arrive",
    "not_arrived",
    "depart",
    "extend",
    "shorten",
    "needs",
    "away",
    "back",
    "cancel",
    "relocate",
    "relocation_accept",
    "relocation_decline",
    "relocation_undo",
]


class Wanted(Struct, frozen=True, kw_only=True):
    """What was asked for, without zones and without persons. It is what a search for this placement begins with."""

    near: str = ""
    """A postcode, or an outward code such as `LS1`. Empty where anywhere will do."""
    needs: list[str] = field(default_factory=list)
    """Codes of characteristics that one bed must have."""
    preferred: list[str] = field(default_factory=list)
    """Codes of characteristics that would be good to have."""
    premises: list[str] = field(default_factory=list)
    """Codes of preferred premises, the most wanted first."""


class Risk(Struct, frozen=True, kw_only=True):
    """What whoever decides reads first."""

    to_staff: Rosh | None = None
    to_residents: Rosh | None = None
    rosh: Rosh | None = None
    """Risk of serious harm, as assessed in OASys."""
    note: str = ""
    """None of it is left for a reader who may not see the person."""


class Suitability(Struct, frozen=True, kw_only=True):
    """Somebody decided whether approved premises suit; a referral rests on such a decision."""

    id: int
    suitable: bool
    reason: str
    """Code of the list `suitability`."""
    note: str
    pointed_to: str | None
    """Where else the person was pointed, when approved premises do not suit."""
    decided_at: datetime
    decided_by: str
    decided_role: str


class Approach(Struct, frozen=True, kw_only=True):
    """Who was asked, when, and what they said."""

    id: int
    premises: PremisesAt
    bed: str | None
    """Kept for the person until the answer is due, where one is offered."""
    asked_at: datetime
    asked_by: str
    decides: Decider
    answer_by: datetime
    outcome: ApproachOutcome | None
    reason: str | None
    note: str
    answered_at: datetime | None
    answered_by: str | None


class Relocation(Struct, frozen=True, kw_only=True):
    """A move between premises that is asked for, agreed, or over."""

    from_premises: PremisesAt
    to_premises: PremisesAt
    to_bed: str
    on: date
    """The first night at the other premises."""
    emergency: bool
    reason: str
    """Code of the list `relocate`."""
    note: str
    state: Literal["asked", "agreed", "declined", "lapsed", "undone", "moved"]
    asked_at: datetime
    asked_by: str
    settled_at: datetime | None


class Happened(Struct, frozen=True, kw_only=True):
    """One line of the timeline, oldest first."""

    at: datetime
    kind: str
    """A code, such as `referred` or `bed_changed`."""
    what: str
    """The same in words for a reader."""
    note: str
    by: str
    state: PlacementState | None = None


class May(Struct, frozen=True, kw_only=True):
    """What may be done with a placement by its state, and if not, why not. Roles are not considered here."""

    act: PlacementAct
    allowed: bool
    why_not: str = ""


class Placement(Struct, frozen=True, kw_only=True):
    """All of a placement. `may` says what can be done with it now, by its state."""

    id: UUID
    reference: str
    """For telephone and mail: `PL-000123`. Says nothing about the person."""
    person: Person
    state: PlacementState
    origin: Literal["referral", "import"]
    risk: Risk
    gender: Gender
    type: PremisesType
    timeliness: Timeliness
    arrives_on: date
    """Expected, then actual."""
    departs_on: date
    """Expected, also while they overstay, then actual; the first night that is no longer theirs."""
    expected_departure: date
    """When they were last expected to leave, also of who has left on another day."""
    wanted: Wanted
    suitability: Suitability | None
    premises: PremisesAt | None
    """Where it is offered, booked or lived."""
    bed: str | None
    arrive_by: datetime | None
    arrived_at: datetime | None
    departed_at: datetime | None
    alerted_at: datetime | None
    """When people were told that nobody had arrived by the agreed hour."""
    away: Away | None
    away_since: datetime | None
    away_until: datetime | None
    """Expected return."""
    ended_reason: str | None
    ended_note: str
    move_on: str | None
    checked_reason: str | None
    """Why it was booked though who must not meet whom had not been checked."""
    association: Association
    """Whether anybody has looked by now who must not meet the person."""
    waiting_since: datetime | None
    waiting_until: datetime | None
    officer_name: str | None
    officer_email: str | None
    referring_pdu: str | None
    referring_region: str | None
    referred_by: str
    referred_at: datetime
    changed_at: datetime
    approaches: list[Approach] = field(default_factory=list)
    relocation: Relocation | None = None
    """The newest move between premises."""
    history: list[Happened] = field(default_factory=list)
    may: list[May] = field(default_factory=list)
    hard_to_place: SearchRow | None = None
    """The search of the nation about it: the open one, else the newest."""
    withdrawal: list[str] = field(default_factory=list)
    """What would be withdrawn with it, in words; empty when it cannot be withdrawn."""


class PlacementRow(Struct, frozen=True, kw_only=True):
    """One line of a list. The name and the CRN are None for a person whom the reader may not see."""

    id: UUID
    reference: str
    state: PlacementState
    crn: str | None
    name: str | None
    limited_access: bool
    gender: Gender
    type: PremisesType
    timeliness: Timeliness
    arrives_on: date
    departs_on: date
    premises: str | None
    """Code of the premises."""
    premises_name: str | None
    bed: str | None
    room: str | None
    arrive_by: datetime | None
    arrived_at: datetime | None
    departed_at: datetime | None
    alerted_at: datetime | None
    away: Away | None
    away_until: datetime | None
    risk_to_staff: Rosh | None
    risk_to_residents: Rosh | None
    answer_by: datetime | None
    """When the next open approach must be answered."""
    decides: Decider | None
    asked: str | None = None
    """Code of the premises whose answer is due, in a list of what waits for one."""
    asked_name: str | None = None
    referring_pdu: str | None
    waiting_since: datetime | None
    moves_on: date | None = None
    """First night at the other premises, where a move between premises is asked for or agreed."""
    moves_to: str | None = None
    """Code of the other premises."""
    moves_to_name: str | None = None
    move: Literal["asked", "agreed"] | None = None


class PlacementPage(Struct, frozen=True, kw_only=True):
    """Newest first; referrals to decide by the answer that is due next. `next` is the cursor of the next page."""

    items: list[PlacementRow]
    next: str | None = None


class PremisesDay(Struct, frozen=True, kw_only=True):
    """Who comes and goes at premises on a day."""

    premises: PremisesAt
    on: date
    arriving: list[PlacementRow]
    """Booked for that day or an earlier one, and those who arrived on it."""
    departing: list[PlacementRow]
    """Expected to leave that day or earlier and still there, and those who left on it."""
    away: list[PlacementRow]
    residents: int
    """How many live there, those away included."""


class ReadPlacement(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "placement.read"

    id: UUID


class ListPlacements(Struct, frozen=True, kw_only=True):
    """`cursor` is the `next` of the page before. Each filter narrows."""

    action: ClassVar[str] = "placement.list"

    premises: str | None = None
    """Code: lived, booked or offered there, or asked of it."""
    state: PlacementState | None = None
    arriving: date | None = None
    """Expected, or arrived, on this day."""
    departing: date | None = None
    mine: bool = False
    """Only those that this account referred."""
    to_decide: bool = False
    """Only those with an open approach, the most urgent first."""
    pdu: str | None = None
    """Referred by this PDU."""
    region: str | None = None
    """Referred by this region."""
    on: date | None = None
    """Who has a bed on this night, booked or lived in, also past the expected departure."""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class ReadDay(Struct, frozen=True, kw_only=True):
    """`on` is today where it is not given."""

    action: ClassVar[str] = "placement.list"

    premises: str
    on: date | None = None
