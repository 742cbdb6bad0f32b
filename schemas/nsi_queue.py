"""The queue of a PDU: what it receives and sends, by the nearest clock."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from schemas.chasing import Grade
from schemas.locate import Named
from schemas.nsis import Clock, NsiRow

Side = Literal["receiving", "sending"]


class QueueRow(NsiRow, frozen=True, kw_only=True):
    """One line, with its nearest open clock."""

    receives: bool
    """Whether it is received by one of the PDUs whose queue it is; `sends` likewise."""
    sends: bool
    team: str | None
    officer: str | None
    clock: Clock | None
    """None where nothing is due."""
    owner_name: str | None
    """Whose the next step is, where the record names somebody."""
    escalations: int
    """Open ones, with concerns."""
    told: list[Grade]
    """To whom they are."""


class QueueCounts(Struct, frozen=True, kw_only=True):
    """How many NSIs, by the state of the nearest clock of each."""

    overdue: int = 0
    due: int = 0
    """Today."""
    due_soon: int = 0
    later: int = 0
    no_clock: int = 0
    high_risk: int = 0
    """Of all of these."""


class QueueDay(Struct, frozen=True):
    """On how many NSIs the nearest clock is due on a day."""

    day: date
    count: int


class QueuePage(Struct, frozen=True, kw_only=True):
    """`next` is the cursor of the page that follows; None on the last. The rest is of the queue as a whole."""

    items: list[QueueRow]
    counts: QueueCounts
    days: list[QueueDay]
    teams: list[str]
    officers: list[Named]
    """To whom something is allocated. The code stands for the name in an address."""
    next: str | None = None


class ListQueue(Struct, frozen=True, kw_only=True):
    """By the nearest clock, what is overdue longest first. `cursor` is the `next` of the page before."""

    action: ClassVar[str] = "nsi.list"

    side: Side | None = None
    pdu: str | None = None
    """Code; None is every PDU within reach."""
    team: str | None = None
    officer: str | None = None
    """A code of `officers`."""
    overdue: bool = False
    high_risk: bool = False
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None
