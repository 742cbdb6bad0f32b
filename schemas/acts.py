"""What a verb answers, and what a command is."""

from typing import Any, ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

from msgspec import Struct, field

R_co = TypeVar("R_co", covariant=True)


class Command(Protocol):
    """A frozen Struct in the imperative. `action` is its row in the table of permissions."""

    action: ClassVar[str]


class Event(Struct, frozen=True):
    """What happened, in the past tense. Holds ids and codes only, never anything about a person."""

    kind: str
    """For instance `hold_placed`, `nsi_routed`."""
    subject: str
    """What it happened to, as `kind:id`, for instance `nsi:0b5e…`."""
    person: UUID | None = None
    """Whose lane it travels in, so that one person's events stay in order."""
    body: dict[str, Any] = field(default_factory=dict)


class Done(Struct, Generic[R_co], frozen=True):
    """The answer of a verb: its result, what happened, and whose records were opened."""

    result: R_co
    events: tuple[Event, ...] = ()
    persons: tuple[UUID, ...] = ()
    subject: str = ""
    """For the audit row where there is no event: what was read, as `kind:id`."""
