"""The waiting list: who waits for a bed, in what order and why, and which bed is proposed to whom."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.placing import Code, Note
from schemas.premises import PremisesType
from schemas.search import PremisesAt
from schemas.words import Gender, PlacementState, Rosh, Timeliness

ProposalOutcome = Literal[
    "offered",
    "skipped",
    "lapsed",  # nobody decided in time
    "closed",  # the entry waits no longer, or its bed is no longer kept
]


class JoinWaiting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An AP referral without a bed goes on the waiting list. Joining twice keeps the place, and may change the end."""

    action: ClassVar[str] = "waiting.join"

    id: UUID
    until: date | None = None
    """The last day on the list, in London. None means as long as is usual for how soon the bed is wanted."""


class JoinByReference(Struct, frozen=True, kw_only=True):
    """The same, where a person knows a placement by its reference."""

    action: ClassVar[str] = "waiting.join"

    reference: Annotated[str, Meta(max_length=20)]
    until: date | None = None


class LeaveWaiting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person takes an entry off the list. It may join again, and then begins anew."""

    action: ClassVar[str] = "waiting.leave"

    id: UUID
    reason: Code
    """Code of the list `leave_waiting`."""
    note: Note = ""


class Waits(Struct, frozen=True, kw_only=True):
    """What a write on the waiting list answers."""

    id: UUID
    reference: str
    state: PlacementState
    waiting_since: datetime | None
    waiting_until: datetime | None


class OfferProposal(Struct, frozen=True, kw_only=True):
    """A named person offers the bed that is proposed: its premises are asked, and it is kept until they answer."""

    action: ClassVar[str] = "waiting.offer"

    id: int


class SkipProposal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named person says why the bed is not offered to whom it is proposed."""

    action: ClassVar[str] = "waiting.skip"

    id: int
    reason: Code
    """Code of the list `skip`."""
    note: Note = ""
    instead: Annotated[str, Meta(max_length=20)] | None = None
    """Reference of the entry that the bed is proposed to instead, ahead of the order. `higher_need` names one."""


class TakeBackSkip(Struct, frozen=True, kw_only=True):
    """A skip was a mistake, or holds no longer: the bed may be proposed to that entry again."""

    action: ClassVar[str] = "waiting.skip"

    id: int


class SkipTakenBack(Struct, frozen=True, kw_only=True):
    id: int


class ProposalDone(Struct, frozen=True, kw_only=True):
    """What a write on a proposal answers."""

    id: int
    outcome: ProposalOutcome | None
    reference: str
    """Of the placement it was for."""
    bed: str
    next: int | None = None
    """The proposal that came of it at once, where somebody was picked ahead of the order."""
    remarks: list[str] = field(default_factory=list)


class ProposeBeds(Struct, frozen=True, kw_only=True):
    """Propose beds that are free to those who wait, in order. `limit` at most in one act."""

    action: ClassVar[str] = "waiting.propose"

    limit: Annotated[int, Meta(ge=1, le=200)] = 20


class SettleWaiting(Struct, frozen=True, kw_only=True):
    """What time does: proposals that nobody decided are renewed, entries are reminded of and leave."""

    action: ClassVar[str] = "waiting.settle"


class Ticked(Struct, frozen=True, kw_only=True):
    """How many things a tick has done."""

    count: int


class Skip(Struct, frozen=True, kw_only=True):
    """A bed that would have fitted and that a person did not give, and why."""

    id: int
    bed: str
    premises: PremisesAt
    reason: str
    """Code of the list `skip`."""
    name: str
    """The same in words."""
    note: str
    """Empty for a reader who may not see the person."""
    instead: str | None
    """Reference of the entry that was picked ahead; None also where it is not the reader's to see."""
    at: datetime
    by: str
    taken_back_at: datetime | None


class PassedOver(Struct, frozen=True):
    """An entry that stood ahead when a bed was proposed to another one, and why that bed did not fit it."""

    reference: str
    place: int
    code: str
    """Such as `nights` or `needs:step_free`."""
    why: str


class Proposal(Struct, frozen=True, kw_only=True):
    """A bed that is kept for an entry until a named person offers it or says why not."""

    id: int
    placement: UUID
    reference: str
    crn: str | None
    name: str | None
    """None for a person whom the reader may not see."""
    limited_access: bool
    timeliness: Timeliness
    rosh: Rosh | None
    bed: str
    premises: PremisesAt
    from_day: date
    until_day: date
    place: int
    """In the order, when it was proposed."""
    chosen_by: str | None
    """Who picked this entry ahead of the order."""
    times: int
    """How often in a row; more than 1 where nobody decided."""
    proposed_at: datetime
    kept_until: datetime
    outcome: ProposalOutcome | None
    settled_at: datetime | None
    settled_by: str | None
    passed_over: list[PassedOver] = field(default_factory=list)
    """At most 50, first in the order first. Those out of the reader's reach are left out."""
    passed_over_count: int = 0


class ProposalPage(Struct, frozen=True, kw_only=True):
    """Open ones first that end soonest; `next` is the cursor of the next page."""

    items: list[Proposal]
    next: str | None = None


class ProposedBed(Struct, frozen=True, kw_only=True):
    """What is proposed to an entry just now."""

    id: int
    bed: str
    premises: PremisesAt
    kept_until: datetime
    times: int
    passed_over_count: int


class WaitingEntry(Struct, frozen=True, kw_only=True):
    """One entry of the list. The name and the CRN are None for a person whom the reader may not see."""

    id: UUID
    reference: str
    place: int
    """In the order of everybody who waits, from 1."""
    why: list[str]
    """Why it stands there, in words."""
    state: PlacementState
    displaced: bool
    crn: str | None
    name: str | None
    limited_access: bool
    gender: Gender
    type: PremisesType
    timeliness: Timeliness
    """As of today: the fewer days are left, the more urgent."""
    rosh: Rosh | None
    arrives_on: date
    departs_on: date
    near: str
    needs: list[str]
    """Codes of characteristics."""
    referring_pdu: str | None
    referring_region: str | None
    waiting_since: datetime
    waiting_until: datetime
    never: str = ""
    """Why no bed of the register can ever meet this need; empty where one can."""
    proposal: ProposedBed | None = None
    skips: list[Skip] = field(default_factory=list)
    """Newest first, of this wait."""
    passed_over_count: int = 0
    """How often a bed went by that did not fit."""


class WaitingPage(Struct, frozen=True, kw_only=True):
    """In order. `next` is the cursor of the next page."""

    as_of: datetime
    of: int
    """How many wait in all, those out of the reader's reach too."""
    order: str
    """The rule of the order, in words."""
    items: list[WaitingEntry]
    next: str | None = None


class ListWaiting(Struct, frozen=True, kw_only=True):
    """`cursor` is the `next` of the page before. Each filter narrows; places stay those of the whole list."""

    action: ClassVar[str] = "waiting.list"

    estate: Gender | None = None
    region: str | None = None
    """Code of the referring region."""
    placement: UUID | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class ListProposals(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "waiting.list"

    open: bool = True
    """Only those that wait for a person; else all, newest first."""
    placement: UUID | None = None
    premises: str | None = None
    """Code."""
    id: int | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None
