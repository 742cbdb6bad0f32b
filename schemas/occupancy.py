"""How full the register is: by night, by premises, over a period, and in the weeks to come. No person is in it."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from schemas.premises import PremisesType
from schemas.words import ClaimKind, Gender


class PremisesNamed(Struct, frozen=True, kw_only=True):
    code: str
    name: str
    region: str | None
    """Code of the region."""
    region_name: str | None
    gender: Gender
    type: PremisesType
    invented: bool


class Span(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A claim on a bed, on the nights `[from, until)`; `until` is left out where nobody has said an end."""

    kind: ClaimKind
    from_: date
    until: date | None
    overdue: bool = False
    """A resident who was to leave and has no departure: there until one is recorded."""
    reason: str | None = None
    """Of a bed out of service."""


class BedNights(Struct, frozen=True, kw_only=True):
    """A bed of a calendar. `opens` and `closes` are given where they fall within it."""

    code: str
    room: str
    temporary: bool
    characteristics: list[str]
    opens: date | None
    closes: date | None
    spans: list[Span]


class Night(Struct, frozen=True, kw_only=True):
    """One night. `capacity` is the beds open, and the sum of the six that follow it; temporary beds are apart."""

    night: date
    capacity: int
    stay: int
    booking: int
    hold: int
    turnaround: int
    out_of_service: int
    free: int
    temporary: int
    temporary_claimed: int
    free_with: dict[str, int]
    """Characteristic → how many more people who need it could be placed."""
    with_all: int
    """How many more people who need all of `needs` could be placed: one bed has everything."""
    placed: int | None = None
    """The most people of `demand` that could be placed at once; left out where no demand was asked."""
    fits: bool | None = None
    """Whether everybody of `demand` could."""


class Together(Struct, frozen=True, kw_only=True):
    """A demand, asked for every night of the calendar: each person stays in one bed."""

    people: int
    placed: int
    fits: bool


class Calendar(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Premises day by day: nights `[from, from + nights)`."""

    premises: PremisesNamed
    from_: date
    nights: int
    as_of: datetime
    needs: list[str]
    beds: list[BedNights]
    days: list[Night]
    demand: Together | None = None


class Row(Struct, frozen=True, kw_only=True):
    """One premises of the grid, a number a night."""

    premises: PremisesNamed
    capacity: list[int]
    free: list[int]


class Totals(Struct, frozen=True, kw_only=True):
    premises: int
    capacity: list[int]
    free: list[int]


class Grid(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Free beds and capacity by premises and night. With `needs`, both count the beds that have all of them."""

    from_: date
    nights: int
    as_of: datetime
    needs: list[str]
    rows: list[Row]
    totals: Totals
    estates: dict[Gender, Totals]
    invented: bool


Part = Literal["premises", "region", "nation"]


class Lost(Struct, frozen=True, kw_only=True):
    """Bed nights of premises, a region or the nation. `capacity` is the sum of all the others."""

    code: str
    name: str
    capacity: int
    occupied: int
    kept: int
    """Booked or held, and nobody there."""
    turnaround: int
    empty: int
    out_of_service: int
    reasons: dict[str, int]
    """Reason → nights out of service."""

    @property
    def lost(self) -> int:
        return self.capacity - self.occupied - self.kept

    def share(self, nights: int) -> float:
        """Percent of capacity."""
        return round(100 * nights / self.capacity, 1) if self.capacity else 0.0


class LostNights(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Nights in `[from, to)` on which a bed gave nobody a place to sleep, by reason."""

    from_: date
    to: date
    as_of: datetime
    by: Part
    rows: list[Lost]
    total: Lost
    reasons: dict[str, str]
    """Reason → its name, those with most nights first."""


class Week(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Beds on an average night of seven. `low` and `high` are what the unknowns leave open."""

    from_: date
    capacity: float
    out_of_service: float
    expected: float
    """Known stays, and bookings."""
    low: float
    """Without residents who are overdue or have no end, and without bookings nobody has arrived for."""
    high: float
    """With holds becoming bookings, and residents who are overdue staying on."""
    held: float
    arrivals: int
    departures: int


class Outlook(Struct, frozen=True, kw_only=True):
    code: str
    name: str
    weeks: list[Week]


class Forecast(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    from_: date
    as_of: datetime
    by: Part
    rows: list[Outlook]
    total: Outlook
    overdue: int
    """Residents who were to have left."""
    endless: int
    """Residents whose end nobody has said."""
    late: int
    """Bookings whose agreed hour is past, and nobody arrived."""
