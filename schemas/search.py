"""What a search for a bed asks and answers."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct, field

from schemas.words import Gender


class Avoid(Struct, frozen=True):
    """An exclusion zone: nothing within `miles` of `postcode` may be offered, and the answer never shows it."""

    postcode: str
    miles: Annotated[float, Meta(gt=0, le=200)]


class Need(Struct, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """One bed must meet all of this, every night of the window `[from, from + nights)`."""

    near: str
    """A postcode, or an outward code such as `LS1`."""
    from_: date
    """The first night, in London."""
    nights: Annotated[int, Meta(ge=1, le=730)]
    gender: Gender
    needs: list[str] = field(default_factory=list)
    """Codes of characteristics, as listed by `GET /api/v1/characteristics`."""
    avoid: list[Avoid] = field(default_factory=list)
    limit: Annotated[int, Meta(ge=1, le=100)] = 20


class PremisesAt(Struct, frozen=True):
    """Premises, as a result names them."""

    code: str
    name: str
    postcode: str


class Hit(Struct, frozen=True, kw_only=True):
    """A bed that has everything asked for and is free every night."""

    premises: PremisesAt
    bed: str
    """Code of the bed, as `POST /api/v1/holds` takes it."""
    miles: float
    """Great-circle distance, to one decimal."""
    reasons: list[str]
    """Why it ranks where it does, in words."""
    lat: float
    lon: float


class NearMiss(Struct, frozen=True, kw_only=True):
    """Premises that do not fit, why not, and the smallest changes that would make them fit."""

    premises: PremisesAt
    miles: float
    why: list[str]
    fits_if: list[str]
    lat: float
    lon: float


class Shortlist(Struct, frozen=True, kw_only=True):
    """Nearest first. `as_of` is when the register was proved current for this answer."""

    as_of: datetime
    hits: list[Hit]
    near_misses: list[NearMiss]
    invented: bool = False
    """True in the demo: rooms, gender and characteristics of premises are invented there."""
