"""Nights are London dates: the night of the 3rd is the one that begins on the evening of the 3rd in London."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schemas.errors import Invalid

LONDON = ZoneInfo("Europe/London")


def london_today(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def spoken(day: date) -> str:
    """As people write a date: `3 December 2026`."""
    return f"{day.day} {day:%B %Y}"


def span(first: date, last: date) -> str:
    """`3 December 2026`, `3 to 8 December 2026`, `28 December 2026 to 3 January 2027`."""
    if first == last:
        return spoken(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {spoken(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {spoken(last)}"
    return f"{spoken(first)} to {spoken(last)}"


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
