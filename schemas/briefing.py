"""The briefing pack for those who decide and are not of the service: counts, and nothing about anybody."""

from datetime import date, datetime
from typing import ClassVar

from msgspec import Struct

from schemas.locate import Named
from schemas.words import Rosh

Count = int | None
"""None: from 1 to 4, or it would give away one that is. It is not said."""


class ReadBriefing(Struct, frozen=True, kw_only=True):
    """Days are of London, the last one included."""

    action: ClassVar[str] = "briefing.read"

    from_: date | None = None
    """None: 90 days before the last."""
    to: date | None = None
    """None: yesterday."""
    region: str | None = None
    """Code: only what begins or ends there."""


class Reported(Struct, frozen=True, kw_only=True):
    """How many areas the figures are of."""

    regions: int
    of: int
    silent: list[str]
    """Regions in which nothing began or ended: not the same as nothing to tell."""
    not_reporting: list[str]
    """Regions that said that they do not report an end of their moves."""


class Flow(Struct, frozen=True, kw_only=True, rename={"in_": "in"}):
    """One region, or all of them: NSIs raised in the period, and what is under way now."""

    region: Named
    in_: Count
    out: Count
    within: Count
    """Between PDUs of the region, or whose sender's region is not known."""
    in_flight: Count
    overdue: Count
    """Of those in flight: with a rule that is overdue."""
    held_for_others: Count
    """Caretaking, on the last day."""
    held_by_others: Count


class RuleMet(Struct, frozen=True, kw_only=True):
    """A timed rule that was due in the period: met in time in `met` of `of` cases (`percent` %)."""

    regime: str
    rule: str
    title: str
    met: Count
    of: Count
    percent: float | None
    overdue: Count
    """Met late, not met, or mandatory and skipped."""
    not_applicable: Count
    """Not in `of`."""
    not_recorded: Count
    """Not in `of`."""


class ByRosh(Struct, frozen=True, kw_only=True):
    rosh: Rosh | None
    """None: not given."""
    moves: Count
    percent: float | None


class Nights(Struct, frozen=True, kw_only=True):
    """Bed nights of approved premises in the period."""

    capacity: Count
    occupied: Count
    percent: float | None
    """Occupied, of the capacity."""
    lost: Count
    """On which a bed gave nobody a place to sleep, though nobody had booked it."""
    out_of_service: Count
    turnaround: Count
    empty: Count


class LostBy(Struct, frozen=True, kw_only=True):
    reason: str
    nights: Count


class Briefing(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Counts below five are not said, nor those that would give one away."""

    from_: date
    to: date
    """The last day."""
    region: Named | None
    made_at: datetime
    reported: Reported
    raised: Count
    """NSIs raised in the period, confirmed and not withdrawn or returned."""
    flows: list[Flow]
    total: Flow | None
    """Of all regions; None where one was asked for."""
    rosh: list[ByRosh]
    rules: list[RuleMet]
    nights: Nights
    lost_by: list[LostBy]
    notes: list[str]
    invented: bool = False
