"""Connections: which area sends or is sent what, in which system's words, by which road, and how that goes."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct, field

from schemas.drafts import RefusedRow, Unmapped
from schemas.nsis import Evidence

ConnectionCode = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Text = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Codes = dict[Annotated[str, Meta(max_length=40)], dict[Annotated[str, Meta(max_length=100)], str]]
Direction = Literal["in", "out"]
Way = Literal["planned", "retrospective"]
Breaker = Literal["closed", "open", "half_open"]
"""`half_open`: one is tried, to see whether the far side is there again."""


class KeepConnection(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Make a connection, or replace what is said of one. Its health and its pause stay."""

    action: ClassVar[str] = "connection.keep"

    code: ConnectionCode
    title: Text
    area: Annotated[str, Meta(min_length=1, max_length=20)]
    """Code of a PDU, of an area of 2003, or of a region."""
    system: Text
    channel: Text
    direction: Direction = "in"
    profile: Text = "plain"
    codes: Codes = field(default_factory=dict)
    """Field → their code → our word, beside the tables of the profile."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Of the channel. Never a secret: the name of the environment variable that holds it."""
    account: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    """Who sends over HTTP."""
    trusted: bool = False
    """Its records are raised as they are. Without, they are prepared as a person's message is."""
    way: Way | None = None
    """`retrospective`: what was in flight when NSIs began. None: as the profile says."""
    records_temporary_moves: bool | None = None
    """None: as the profile says."""
    quiet: bool = False
    """History: nobody is written to, and nothing of it is chased."""


class Connection(Struct, frozen=True, kw_only=True):
    """A connection, and how it goes."""

    code: str
    title: str
    area: str
    system: str
    channel: str
    direction: Direction
    profile: str
    codes: Codes
    settings: dict[str, Any]
    account: str | None
    trusted: bool
    way: Way
    records_temporary_moves: bool
    quiet: bool
    kept_at: datetime
    kept_by: str
    paused_at: datetime | None
    paused_by: str | None
    paused_why: str | None
    breaker: Breaker
    broken_until: datetime | None
    failures: int
    """In a row."""
    last_good_at: datetime | None
    last_error_at: datetime | None
    last_error: str | None
    waiting: int
    """Messages that are stored and not read yet."""
    to_review: int
    unmapped: list[Unmapped]
    """Codes that have no word yet, the most frequent first."""


class ConnectionPage(Struct, frozen=True, kw_only=True):
    items: list[Connection]
    next: str | None = None


class ConnectionDone(Struct, frozen=True, kw_only=True):
    code: str
    new: bool = False


class ListConnections(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "connection.read"

    area: str | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class ReadConnection(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "connection.read"

    code: str


class PauseConnection(Struct, frozen=True, kw_only=True):
    """What comes in is stored and waits; what goes out waits in its lanes."""

    action: ClassVar[str] = "connection.pause"

    code: str
    why: Text
    """Nothing about a person."""


class ResumeConnection(Struct, frozen=True, kw_only=True):
    """What waits is taken up. The breaker is closed, too."""

    action: ClassVar[str] = "connection.pause"

    code: str


class NoteHealth(Struct, frozen=True, kw_only=True):
    """What came of one attempt. Too many failures in a row open the breaker for a while, and longer each time."""

    action: ClassVar[str] = "connection.health"

    code: str
    error: str | None = None
    """None: it went well. In words, nothing about a person."""


class TestConnection(Struct, frozen=True, kw_only=True):
    """Look at what a sample file would come to; nothing is written."""

    __test__: ClassVar[bool] = False

    action: ClassVar[str] = "connection.test"

    code: str


class TriedRecord(Struct, frozen=True, kw_only=True):
    """What one record would come to."""

    kind: str
    would: Literal["raise", "prepare", "review"]
    why: str | None = None
    missing: list[str] = []
    to: str | None = None
    evidence: dict[str, Evidence] = {}


class Tried(Struct, frozen=True, kw_only=True):
    """A dry run: what a connection makes of a file."""

    __test__: ClassVar[bool] = False

    code: str
    read_as: str = ""
    unreadable: str | None = None
    counts: dict[str, int] = {}
    """Read, and of these how many would be raised, prepared, reviewed and refused."""
    records: list[TriedRecord] = []
    refused: list[RefusedRow] = []
    unmapped: list[Unmapped] = []
    problems: list[str] = []
