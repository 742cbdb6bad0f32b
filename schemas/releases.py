"""Releases: what a prison's notice says, what is done with one, and how it is read."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.locate import Named, Spoc
from schemas.nsis import NewPerson
from schemas.people import Person
from schemas.placing import Code, Email, Note
from schemas.words import Gender, NsiStatus, NsiType, PlacementState, Rosh

ReleaseKind = Literal["release", "rotl"]
"""`rotl` is a release on temporary licence, with a day of return."""

ReleaseState = Literal[
    "noticed",  # an address is given, and not checked yet
    "needs_bed",  # no address, or one that is not suitable
    "referred",  # an AP referral is open
    "ready",  # there is a suitable address or a bed, or none is needed
    "released",
    "returned",  # from a temporary licence
    "cancelled",
]

LetterAbout = Literal[
    "noticed",
    "changed",
    "moved",
    "date_asked",
    "date_confirmed",
    "bed_ready",
    "bed_lost",
    "lacking",
    "not_recorded",
    "arranged",
    "address_differs",
    "address_checked",
    "cancelled",
    "plan_dropped",
    "happened",
    "returned",
    "move_on_asked",
]
LetterTo = Literal["spoc", "former", "home", "officer", "prison", "premises", "ap_spoc"]

QuestionKind = Literal["which_date", "bed_not_free", "bed_lost", "address_differs", "move_on", "was_released"]

Name = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00]*$")]
Address = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class NoticeRelease(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A prison's notice. Sent again it changes the release that is open, and makes no twin."""

    action: ClassVar[str] = "release.notice"

    person: NewPerson
    prison: Annotated[str, Meta(min_length=1, max_length=200)]
    """Its name or its code."""
    release_on: date
    address: Address | None = None
    """None where there is none yet: then a bed is looked for."""
    near: Annotated[str, Meta(max_length=200)] | None = None
    """Where to resettle, as the locator is asked: a postcode, a place, an authority, a PDU. For a temporary licence the
    prison is meant where nothing is given."""
    rosh: Rosh | None = None
    needs: list[Code] = field(default_factory=list)
    """Codes of characteristics that a bed must have."""
    nights: Annotated[int, Meta(ge=1, le=730)] = 84
    kind: ReleaseKind = "release"
    until: date | None = None
    """The day of return from a temporary licence."""
    reside_where_approved: bool = False
    """The licence has the condition to reside where approved."""
    home_pdu: Code | None = None
    """Where the person is supervised; who is responsible on record goes before it."""
    officer_name: Name | None = None
    officer_email: Email | None = None
    contact_name: Name | None = None
    contact_email: Email | None = None
    """Who is told at the prison."""
    external_reference: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    """Of the notice, where it came from."""


class ReleaseDone(Struct, frozen=True, kw_only=True):
    """What a write on a release answers: nothing about the person."""

    id: UUID
    reference: str
    state: ReleaseState
    release_on: date
    pdu: str
    """Code of the PDU of resettlement."""
    placement: UUID | None = None
    nsi: UUID | None = None
    must_exist_today: list[str] = field(default_factory=list)
    """What lacks and is due, in words."""
    questions: list[str] = field(default_factory=list)
    """What somebody must decide, in words."""


class CheckAddress(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody has looked at the address: suitable, or not. `address` is another one that was checked instead."""

    action: ClassVar[str] = "release.address"

    id: UUID
    outcome: Literal["suitable", "not_suitable"]
    address: Address | None = None


class ApproveAddress(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the licence says to reside. One that differs from the address notified alerts the officer."""

    action: ClassVar[str] = "release.approve"

    id: UUID
    address: Address


class ArrangeAccommodation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A housing provider in the prison has arranged somewhere to live: the case manager is told at once."""

    action: ClassVar[str] = "release.arrange"

    id: UUID
    provider: Annotated[str, Meta(min_length=1, max_length=200)]
    address: Address


class SettleNeed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that must exist does; or does not apply, and why."""

    action: ClassVar[str] = "release.need"

    id: UUID
    need: Code
    not_applicable: Annotated[str, Meta(min_length=1, max_length=500)] | None = None
    """Why, with nothing about the person."""


class ConfirmReleaseDate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named person says which day is meant, where the day before a non-working day was given."""

    action: ClassVar[str] = "release.confirm_date"

    id: UUID
    release_on: date
    """The same day, or another: then everything follows."""


class ChangeReleaseDate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The release moves; what hangs on it follows."""

    action: ClassVar[str] = "release.change"

    id: UUID
    release_on: date
    until: date | None = None
    """Of a temporary licence; None keeps its length."""


class ChangeMind(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The person wants to go somewhere else: what was referred or booked ends, and who receives there is told."""

    action: ClassVar[str] = "release.change"

    id: UUID
    near: Annotated[str, Meta(max_length=200)] | None = None
    """Where to resettle, as the locator is asked; None where the address ends with its postcode."""
    address: Address | None = None
    """None where there is none yet."""


class CancelRelease(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """There is no release: referral or booking, and NSI, end with it."""

    action: ClassVar[str] = "release.cancel"

    id: UUID
    reason: Code
    """Code of the list `release_cancelled`."""
    note: Note = ""


class ReferRelease(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The AP referral for a release: what is not given is as on the release."""

    action: ClassVar[str] = "release.refer"

    id: UUID
    ask: list[Code] = field(default_factory=list)
    """Codes of the premises that are asked at once."""
    bed: Code | None = None
    """A bed of the shortlist to offer at once."""
    suitability: int | None = None
    nights: Annotated[int, Meta(ge=1, le=730)] | None = None
    needs: list[Code] | None = None
    preferred: list[Code] = field(default_factory=list)
    risk_to_staff: Rosh | None = None
    risk_to_residents: Rosh | None = None
    risk_note: Note = ""
    short_notice_reason: Code | None = None
    """Code of the list `short_notice`. Needed when the release is 28 days away or less."""
    short_notice_note: Note = ""
    pdu: Code | None = None


class RecordReleased(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The person has left the prison. An arrival at premises records it by itself."""

    action: ClassVar[str] = "release.released"

    id: UUID
    on: date | None = None


class RecordReturned(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The person is back from a temporary licence: the temporary move is over."""

    action: ClassVar[str] = "release.returned"

    id: UUID
    on: date | None = None


class AnswerMoveOn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a resident has moved on to. In another PDU than home a case transfer is asked about, never automatic."""

    action: ClassVar[str] = "release.move_on"

    id: UUID
    near: Annotated[str, Meta(min_length=1, max_length=200)]
    """As the locator is asked."""
    address: Address | None = None
    case_transfer: bool | None = None
    """Must be said where it is another PDU. False keeps the case with the home PDU, by a named person."""
    note: Note = ""


class AlertRelease(Struct, frozen=True, kw_only=True):
    """Tell people what lacks and is due, once. Where nothing does it is harmless."""

    action: ClassVar[str] = "release.alert"

    id: UUID


class ReleaseNeed(Struct, frozen=True, kw_only=True):
    """One thing that must exist before the release."""

    need: str
    title: str
    owner: str
    due: date
    state: Literal["to_do", "lacking", "met", "not_applicable"]
    """`lacking` is due today or earlier, and open."""
    met_at: datetime | None = None
    met_by: str | None = None
    not_applicable: str | None = None


class ReleaseQuestion(Struct, frozen=True, kw_only=True):
    id: int
    kind: QuestionKind
    said: str
    asked_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    answer: str = ""


class ReleaseBed(Struct, frozen=True, kw_only=True):
    """The AP referral, booking or stay of a release."""

    id: UUID
    reference: str
    state: PlacementState
    premises: str | None = None
    bed: str | None = None
    arrives_on: date
    departs_on: date


class ReleaseNsi(Struct, frozen=True, kw_only=True):
    """What everybody who sees the release sees of the NSI: enough to telephone, and nothing of the case."""

    id: UUID
    reference: str
    type: NsiType
    status: NsiStatus
    pdu: Named
    """Who receives."""
    move_on: date
    until: date | None = None
    spoc: Spoc | None = None
    """Who receives there today."""
    open: bool = False
    """Whether the NSI itself is in the reader's reach."""


class ForLicence(Struct, frozen=True, kw_only=True):
    """What prison and practitioner write into the licence."""

    name: str
    address: str
    hour: datetime | None = None
    """By which to arrive."""
    contact: str = ""
    phone: str = ""
    hours: str = ""


class SearchFor(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """The search for a bed, as the release asks for it: the body of `POST /api/v1/bedspaces/search`."""

    near: str
    from_: date
    nights: int
    gender: Gender
    needs: list[str]


class ReleaseHappened(Struct, frozen=True, kw_only=True):
    at: datetime
    what: str
    note: str
    by: str


class Release(Struct, frozen=True, kw_only=True):
    """All of a release. Masked (person and addresses) for a reader who may not see a limited-access person."""

    id: UUID
    reference: str
    """For telephone and mail: `REL-000123`. Says nothing about the person."""
    person: Person
    kind: ReleaseKind
    state: ReleaseState
    prison: Named
    release_on: date
    until: date | None
    before_non_working: bool
    date_confirmed_at: datetime | None
    date_confirmed_by: str | None
    address: str | None
    address_checked: Literal["suitable", "not_suitable"] | None
    reside_where_approved: bool
    approved_address: str | None
    provider: str | None
    arranged_address: str | None
    near: str | None
    pdu: Named
    """Of resettlement."""
    region: Named
    spoc: Spoc | None
    """Who receives there today."""
    home_pdu: Named
    """Where the person is supervised."""
    gender: Gender
    rosh: Rosh | None
    needs: list[str]
    nights: int
    officer_name: str | None
    officer_email: str | None
    released_on: date | None
    ended_reason: str | None
    noticed_at: datetime
    noticed_by: str
    changed_at: datetime
    must_exist: list[ReleaseNeed]
    must_exist_today: list[str]
    questions: list[ReleaseQuestion]
    placement: ReleaseBed | None
    nsi: ReleaseNsi | None
    for_the_licence: ForLicence | None
    search: SearchFor | None
    """None where no bed is looked for."""
    suits: bool | None = None
    """Whether approved premises suit the person, as decided last; None where nobody has decided."""
    history: list[ReleaseHappened]


class ReadRelease(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "release.read"

    id: UUID


class ListReleases(Struct, frozen=True, kw_only=True):
    """The soonest first. `cursor` is the `next` of the page before. Each filter narrows."""

    action: ClassVar[str] = "release.list"

    prison: str | None = None
    """Code."""
    pdu: str | None = None
    """Code: of resettlement, or home."""
    from_: date | None = None
    until: date | None = None
    """The last day."""
    state: ReleaseState | None = None
    lacking: bool = False
    """Only those where something lacks that is due."""
    lacking_first: bool = False
    """Those where something lacks before all others."""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class ReleaseRow(Struct, frozen=True, kw_only=True):
    """One line of a release board. The name and the CRN are None for a person whom the reader may not see."""

    id: UUID
    reference: str
    kind: ReleaseKind
    state: ReleaseState
    crn: str | None
    name: str | None
    limited_access: bool
    prison: str
    prison_name: str
    release_on: date
    pdu: str
    pdu_name: str
    rosh: Rosh | None
    placement: str | None
    """Reference."""
    nsi: str | None
    """Reference."""
    lacking: int
    """How many things lack that are due."""
    lacks: list[str] = field(default_factory=list)
    """Which, in words."""
    questions: int
    asks: list[QuestionKind] = field(default_factory=list)
    """What somebody must decide."""


class ReleasePage(Struct, frozen=True, kw_only=True):
    """`next` is the cursor of the page that follows; None on the last."""

    items: list[ReleaseRow]
    next: str | None = None
