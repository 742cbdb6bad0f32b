"""What is done with a placement: one command for each act, in the imperative. Notes hold nothing about the person."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.nsis import NewPerson
from schemas.placements import Away
from schemas.premises import PremisesType
from schemas.search import Avoid
from schemas.words import Gender, PlacementState, Rosh

Code = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
"""Of a list, a bed or premises."""
Note = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")]
"""In words. Some reasons want one."""
Nights = Annotated[int, Meta(ge=1, le=730)]
Email = Annotated[str, Meta(max_length=254, pattern=r"^[^\x00\s]+@[^\x00\s]+$")]


class DecideSuitability(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Approved premises are for risk of harm, not for want of an address: somebody decides that first."""

    action: ClassVar[str] = "suitability.decide"

    person: NewPerson
    suitable: bool
    reason: Code
    """Code of the list `suitability`."""
    note: Note = ""
    pointed_to: Annotated[str, Meta(max_length=200)] | None = None
    """Where else the person was pointed. Needed when approved premises do not suit."""
    pdu: Code | None = None
    """Code; None where the account works for one PDU only, which is then meant."""


class SuitabilityDecided(Struct, frozen=True, kw_only=True):
    id: int
    suitable: bool


class ReferPlacement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An AP referral. How soon it is wanted (`timeliness`) follows from the day of arrival."""

    action: ClassVar[str] = "placement.refer"

    person: NewPerson
    suitability: int | None = None
    """Id of the decision it rests on; None means the newest on record."""
    gender: Gender
    type: PremisesType = "standard"
    arrives_on: date
    nights: Nights | None = None
    """None means the default: 84, 182 in a PIPE, 364 with enhanced security."""
    near: Annotated[str, Meta(max_length=20)] = ""
    needs: list[Code] = field(default_factory=list)
    preferred: list[Code] = field(default_factory=list)
    preferred_premises: list[Code] = field(default_factory=list)
    avoid: list[Avoid] = field(default_factory=list)
    """Zones around where a victim lives: obeyed, and never shown."""
    ask: list[Code] = field(default_factory=list)
    """Codes of the premises that are asked at once. More may be asked later."""
    rosh: Rosh | None = None
    risk_to_staff: Rosh | None = None
    risk_to_residents: Rosh | None = None
    risk_note: Note = ""
    short_notice_reason: Code | None = None
    """Code of the list `short_notice`. Needed when the arrival is 28 days away or less."""
    short_notice_note: Note = ""
    pdu: Code | None = None
    """Of the referring PDU; None where the account works for one only."""
    officer_name: Annotated[str, Meta(max_length=200)] | None = None
    officer_email: Email | None = None
    """The responsible officer, who is told of what goes wrong."""


class PlacementDone(Struct, frozen=True, kw_only=True):
    """What a write on a placement answers: nothing about the person."""

    id: UUID
    reference: str
    state: PlacementState
    arrives_on: date
    departs_on: date
    premises: str | None = None
    """Code."""
    bed: str | None = None
    remarks: list[str] = field(default_factory=list)
    """What somebody should know, such as needs that the bed no longer meets."""


class AskPremises(Struct, frozen=True, kw_only=True):
    """Ask (more) premises. Those that are asked already are left as they are."""

    action: ClassVar[str] = "placement.ask"

    id: UUID
    premises: Annotated[list[Code], Meta(min_length=1, max_length=20)]


class OfferBed(Struct, frozen=True, kw_only=True):
    """Offer a bed of the shortlist. It is kept until the answer is due; its premises are asked by this."""

    action: ClassVar[str] = "placement.offer"

    id: UUID
    bed: Code


class AcceptPlacement(Struct, frozen=True, kw_only=True):
    """Whoever decides says yes. The bed is booked, and other open approaches are withdrawn."""

    action: ClassVar[str] = "placement.accept"

    id: UUID
    premises: Code | None = None
    """None where one approach only is open."""
    bed: Code | None = None
    """None means the bed that was offered."""
    note: Note = ""
    arrive_by: datetime | None = None
    """The agreed hour; None means the usual one of the premises."""
    checked_reason: Code | None = None
    """Code of the list `unchecked`. Needed when who must not meet whom was never checked."""
    checked_note: Note = ""


class DeclinePlacement(Struct, frozen=True, kw_only=True):
    """Whoever decides says no."""

    action: ClassVar[str] = "placement.decline"

    id: UUID
    premises: Code | None = None
    reason: Code
    """Code of the list `decline`."""
    note: Note = ""


class WithdrawPlacement(Struct, frozen=True, kw_only=True):
    """The referral is no longer wanted, with all that hangs on it. Not once a bed is booked."""

    action: ClassVar[str] = "placement.withdraw"

    id: UUID
    reason: Code
    """Code of the list `withdraw`."""
    note: Note = ""


class ArrivePlacement(Struct, frozen=True, kw_only=True):
    """The person is there. Arriving twice is harmless. It also ends a move between premises."""

    action: ClassVar[str] = "placement.arrive"

    id: UUID
    at: datetime | None = None
    """None means now."""
    bed: Code | None = None
    """Another bed of the same premises than the one that was booked."""


class RecordNotArrived(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "placement.not_arrived"

    id: UUID
    reason: Code
    """Code of the list `not_arrived`."""
    note: Note = ""


class DepartPlacement(Struct, frozen=True, kw_only=True):
    """The person has left; the bed is free from that night on. Departing twice is harmless."""

    action: ClassVar[str] = "placement.depart"

    id: UUID
    at: datetime | None = None
    """None means now."""
    reason: Code
    """Code of the list `departure`, which is a tree."""
    move_on: Code | None = None
    """Code of the list `move_on`."""
    note: Note = ""


class ExtendPlacement(Struct, frozen=True, kw_only=True):
    """A booking or stay goes on. 409 names the nights that are claimed already."""

    action: ClassVar[str] = "placement.extend"

    id: UUID
    until: date
    """The new day of departure: the first night that is no longer theirs."""
    note: Note = ""


class ShortenPlacement(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "placement.shorten"

    id: UUID
    until: date
    note: Note = ""


class ChangeNeeds(Struct, frozen=True, kw_only=True):
    """What the person needs has changed. The answer says if the bed no longer meets it."""

    action: ClassVar[str] = "placement.needs"

    id: UUID
    needs: list[Code]
    preferred: list[Code] | None = None
    note: Note = ""


class CancelPlacement(Struct, frozen=True, kw_only=True):
    """A booking is no longer wanted. The bed is free at once."""

    action: ClassVar[str] = "placement.cancel"

    id: UUID
    reason: Code
    """Code of the list `cancel`."""
    note: Note = ""


class GoAway(Struct, frozen=True, kw_only=True):
    """In hospital or with the police; the bed is kept."""

    action: ClassVar[str] = "placement.away"

    id: UUID
    where: Away
    until: datetime | None = None
    """Expected return."""
    note: Note = ""


class ComeBack(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "placement.back"

    id: UUID


class RelocatePlacement(Struct, frozen=True, kw_only=True):
    """A move between premises. Planned: the other premises accept or decline. Emergency: at once."""

    action: ClassVar[str] = "placement.relocate"

    id: UUID
    bed: Code
    """Of the other premises."""
    on: date | None = None
    """The first night there. None means today, and only an emergency is today."""
    emergency: bool = False
    reason: Code
    """Code of the list `relocate`."""
    note: Note = ""


class AcceptRelocation(Struct, frozen=True, kw_only=True):
    """The other premises say yes: the stay is shortened, their bed booked, and the rest of the nights kept."""

    action: ClassVar[str] = "placement.relocation_accept"

    id: UUID
    note: Note = ""
    checked_reason: Code | None = None
    checked_note: Note = ""


class DeclineRelocation(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "placement.relocation_decline"

    id: UUID
    reason: Code
    """Code of the list `decline`."""
    note: Note = ""


class UndoRelocation(Struct, frozen=True, kw_only=True):
    """Everything is as it was before the move was asked for. Only until the arrival."""

    action: ClassVar[str] = "placement.relocation_undo"

    id: UUID
    note: Note = ""


class LapseApproaches(Struct, frozen=True, kw_only=True):
    """Nobody answered in time. Where nothing is due it is harmless."""

    action: ClassVar[str] = "placement.lapse"

    id: UUID


class AlertArrival(Struct, frozen=True, kw_only=True):
    """Nobody had arrived by the agreed hour: premises, responsible officer and out-of-hours duty are told, once."""

    action: ClassVar[str] = "placement.alert"

    id: UUID
