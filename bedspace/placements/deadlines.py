"""How soon a bed is wanted, by when an answer is due, and how long people stay if nobody says otherwise."""

from datetime import date, datetime, time, timedelta

from bedspace.days import is_working, working_days_after
from bedspace.nights import LONDON, london_today
from schemas.premises import PremisesType
from schemas.words import Timeliness

EMERGENCY, SHORT_NOTICE = 7, 28
"""Days from the referral to the arrival, at most."""
HOURS = timedelta(hours=2)
WORKING_DAYS: dict[Timeliness, int] = {"short_notice": 5, "standard": 10}
AT_LEAST = timedelta(minutes=30)
"""For an answer, though people are to arrive sooner."""
CUT_OFF, OPENS = time(13), time(9)
"""What comes later in the day counts from the next working morning."""
STAYS: dict[PremisesType, int] = {"pipe": 182, "esap": 364}
STAY = 84


def timeliness_of(arrives_on: date, today: date) -> Timeliness:
    days = (arrives_on - today).days
    if days <= EMERGENCY:
        return "emergency"
    return "short_notice" if days <= SHORT_NOTICE else "standard"


def answer_by(timeliness: Timeliness, asked_at: datetime) -> datetime:
    """When an approach must be answered, by the clock and the working days of London."""
    starts = _starts(asked_at.astimezone(LONDON))
    if timeliness == "emergency":
        return starts + HOURS
    day = working_days_after(starts.date(), WORKING_DAYS[timeliness])
    return datetime.combine(day, starts.time(), LONDON)


def answer_due(arrives_on: date, by_hour: time, asked_at: datetime) -> datetime:
    """The same, and never after the hour by which people arrive: who comes tonight is answered before tonight."""
    today = london_today(asked_at)
    arrives = hour_of(max(arrives_on, today), by_hour)
    return min(answer_by(timeliness_of(arrives_on, today), asked_at), max(arrives, asked_at + AT_LEAST))


def _starts(asked: datetime) -> datetime:
    if is_working(asked.date()) and asked.time() < CUT_OFF:
        return asked
    return datetime.combine(working_days_after(asked.date(), 1), OPENS, LONDON)


def default_nights(type_: PremisesType) -> int:
    return STAYS.get(type_, STAY)


def hour_of(day: date, hour: time) -> datetime:
    """An hour of a day in London."""
    return datetime.combine(day, hour, LONDON)
