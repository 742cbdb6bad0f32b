"""Which day somebody is released on, and when to ask whether another is meant."""

from datetime import date, timedelta

from bedspace.days import is_working

ONE = timedelta(days=1)

RULE = (
    "A release is asked about when its day is no working day, or when the day after it is none: on a Friday, at a "
    "weekend, on a bank holiday of England and Wales, and on the day before one. Services are closed when the first "
    "things go wrong; an earlier day may be allowed."
)


def asks_which_date(day: date) -> bool:
    """As `RULE` says."""
    return not is_working(day) or not is_working(day + ONE)


def day_before_that(day: date) -> date:
    """The last day before it that would not be asked about."""
    day -= ONE
    while asks_which_date(day):
        day -= ONE
    return day


def named(day: date) -> str:
    """With its weekday: `Friday 18 December 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"
