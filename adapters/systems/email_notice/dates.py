"""Dates as people write them: in British order, with or without a year, or counted from today."""

import re
from datetime import date, timedelta

from msgspec import Struct

from adapters.systems.email_notice.date_words import MONTHS, NUMBERS, PATTERNS, UNITS, WEEKDAYS

_Said = dict[str, str | None]
_Read = tuple[date | None, float, str]
"""The date, how sure, and what is doubtful about it."""


class DateRead(Struct, frozen=True, kw_only=True):
    """A date in a text; `value` is None where the words name no single day, and `doubt` says why."""

    value: date | None
    start: int
    end: int
    text: str
    confidence: float
    doubt: str = ""


def dates_in(text: str, today: date | None, *, past: bool = False) -> list[DateRead]:
    """In the order of the text. `past` for a birth date: two digits of a year then mean the last such year."""
    taken: list[DateRead] = []
    for pattern in PATTERNS:
        for found in pattern.finditer(text):
            if _is_a_verb(found):
                continue
            if not any(found.start() < other.end and other.start < found.end() for other in taken):
                taken.append(_read(found, today, past=past))
    return sorted(taken, key=lambda read: read.start)


def _is_a_verb(found: re.Match[str]) -> bool:
    """`Flat 5 may be ready` tells no date in May."""
    said = found.groupdict()
    return said.get("name") == "may" and not said.get("year")


def _read(found: re.Match[str], today: date | None, *, past: bool) -> DateRead:
    value, confidence, doubt = _value(found.groupdict(), today, past=past)
    words = found[0].strip()
    start = found.start() + found[0].index(words)
    return DateRead(value=value, start=start, end=found.end(), text=words, confidence=confidence, doubt=doubt)


def _value(said: _Said, today: date | None, *, past: bool) -> _Read:
    if said.get("vague"):
        return None, 0, "is not exact: give the day."
    if said.get("either"):
        return None, 0, "is one of two: say which."
    if any(said.get(kind) for kind in ("unit", "near", "next")):
        return _counted(said, today)
    value, confidence, doubt = _of_calendar(said, today, past=past)
    unfit = _unfit(said, value) if value else ""
    return (value, 0.4, unfit) if unfit else (value, confidence, doubt)


def _of_calendar(said: _Said, today: date | None, *, past: bool) -> _Read:
    day = int(said["day"] or 0)
    month = MONTHS[name.lower()] if (name := said.get("name")) else int(said["month"] or 0)
    if year := said.get("year"):
        return _with_year(_whole_year(year, today, past=past), month, day)
    return _without_year(day, month, today, past=past)


def _unfit(said: _Said, value: date) -> str:
    weekday = said.get("weekday")
    if said.get("week"):
        return "is a week, not a day."
    if weekday and value.weekday() != WEEKDAYS[weekday.lower() + "day"]:
        return "does not fall on the weekday named beside it."
    return ""


def _with_year(year: int, month: int, day: int) -> _Read:
    if exact := _date(year, month, day):
        return exact, 1.0, ""
    if american := _date(year, day, month):
        return american, 0.4, "was read month first: check it."
    return None, 0, "is not a date of the calendar."


def _without_year(day: int, month: int, today: date | None, *, past: bool) -> _Read:
    """The next such day after the message."""
    if today is None or past:
        return None, 0, "has no year."
    for year in range(today.year, today.year + 5):
        value = _date(year, month, day)
        if value and value >= today:
            just_past = (value - today).days > 335
            return value, 0.4 if just_past else 0.85, "has no year, and was a few days ago." if just_past else ""
    return None, 0, "is not a date of the calendar."


def _counted(said: _Said, today: date | None) -> _Read:
    if today is None:
        return None, 0, "counts from the day of the message, which is not known."
    if near := said.get("near"):
        return today + timedelta(days=near.lower() == "tomorrow"), 0.8, ""
    if weekday := said.get("weekday"):
        ahead = (WEEKDAYS[weekday.lower() + "day"] - today.weekday()) % 7 or 7
        return today + timedelta(days=ahead), 0.6, "names a weekday only: check the date."
    words = (said["count"] or "").lower()
    count = int(words) if words.isdigit() else NUMBERS[words]
    unit = (said["unit"] or "").lower()
    if unit == "month":
        return _months_later(today, count), 0.5, "is counted in months: check the date."
    return today + timedelta(days=count * UNITS[unit]), 0.6, "is counted from the day of the message: check it."


def _months_later(today: date, count: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return next(day for last in (today.day, 30, 29, 28) if (day := _date(year, month + 1, min(today.day, last))))


def _whole_year(year: str, today: date | None, *, past: bool) -> int:
    digits = year.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    newest = today.year % 100 if today else 30
    return int(digits) + (1900 if past and int(digits) > newest else 2000)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
