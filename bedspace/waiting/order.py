"""The order of the waiting list, and in words why somebody stands where they stand. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from msgspec import Struct

from bedspace.nights import london_today, spoken
from bedspace.placements.deadlines import timeliness_of
from schemas.words import Rosh, Timeliness

URGENCY: dict[Timeliness, int] = {"emergency": 0, "short_notice": 1, "standard": 2}
RISK: dict[Rosh | None, int] = {"very_high": 0, "high": 1, "medium": 2, None: 2, "low": 3}
"""A risk that was never assessed is not a low one."""

RULE = (
    "Bookings that lost their bed come first. Then by how soon the bed is wanted (emergency: within 7 days; short "
    "notice: within 28; standard), then by risk of serious harm, then by the day the bed is wanted, then by who has "
    "waited longest."
)


class Standing(Struct, frozen=True, kw_only=True):
    """What an entry's place depends on: itself and the day, and no other entry."""

    id: UUID
    reference: str
    displaced: bool
    timeliness: Timeliness
    """As the referral said."""
    rosh: Rosh | None
    arrives_on: date
    waiting_since: datetime


S = TypeVar("S", bound=Standing)
Key = tuple[bool, int, int, date, datetime, int, str]


def ordered(entries: Iterable[S], today: date) -> list[S]:
    """First comes first. Total, and adding an entry never reorders the others."""
    return sorted(entries, key=lambda entry: key(entry, today))


def key(entry: Standing, today: date) -> Key:
    return (
        not entry.displaced,
        URGENCY[urgency(entry, today)],
        RISK[entry.rosh],
        entry.arrives_on,
        entry.waiting_since,
        len(entry.reference),
        entry.reference,
    )


def urgency(entry: Standing, today: date) -> Timeliness:
    """What the referral said, or what the days left say, if that is more urgent: waiting makes nobody less urgent."""
    return min(entry.timeliness, timeliness_of(entry.arrives_on, today), key=URGENCY.__getitem__)


def why(entry: Standing, now: datetime) -> list[str]:
    """Why an entry stands where it stands, the weightiest first."""
    today = london_today(now)
    lost = ["Had a booking and lost its bed: first of all"] if entry.displaced else []
    return [*lost, _soon(entry, today), _risk(entry.rosh), _since(entry.waiting_since, today)]


def _soon(entry: Standing, today: date) -> str:
    days = (entry.arrives_on - today).days
    kind = {"emergency": "Emergency", "short_notice": "Short notice", "standard": "Standard"}[urgency(entry, today)]
    if days < 0:
        return f"{kind}: a bed was wanted {_days(-days)} ago, on {spoken(entry.arrives_on)}"
    when = "today" if days == 0 else f"in {_days(days)}"
    return f"{kind}: a bed is wanted {when}, on {spoken(entry.arrives_on)}"


def _risk(rosh: Rosh | None) -> str:
    return f"Risk of serious harm: {rosh.replace('_', ' ')}" if rosh else "Risk of serious harm not given: as medium"


def _since(since: datetime, today: date) -> str:
    days = (today - london_today(since)).days
    return "Waits since today" if days < 1 else f"Waits for {_days(days)}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
