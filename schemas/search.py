"""What a search for a bed asks and answers."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from msgspec import Meta, Struct, field

from schemas.premises import PremisesType
from schemas.words import Gender, Timeliness

Whom = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
"""A CRN, or the id of a person on record."""
Code = Annotated[str, Meta(max_length=60)]
LONGEST = 28
"""Days by which a first night may be earlier or later than asked for."""
USUAL: dict[str | None, int] = {"pipe": 182, "esap": 364}
"""Nights of a stay where none are given: twelve weeks, but 26 in a PIPE and 52 with enhanced security."""


class Avoid(Struct, frozen=True, forbid_unknown_fields=True):
    """An exclusion zone: nothing within `miles` of `postcode` may be offered, and the answer never shows it."""

    postcode: str
    miles: Annotated[float, Meta(gt=0, le=200)]


class Corner(Struct, frozen=True):
    """In degrees (WGS84)."""

    lat: Annotated[float, Meta(ge=49, le=61)]
    lon: Annotated[float, Meta(ge=-9, le=2)]


class AvoidArea(Struct, frozen=True, forbid_unknown_fields=True):
    """An exclusion zone of any shape: nothing inside it may be offered, and the answer never shows it."""

    corners: Annotated[list[str | Corner], Meta(max_length=100)]
    """Three or more, in order around it: postcodes, or points."""


class FlexibleDays(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By how many days the first night may be earlier or later than asked for."""

    earlier: Annotated[int, Meta(ge=0, le=LONGEST)] = 0
    later: Annotated[int, Meta(ge=0, le=LONGEST)] = 0


class Need(Struct, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """One bed must meet all of this, every night of the window `[from, from + nights)`."""

    near: str
    """A postcode, or an outward code such as `LS1`."""
    from_: date
    """The first night, in London."""
    nights: Annotated[int, Meta(ge=1, le=730)] | None = None
    """None means until `until`, or the usual stay: 84 nights, 182 in a PIPE, 364 with enhanced security."""
    until: date | None = None
    """The day of departure, instead of `nights`."""
    gender: Gender
    needs: list[str] = field(default_factory=list)
    """Codes of characteristics, as listed by `GET /api/v1/characteristics`."""
    type: PremisesType | None = None
    """Of premises; None and `standard` ask for nothing special."""
    offences: Annotated[list[Code], Meta(max_length=20)] = field(default_factory=list)
    """Codes, as listed by `GET /api/v1/offences`: the bed must be where they are accepted."""
    prefer: Annotated[list[Code], Meta(max_length=20)] = field(default_factory=list)
    """Characteristics that raise the rank, and never exclude."""
    prefer_premises: Annotated[list[Code], Meta(max_length=5)] = field(default_factory=list)
    """Codes, the most preferred first: they come first where they fit."""
    flexible_days: FlexibleDays | None = None
    """A hit may begin within it; its `from` says when."""
    avoid: list[Avoid] = field(default_factory=list)
    avoid_areas: Annotated[list[AvoidArea], Meta(max_length=20)] = field(default_factory=list)
    exclude_premises: Annotated[list[Code], Meta(max_length=100)] = field(default_factory=list)
    """Codes of premises that may not be offered."""
    exclude_districts: Annotated[list[str], Meta(max_length=100)] = field(default_factory=list)
    """Postcode districts, such as `LS6`, in which nothing may be offered."""
    person: Whom | None = None
    """For whom: then premises where somebody is whom they must not meet are in no part of the answer."""
    placement: Whom | None = None
    """Id or reference of the placement it is for, instead of the person: its exclusion zones are obeyed as well."""
    limit: Annotated[int, Meta(ge=1, le=100)] = 20

    @property
    def stay(self) -> int:
        """How many nights: those given, or to the day of departure, or the usual ones."""
        if self.nights is not None:
            return self.nights
        return (self.until - self.from_).days if self.until else USUAL.get(self.type, 84)


class PremisesAt(Struct, frozen=True):
    """Premises, as a result names them."""

    code: str
    name: str
    postcode: str


class Hit(Struct, frozen=True, gc=False, rename={"from_": "from"}):
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
    from_: date
    """The first night: as asked for, or within the flexibility that was given."""


class NearMiss(Struct, frozen=True, gc=False):
    """Premises that do not fit, why not, and the smallest changes that would make them fit."""

    premises: PremisesAt
    miles: float
    why: list[str]
    fits_if: list[str]
    lat: float
    lon: float


class Association(Struct, frozen=True, kw_only=True):
    """Whether anybody looked whom the person must not meet. "Not checked" is never "none"."""

    state: Literal["checked", "not_checked"] = "not_checked"
    checked_at: datetime | None = None

    @classmethod
    def of(cls, checked_at: datetime | None) -> Self:
        """None: nobody looked."""
        return cls(state="checked" if checked_at else "not_checked", checked_at=checked_at)


class Shortlist(Struct, frozen=True, kw_only=True):
    """Best first: preferred premises, then preferences met, then the nearest, a record that is not fresh counting as
    some miles farther. `as_of` is when the register was proved current for this answer."""

    as_of: datetime
    hits: list[Hit]
    near_misses: list[NearMiss]
    timeliness: Timeliness
    """How soon it is wanted: an emergency within 7 days, at short notice within 28, else standard."""
    association: Association
    """Of the person searched for; `not_checked` where none was named."""
    invented: bool = False
    """True in the demo: rooms, gender and characteristics of premises are invented there."""
