"""Who must not meet whom."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.search import Association, Whom

Code = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
Note = Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")]
"""Some words for those who may see both people."""

CheckOutcome = Literal[
    "none_known",  # somebody looked, and there is nobody
    "recorded",  # somebody looked, and whoever there is, is recorded
    "not_possible",  # somebody tried to look: this counts as not checked
]


class RecordPair(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two people must not live in the same premises. It counts for both."""

    action: ClassVar[str] = "meeting.record"

    person: Whom
    other: Whom
    """A CRN may be of somebody who is not on record yet."""
    kind: Code
    """Code of the list `must_not_meet`."""
    source: Code
    """Where this is known from: code of the list `meeting_source`."""
    note: Note = ""
    since: date | None = None
    """From which night on; None means today."""
    until: date | None = None
    """The first night on which they may be in the same premises; None means no end is known."""


class PairRecorded(Struct, frozen=True, kw_only=True):
    id: int


class EndPair(Struct, frozen=True, kw_only=True):
    """They may meet, or it was recorded in error. Ending it again is harmless."""

    action: ClassVar[str] = "meeting.end"

    id: int
    note: Note


class PairEnded(Struct, frozen=True, kw_only=True):
    id: int


class RecordCheck(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody looked who must not meet this person."""

    action: ClassVar[str] = "meeting.check"

    person: Whom
    outcome: CheckOutcome
    against: list[Code] = []
    """Whose records were looked at: codes of the list `meeting_source`. May be empty where it was not possible."""
    note: Note = ""


class CheckRecorded(Struct, frozen=True, kw_only=True):
    id: int


class LookAtMeetings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom a person must not meet, and who looked when."""

    action: ClassVar[str] = "meeting.read"

    person: Whom


class Pair(Struct, frozen=True, kw_only=True):
    """`crn` and `name` are of the other one; None where the reader may not see that one, and notes are empty then."""

    id: int
    crn: str | None
    name: str | None
    hidden: bool
    """The other is somebody whom the reader may not see."""
    kind: str
    source: str
    note: str
    since: date
    until: date | None
    recorded_at: datetime
    recorded_by: str
    ended_at: datetime | None
    ended_by: str | None
    ended_note: str


class Check(Struct, frozen=True, kw_only=True):
    outcome: CheckOutcome
    against: list[str]
    """Codes of the list `meeting_source`."""
    note: str
    checked_at: datetime
    checked_by: str


class Meetings(Struct, frozen=True, kw_only=True):
    person: UUID
    association: Association
    pairs: list[Pair] = field(default_factory=list)
    """Those that still count first."""
    checks: list[Check] = field(default_factory=list)
    """Newest first."""


class RuleOut(Struct, frozen=True, kw_only=True):
    """What a search for a person, or for a placement, must keep away from. Only the search is told."""

    action: ClassVar[str] = "search.person"

    person: Whom | None = None
    placement: str | None = None
    """Its id or its reference."""
    first: date
    nights: int


class Circle(Struct, frozen=True):
    lat: float
    lon: float
    miles: float


class RuledOut(Struct, frozen=True, kw_only=True):
    premises: frozenset[str]
    """Codes of those where somebody is whom the person must not meet."""
    zones: list[Circle]
    """Of the placement."""
    association: Association
