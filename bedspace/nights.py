"""Nights are London dates: the night of the 3rd is the one that begins on the evening of the 3rd in London."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from schemas.errors import Invalid

LONDON = ZoneInfo("Europe/London")


def london_today(now: datetime) -> date:
    return now.astimezone(LONDON).date()


@lru_cache(4000)
def spoken(day: date) -> str:
    """As people write a date: `3 December 2026`."""
    return f"{day.day} {day:%B %Y}"


def until(first: date, nights: int) -> date:
    """The morning of departure: nights are half-open. Raises `Invalid` where the calendar ends."""
    try:
        return first + timedelta(days=nights)
    except OverflowError as error:
        raise Invalid.because("from", "This date is too far ahead. Give a date within the next few years.") from error


def refuse_past(first: date, today: date) -> None:
    """Raises `Invalid`."""
    if first < today:
        raise Invalid.because("from", f"{spoken(first)} is in the past. Give {spoken(today)} or a later date.")
