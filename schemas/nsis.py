"""The NSI: the one standard record of a case transfer or a temporary move."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.chasing import Escalation
from schemas.components import Component
from schemas.ends import Ends
from schemas.files import Document
from schemas.locate import Named, Spoc
from schemas.move_review import MoveReview
from schemas.national import SearchRow
from schemas.nsi_parts import Caretaker, ClockPause, Code, KnownAs, NsiNote, NsiQuestion, NsiReport, Provider, Short
from schemas.people import Person
from schemas.words import ClockState, Gender, NsiStatus, NsiType, NsiWay, Role, Rosh


class Evidence(Struct, frozen=True):
    """Where a field of the NSI was read, and how sure the reading is (0 to 1)."""

    text: str
    source: str
    confidence: float


class Sending(Struct, frozen=True, kw_only=True):
    """Who sends: resolved to a PDU where the message or the account says which."""

    pdu: Named | None = None
    name: str | None = None
    email: str | None = None
    said: str | None = None
    """The sending office in the sender's own words."""


class Receiving(Struct, frozen=True, kw_only=True):
    region: Named
    pdu: Named
    team: str | None = None
    spoc: Spoc | None = None


class Responsible(Struct, frozen=True, kw_only=True):
    """Exactly one at any instant: the next one's `since` is this one's end."""

    region: str | None = None
    pdu: str | None = None
    team: str | None = None
    officer: str | None = None
    since: datetime
    why: str = ""


class Clock(Struct, frozen=True, kw_only=True):
    """A timed rule that has a date. `rule` is an id of the regime, such as `T-14`."""

    rule: str
    title: str
    phase: Literal["notification", "move"] = "move"
    """Of what is told, or of what is done: both are kept."""
    owner: str = ""
    due: date
    state: ClockState
    met_on: date | None = None
    paused_until: date | None = None
    """The day it goes on by itself; None: it runs."""
    pauses: list[ClockPause] = field(default_factory=list)
    """All that there were and will be, oldest first."""
    pause_days_left: int = 0
    """Working days for which it may still be paused."""
    passed_over_on: date | None = None
    """When its mandatory action was closed by a reason alone. Wherever rules are counted it is not met."""


class Asks(Struct, frozen=True, kw_only=True):
    """One field of an action's evidence."""

    id: str
    title: str
    type: Literal["text", "date", "yes_no", "choice"]
    required: bool = False
    options: list[Named] = field(default_factory=list)
    list: str | None = None
    """The list whose codes are the options."""


class Action(Struct, frozen=True, kw_only=True):
    """One line of the action list. It is closed by evidence, or is not applicable with a reason."""

    n: int
    kind: str = "other"
    """Of `actions.toml`; `other` is a line that somebody added."""
    title: str
    owner: str
    rule: str | None = None
    """The timed rule that it is evidence of."""
    due: date | None = None
    mandatory: bool = False
    """The NSI is not completed while it is open."""
    assigned_to: str | None = None
    done_at: datetime | None = None
    done_by: str | None = None
    not_applicable: str | None = None
    """Why."""
    evidence: dict[str, Any] = field(default_factory=dict)
    """By the ids of `asks`; empty where the person is masked."""
    asks: list[Asks] = field(default_factory=list)
    skipped_by: list[Role] = field(default_factory=list)
    """Of a mandatory one: who may close it with a reason alone."""


class Happened(Struct, frozen=True, kw_only=True):
    """One line of the timeline, oldest first."""

    at: datetime
    what: str
    """In words for a reader."""
    by: str
    status: NsiStatus | None = None


class Nsi(Struct, frozen=True, kw_only=True):
    """The whole record. What is about the person is masked for a reader who may not see them."""

    id: UUID
    reference: str
    """For telephone and mail: `NSI-000123`. Says nothing about the person."""
    type: NsiType
    status: NsiStatus
    person: Person
    way: NsiWay = "planned"
    sub_type: str | None = None
    referred_on: date | None = None
    move_on: date
    """The expected start."""
    until: date | None = None
    """The expected end."""
    started_on: date | None = None
    ended_on: date | None = None
    """None as long as it is active."""
    outcome: str | None = None
    """Code of the list `nsi_outcome`."""
    event_number: int | None = None
    """Of the order or licence, as the case system counts them."""
    requirement: str | None = None
    """Of that order or licence, where the NSI is about one."""
    intended_provider: str | None = None
    team: str | None = None
    """To whom it is allocated."""
    officer: str | None = None
    officer_email: str | None = None
    address: str | None = None
    rosh: Rosh | None = None
    mappa: str | None = None
    reason: str | None = None
    sending: Sending
    receiving: Receiving
    responsible: Responsible | None = None
    caretaker: Caretaker | None = None
    regime: str = ""
    """Title of the policy regime whose rules apply."""
    clocks: list[Clock] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    escalations: list[Escalation] = field(default_factory=list)
    """Whom overdue rules were told to, and concerns that were raised, oldest first."""
    missing: list[str] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    history: list[Happened] = field(default_factory=list)
    inbox_id: UUID | None = None
    source: str = "bedspace"
    """Who owns its fields. Its status is folded of what every source reports."""
    known_as: list[KnownAs] = field(default_factory=list)
    reports: list[NsiReport] = field(default_factory=list)
    """In the order in which they count; the last one is what holds."""
    notes: list[NsiNote] = field(default_factory=list)
    questions: list[NsiQuestion] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    """What a case transfer is made of, each decided on its own."""
    ends: Ends = Ends()
    """What each end reports of the move."""
    move_reviews: list[MoveReview] = field(default_factory=list)
    """Of a temporary move, the newest first."""
    challenge_due: date | None = None
    """By when a challenge on risk that is open is to be decided."""
    hard_to_place: SearchRow | None = None
    """The search of the nation about it: the open one, else the newest."""
    quiet: bool = False
    """History: it sends nothing and chases nobody."""
    merged_into: str | None = None
    """Reference of the NSI it was found to be."""
    merged: list[str] = field(default_factory=list)
    """References of those merged into it."""


class NsiRow(Struct, frozen=True, kw_only=True):
    """One line of a list of NSIs. The name is None for a limited-access person."""

    id: UUID
    reference: str
    type: NsiType
    status: NsiStatus
    crn: str | None
    name: str | None
    limited_access: bool
    move_on: date
    way: NsiWay
    sending_pdu: str | None
    sending_pdu_name: str | None
    receiving_pdu: str
    receiving_pdu_name: str
    rosh: Rosh | None
    next_due: date | None
    overdue: bool


class ReadNsi(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "nsi.read"

    id: UUID


class ListNsis(Struct, frozen=True, kw_only=True):
    """`cursor` is the `next` of the page before."""

    action: ClassVar[str] = "nsi.list"

    pdu: str | None = None
    overdue: bool = False
    status: NsiStatus | None = None
    person: str | None = None
    """CRN or id: all the moves of one person, with those that were merged."""
    questions: bool = False
    """Only those about which somebody is asked something."""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class NsiPage(Struct, frozen=True, kw_only=True):
    """`next` is the cursor of the page that follows; None on the last."""

    items: list[NsiRow]
    next: str | None = None


class ConfirmNsi(Struct, frozen=True, kw_only=True):
    """The sender says that a prepared NSI is right. Confirming twice is harmless."""

    action: ClassVar[str] = "nsi.confirm"

    id: UUID


class NsiState(Struct, frozen=True, kw_only=True):
    """What a write on an NSI answers: nothing about the person."""

    id: UUID
    reference: str
    status: NsiStatus


class NewPerson(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who an NSI is about, as its sender writes it. Identifiers may be in any usual form."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    crn: str | None = None
    noms: str | None = None
    pnc: str | None = None
    birth_date: date | None = None
    gender: Gender | None = None


class RaiseNsi(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person raises an NSI directly: it needs no confirming."""

    action: ClassVar[str] = "nsi.raise"

    type: NsiType
    person: NewPerson
    move_on: date
    until: date | None = None
    destination: Annotated[str, Meta(min_length=1, max_length=200)]
    """What the locator is asked: a postcode, place, local authority or prison."""
    address: Annotated[str, Meta(max_length=500)] | None = None
    rosh: Rosh | None = None
    mappa: Annotated[str, Meta(max_length=100)] | None = None
    reason: Annotated[str, Meta(max_length=4000)] | None = None
    sending_pdu: str | None = None
    """Code; None where the account works for one PDU only, which is then meant."""
    sender_name: Annotated[str, Meta(max_length=200)] | None = None
    sender_email: Annotated[str, Meta(max_length=254)] | None = None
    referred_on: date | None = None
    """An earlier day for a case that was in flight when NSIs began: its clocks count from there."""
    sub_type: Code | None = None
    event_number: Annotated[int, Meta(ge=1, le=32767)] | None = None
    requirement: Short | None = None
    """Needs the number of the event."""
    intended_provider: Provider | None = None
    team: Short | None = None
    officer: Short | None = None
    officer_email: Annotated[str, Meta(max_length=254)] | None = None
    note: Annotated[str, Meta(max_length=4000)] | None = None
    """About the person; kept as the first note."""


class RecordStatus(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An NSI has come to a further status, now or `at` an earlier time."""

    action: ClassVar[str] = "nsi.status"

    id: UUID
    status: NsiStatus
    at: datetime | None = None
    outcome: str | None = None
    """Code of the list `nsi_outcome`, where it is over by this."""


class RerouteNsi(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The receiving side says that an NSI is not for them, and where it belongs."""

    action: ClassVar[str] = "nsi.reroute"

    id: UUID
    to: Annotated[str, Meta(min_length=1, max_length=200)]
    """What the locator is asked, and must answer with one PDU: a postcode, place, authority, prison or PDU."""
    reason: Annotated[str, Meta(max_length=40)]
    """Code of the list `reroute`."""
    note: Annotated[str, Meta(max_length=500)] = ""
    """Nothing about the person."""


class NsiRerouted(Struct, frozen=True, kw_only=True):
    """What those who sent an NSI on are told; they may not see it any more."""

    id: UUID
    reference: str
    status: NsiStatus
    pdu: Named
    """Where it is now."""
    times: int
    """How often it has been sent on."""
    said: str
