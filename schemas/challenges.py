"""Challenges on risk: the receiver raises one, the national lead decides it, and meanwhile nothing stands still."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.texts import AboutPerson, Code
from schemas.words import NsiStatus, NsiType, Rosh

Decision = Literal["goes_on", "goes_on_with_conditions", "withdrawn", "returned_to_sender"]


class Condition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On which an NSI goes on: it becomes a line of its action list, without which it does not complete."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    """Nothing about the person."""
    owner: Literal["sending practitioner", "receiving practitioner", "sending SPO", "receiving SPO"]
    due: date | None = None


class Challenge(Struct, frozen=True, kw_only=True):
    """The receiver sees a risk; the national lead decides by a day, and everything else goes on."""

    id: UUID
    nsi: UUID
    reference: str
    reason: str
    said: str | None
    """None for whoever may not see the person."""
    raised_at: datetime
    raised_by: str
    raised_pdu: str | None
    adjudicate_by: date
    overdue: bool
    decision: Decision | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    why: str | None = None
    """None where there is no decision, and for whoever may not see the person."""


class ChallengeRow(Challenge, frozen=True, kw_only=True):
    """With what the queue of the national lead shows of the NSI."""

    type: NsiType
    status: NsiStatus
    rosh: Rosh | None
    move_on: date
    sending_pdu: str | None
    receiving_pdu: str


class ChallengePage(Struct, frozen=True, kw_only=True):
    """`next` is the cursor of the page that follows; None on the last."""

    items: list[ChallengeRow]
    next: str | None = None


class RaiseChallenge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By the receiver, on risk. Status, supervision, enforcement, recall and clocks go on as they are."""

    action: ClassVar[str] = "nsi.challenge"

    id: UUID
    """Of the NSI."""
    reason: Code
    """Code of the list `challenge`: each is a risk. There is no other reason."""
    said: AboutPerson
    """What the risk is, for whoever decides. It is masked with the person."""


class DecideChallenge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By the national lead, who belongs to neither end."""

    action: ClassVar[str] = "nsi.adjudicate"

    id: UUID
    """Of the challenge."""
    decision: Decision
    why: AboutPerson
    conditions: Annotated[list[Condition], Meta(max_length=10)] = []
    """Where it `goes_on_with_conditions`, and only there."""


class ReadChallenges(Struct, frozen=True, kw_only=True):
    """Of one NSI, newest first."""

    action: ClassVar[str] = "challenge.read"

    id: UUID


class ListChallenges(Struct, frozen=True, kw_only=True):
    """The queue: open ones by the day on which they are to be decided; else those decided, newest first."""

    action: ClassVar[str] = "challenge.list"

    open: bool = True
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None
