"""Dates as people write them: in British order, with or without a year, or counted from today."""

import re
from datetime import date, timedelta

from msgspec import Struct

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan ionawr", "february feb chwefror", "march mar mawrth", "april apr ebrill", "may mai",
            "june jun mehefin", "july jul gorffennaf", "august aug awst", "september sept sep medi",
            "october oct hydref", "november nov tachwedd", "december dec rhagfyr",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_WEEKDAYS = {
    day: number
    for number, day in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_COUNTED)} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2}
_UNITS = {"day": 1, "week": 7, "fortnight": 14}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})(?![\d:/])"
_WEEKDAY = r"(?:(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day[, ]{1,2}(?:the )?)?"
_WEEK = r"(?P<week>w/c|wc|week commencing|week beginning|week of)? ?"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"

_PATTERNS = tuple(
    re.compile(rf"(?<![\w/.-]){pattern}(?![\w/])", re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        _WEEK + _WEEKDAY + r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})",
        _WEEK + _WEEKDAY + _DAY + rf"(?: of)?[ -](?P<name>{_MONTH})\.?(?:,?[ -]{_YEAR})?",
        _WEEK + _WEEKDAY + rf"(?P<name>{_MONTH})\.? {_DAY}(?:,? {_YEAR})?",
        r"(?P<vague>early|mid|late|(?:the )?(?:beginning|middle|end|start) of)[ -]" + rf"(?P<name>{_MONTH})",
        r"(?P<day>\d{1,2})/(?P<month>\d{1,2})",
        rf"in (?:about |approximately |around )?{_COUNT} (?P<unit>day|week|month|fortnight)s?'?(?: time)?",
        rf"{_COUNT} (?P<unit>day|week|month|fortnight)s? (?:from (?:now|today)|today)",
        r"(?P<near>today|tomorrow)",
        r"(?P<next>this|next|this coming|on) (?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day",
    )
)


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
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if not any(found.start() < other.end and other.start < found.end() for other in taken):
                taken.append(_read(found, today, past=past))
    return sorted(taken, key=lambda read: read.start)


def _read(found: re.Match[str], today: date | None, *, past: bool) -> DateRead:
    value, confidence, doubt = _value(found.groupdict(), today, past=past)
    words = found[0].strip()
    start = found.start() + found[0].index(words)
    return DateRead(value=value, start=start, end=found.end(), text=words, confidence=confidence, doubt=doubt)


def _value(said: dict[str, str | None], today: date | None, *, past: bool) -> tuple[date | None, float, str]:
    if said.get("vague"):
        return None, 0, "is not exact: give the day."
    if any(said.get(kind) for kind in ("unit", "near", "next")):
        if today is None:
            return None, 0, "counts from the day of the message, which is not known."
        return _counted(said, today)
    day, month = int(said["day"] or 0), _month(said)
    if said.get("year") is None:
        value, confidence, doubt = _without_year(day, month, today, past=past)
    else:
        value, confidence, doubt = _with_year(_whole_year(said["year"] or "", today, past=past), month, day)
    if value and said.get("week"):
        return value, 0.5, "is a week, not a day."
    weekday = said.get("weekday")
    if value and weekday and value.weekday() != _WEEKDAYS[weekday.lower() + "day"]:
        return value, 0.5, "does not fall on the weekday named beside it."
    return value, confidence, doubt


def _month(said: dict[str, str | None]) -> int:
    name = said.get("name")
    return _MONTHS[name.lower()] if name else int(said["month"] or 0)


def _with_year(year: int, month: int, day: int) -> tuple[date | None, float, str]:
    if exact := _date(year, month, day):
        return exact, 1.0, ""
    if american := _date(year, day, month):
        return american, 0.4, "was read month first: check it."
    return None, 0, "is not a date of the calendar."


def _without_year(day: int, month: int, today: date | None, *, past: bool) -> tuple[date | None, float, str]:
    """The next such day after the message."""
    if today is None or past:
        return None, 0, "has no year."
    for year in range(today.year, today.year + 5):
        value = _date(year, month, day)
        if value and value >= today:
            return value, 0.85, ""
    return None, 0, "is not a date of the calendar."


def _counted(said: dict[str, str | None], today: date) -> tuple[date, float, str]:
    if near := said.get("near"):
        return today + timedelta(days=near.lower() == "tomorrow"), 0.8, ""
    if weekday := said.get("weekday"):
        ahead = (_WEEKDAYS[weekday.lower() + "day"] - today.weekday()) % 7 or 7
        return today + timedelta(days=ahead), 0.6, "names a weekday only: check the date."
    words = (said["count"] or "").lower()
    count = int(words) if words.isdigit() else _NUMBERS[words]
    unit = (said["unit"] or "").lower()
    if unit == "month":
        return _months_later(today, count), 0.5, "is counted in months: check the date."
    return today + timedelta(days=count * _UNITS[unit]), 0.6, "is counted from the day of the message: check it."


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
