"""Claims on a bed."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct


class PlaceHold(Struct, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """Hold a bed for some hours while a referral is made. It lapses by itself."""

    action: ClassVar[str] = "hold.place"

    bed: str
    from_: date
    nights: Annotated[int, Meta(ge=1, le=730)]
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    """Why, in words, with nothing about the person."""


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
