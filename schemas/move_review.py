"""A temporary move ends with a review by the origin, which stayed responsible: back, longer, or a case transfer."""

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from msgspec import Struct

from schemas.texts import Said

MoveDecision = Literal["returned", "extended", "case_transfer"]


class ReviewMove(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the origin decides at the end of a temporary move, or before it."""

    action: ClassVar[str] = "nsi.review_move"

    id: UUID
    """Of the NSI."""
    decision: MoveDecision
    back_on: date | None = None
    """Where the person has `returned`; None is today."""
    until: date | None = None
    """Where it is `extended`: the first day on which it is over then."""
    move_on: date | None = None
    """Of a `case_transfer`: from when; None is today."""
    why: Said = ""
    """Needed where it is extended. Nothing about the person."""


class AskReview(Struct, frozen=True, kw_only=True):
    """A temporary move is at its end: the origin is asked."""

    action: ClassVar[str] = "nsi.review_ask"

    id: UUID


class MoveReview(Struct, frozen=True, kw_only=True):
    """One review of a temporary move, the newest first."""

    until: date
    """The end that it is about."""
    asked_at: datetime
    decision: MoveDecision | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    back_on: date | None = None
    new_until: date | None = None
    new_nsi: str | None = None
    """Reference of the case transfer."""
    why: str = ""


class MoveReviewed(Struct, frozen=True, kw_only=True):
    """What a review answers."""

    id: UUID
    reference: str
    reviews: list[MoveReview]
