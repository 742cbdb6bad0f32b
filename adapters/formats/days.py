"""Days and times as far systems write them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST = 60
ISO = ("%Y-%m-%d",)
_ZONE = re.compile(r"\s*\[([A-Za-z_+/-]{1,40})\]$")
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2} \d{2}:\d{2}:\d{2}) ([A-Z]{2,4}) (\d{4})")
_ABBREVIATED = {"GMT": 0, "UTC": 0, "BST": 1}
"""Hours before Greenwich. Others mean several zones, so they are not read."""


class NoTime(ValueError):
    """These words are no day or time."""


def day_of(words: str, zone: str, forms: Sequence[str] = ISO) -> date:
    """Of a time, the day it is in the zone. Raises `NoTime`."""
    for form in forms if len(words) <= LONGEST else ():
        try:
            return _likely(datetime.strptime(words, form)).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    moment, told = _moment(words)
    return (moment.astimezone(ZoneInfo(zone)) if told else moment).date()


def moment_of(words: str, zone: str) -> datetime:
    """With its own zone, or in the given one where it carries none. Raises `NoTime`."""
    moment, told = _moment(words)
    return at_its_offset(moment if told else moment.replace(tzinfo=ZoneInfo(zone)))


def at_its_offset(moment: datetime) -> datetime:
    """So that it stays the same instant in another process. The earlier, of an hour that came twice."""
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))


def _moment(words: str) -> tuple[datetime, bool]:
    """And whether it carries a zone."""
    if len(words) > LONGEST:
        raise NoTime
    if java := _JAVA.fullmatch(words):
        return _of_java(java)
    named = _ZONE.search(words)
    try:
        moment = _likely(datetime.fromisoformat(words[: named.start()] if named else words))
    except ValueError as error:
        raise NoTime from error
    if moment.tzinfo is None and named and named[1] in available_timezones():
        moment = moment.replace(tzinfo=ZoneInfo(named[1]))
    return moment, moment.tzinfo is not None


def _of_java(found: re.Match[str]) -> tuple[datetime, bool]:
    """`Mon Jun 19 00:00:00 BST 2023`"""
    hours = _ABBREVIATED.get(found[2])
    if hours is None:
        raise NoTime
    try:
        moment = datetime.strptime(f"{found[3]} {found[1]}", "%Y %b %d %H:%M:%S")  # noqa: DTZ007  # its zone follows
    except ValueError as error:
        raise NoTime from error
    return _likely(moment).replace(tzinfo=timezone(timedelta(hours=hours))), True


def _likely(moment: datetime) -> datetime:
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise NoTime
    return moment
