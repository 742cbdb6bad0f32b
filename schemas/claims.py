"""Claims on a bed."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

Text = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
"""Some words, without the one character that a database cannot keep."""


class PlaceHold(Struct, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """Hold a bed for some hours while a referral is made. It lapses by itself."""

    action: ClassVar[str] = "hold.place"

    bed: Text
    from_: date
    nights: Annotated[int, Meta(ge=1, le=730)]
    reason: Text
    """Why, in words, with nothing about the person."""
    hours: Annotated[int, Meta(ge=1, le=72)] = 4
    """After how long it lapses by itself."""


class Hold(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A bed hold. `expires_at` is when it ends by itself."""

    id: int
    bed: str
    from_: date
    nights: int
    reason: str
    expires_at: datetime


class EndHold(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "hold.end"

    id: int


class HoldEnded(Struct, frozen=True, kw_only=True):
    id: int
    bed: str


class LapseHolds(Struct, frozen=True, kw_only=True):
    """End every hold whose time is over. The register never counts one as a claim, ended or not."""

    action: ClassVar[str] = "holds.lapse"


class Lapsed(Struct, frozen=True, kw_only=True):
    holds: int


class MarkReady(Struct, frozen=True, kw_only=True):
    """The bed is made: its turnaround ends today."""

    action: ClassVar[str] = "bed.ready"

    bed: str


class BedReady(Struct, frozen=True, kw_only=True):
    bed: str
