"""The words and shapes of dates, in English and Welsh."""

import re

MONTHS = {
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
WEEKDAYS = {
    day: number
    for number, day in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: number for number, word in enumerate(_COUNTED)} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2}
UNITS = {"day": 1, "week": 7, "fortnight": 14}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})(?![\d:/])"
_WEEKDAY = r"(?:(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day[, ]{1,2}(?:the )?)?"
_WEEKDAY_AFTER = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day[, ]{1,2})?"
_WEEK = r"(?P<week>w/c|wc|week commencing|week beginning|week of)? ?"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"

PATTERNS = tuple(
    re.compile(rf"(?<![\w/.]){pattern}(?![\w/])", re.IGNORECASE)
    for pattern in (
        rf"(?P<either>{_DAY} (?:or|/) \d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?P<name>{_MONTH})(?:,? {_YEAR})?)",
        _DAY
        + rf"(?=(?: ?[-–] ?| (?:to|until|till|and) (?:the )?){_WEEKDAY_AFTER}\d{{1,2}}(?:st|nd|rd|th)?(?: of)?"
        + rf" (?P<name>{_MONTH})(?:,? {_YEAR})?)",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        _WEEK + _WEEKDAY + r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})",
        _WEEK + _WEEKDAY + _DAY + rf"(?: of)?[ -](?P<name>{_MONTH})\.?(?:,?[ -]{_YEAR})?",
        _WEEK + _WEEKDAY + rf"(?P<name>{_MONTH})\.? {_DAY}(?:,? {_YEAR})?",
        r"(?P<vague>early|mid|late|(?:the )?(?:beginning|middle|end|start) of)[ -]" + rf"(?P<name>{_MONTH})",
        r"(?<!mappa )(?<!level )(?!24/7)(?P<day>[12]\d|3[01]|0?[1-9])/(?P<month>1[0-2]|0?[1-9])",
        rf"in (?:about |approximately |around )?{_COUNT} (?P<unit>day|week|month|fortnight)s?'?(?: time)?",
        rf"{_COUNT} (?P<unit>day|week|month|fortnight)s? (?:from (?:now|today)|today)",
        r"(?P<near>today|tomorrow)",
        r"(?P<next>this|next|this coming|on) (?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day",
    )
)
