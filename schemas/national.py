"""The queue of the nation: people for whom no place is found, put there by whoever seeks one."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.texts import AboutPerson, Code, Name
from schemas.words import Rosh

SoughtStep = Literal["sought", "led", "noted", "placed", "withdrawn"]
SoughtOutcome = Literal["placed", "withdrawn"]


class SeekForNsi(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No place is found for the person of an NSI: the nation looks too."""

    action: ClassVar[str] = "national.seek"

    id: UUID
    """Of the NSI."""
    reason: Code
    """Code of the list `hard_to_place`."""
    tried: AboutPerson
    """What was tried, and why it failed. Approaches to premises are on record already."""
    needed: AboutPerson
    """What a place must have."""
    rosh: Rosh | None = None
    """Where the record does not say it, or says less."""


class SeekForPlacement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No bed is found for a referral: the nation looks too."""

    action: ClassVar[str] = "national.seek"

    id: UUID
    """Of the placement."""
    reason: Code
    tried: AboutPerson
    needed: AboutPerson
    rosh: Rosh | None = None


class LeadSearch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The national lead says who leads the search from now on."""

    action: ClassVar[str] = "national.lead"

    id: UUID
    leads: Name
    """By name and office."""
    said: Annotated[str, Meta(max_length=4000)] = ""
    """What is to be done. About the person."""


class NoteSearch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was tried since, by whoever seeks or leads."""

    action: ClassVar[str] = "national.note"

    id: UUID
    said: AboutPerson


class CloseSearch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place is found, or none is sought any more. Only the national lead says that somebody is placed."""

    action: ClassVar[str] = "national.close"

    id: UUID
    outcome: SoughtOutcome
    said: AboutPerson
    """Where, and on which conditions; or why it is withdrawn."""


class ReadSearch(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "national.read"

    id: UUID


class ListSearches(Struct, frozen=True, kw_only=True):
    """Open ones, the highest risk and then the longest wait first; or those closed, the newest first."""

    action: ClassVar[str] = "national.list"

    open: bool = True
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None


class SearchRow(Struct, frozen=True, kw_only=True):
    """One line of the queue. The name is None for a limited-access person."""

    id: UUID
    reference: str
    """`HTP-000012`: says nothing about the person."""
    nsi: UUID | None
    placement: UUID | None
    about: str
    """Reference of the NSI or the placement."""
    crn: str | None
    name: str | None
    pdu: str | None
    """Who seeks."""
    pdu_name: str | None
    rosh: Rosh | None
    reason: str
    sought_at: datetime
    leads: str | None
    leads_since: datetime | None
    outcome: SoughtOutcome | None
    closed_at: datetime | None
    asked: int
    """How many premises were approached."""


class SearchPage(Struct, frozen=True, kw_only=True):
    """The queue of the nation. `next` is the cursor of the page that follows."""

    items: list[SearchRow]
    next: str | None = None


class Step(Struct, frozen=True, kw_only=True):
    """What was done about it, oldest first."""

    at: datetime
    kind: SoughtStep
    said: str | None
    """About the person, and masked with them."""
    by: str


class Tried(Struct, frozen=True, kw_only=True):
    """Premises that were approached, as is on record."""

    premises: str
    name: str
    asked_at: datetime
    outcome: str | None
    reason: str | None


class Search(SearchRow, frozen=True, kw_only=True):
    """The whole record."""

    sought_by: str
    tried: str | None
    """None for whoever may not see the person."""
    needed: str | None
    approaches: list[Tried]
    steps: list[Step]


class Sought(Struct, frozen=True, kw_only=True):
    """What a write on the queue answers: nothing about the person."""

    id: UUID
    reference: str
    about: str
    leads: str | None = None
    outcome: SoughtOutcome | None = None
