"""The words of a cell as a value of a field, and back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, get_args, get_origin
from zoneinfo import ZoneInfo

from adapters.profile import type_of, words_of
from adapters.systems.areafile.profile import AreaFile

LONGEST_TEXT = 4_000
YES, NO = frozenset({"y", "yes", "true", "1"}), frozenset({"n", "no", "false", "0"})


class Unfit(Exception):
    """The words are no value of this field. Says what to write, and not what stood there."""


class NoWord(Exception):
    """The profile's table has no word for this code."""


def value_reader(profile: AreaFile, name: str) -> Callable[[str], Any]:
    """Raises `Unfit` or `NoWord`."""
    of = type_of(profile.kind, name)
    if name in profile.codes or words_of(profile.kind, name):
        return _coded(profile, name)
    if of is date:
        return lambda words: _day(words, profile.file.dates)
    if datetime in get_args(of):
        return lambda words: _moment(words, profile.file.times, profile.zone)
    if get_origin(of) is list:
        return lambda words: [one.strip() for one in words.split(";") if one.strip()]
    return {int: _whole, bool: _yes}.get(of, _text)


def value_writer(profile: AreaFile, name: str) -> Callable[[Any], str]:
    """Raises `Refused` for a word without a code."""
    of = type_of(profile.kind, name)
    if name in profile.codes or words_of(profile.kind, name):
        return lambda word: profile.code(name, str(word))
    if of is date:
        return lambda day: day.strftime(profile.file.dates[0])
    if datetime in get_args(of):
        return lambda moment: moment.astimezone(ZoneInfo(profile.zone)).strftime(profile.file.times[0])
    if get_origin(of) is list:
        return "; ".join
    return (lambda yes: "yes" if yes else "no") if of is bool else str


def _coded(profile: AreaFile, name: str) -> Callable[[str], Any]:
    possible = words_of(profile.kind, name)
    number = type_of(profile.kind, name) is int

    def read(words: str) -> Any:
        word = words if words in possible else profile.word(name, words)
        if word is None or (possible and word not in possible):
            raise NoWord
        return int(word) if number else word

    return read


def _text(words: str) -> str:
    if len(words) > LONGEST_TEXT:
        raise Unfit(f"It has more than {LONGEST_TEXT} characters.")
    return words


def _whole(words: str) -> int:
    if not (words.isascii() and words.isdigit()) or len(words) > 18:
        raise Unfit("This is no whole number. Write it in figures.")
    return int(words)


def _yes(words: str) -> bool:
    if words.casefold() not in YES | NO:
        raise Unfit("Write yes or no.")
    return words.casefold() in YES


@lru_cache(maxsize=20_000)
def _day(words: str, forms: tuple[str, ...]) -> date:
    for form in forms:
        try:
            day = datetime.strptime(words, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        if day.year > 1900:
            return day
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        moment = None
    if moment is None or moment.year <= 1900 or moment.time().isoformat() != "00:00:00":
        example = date(2026, 12, 18).strftime(forms[0])
        raise Unfit(f"This is no date of the form {example}.")
    return moment.date()


@lru_cache(maxsize=20_000)
def _moment(words: str, forms: tuple[str, ...], zone: str) -> datetime:
    for form in forms:
        try:
            moment = datetime.strptime(words, form)  # noqa: DTZ007  # its zone follows
        except ValueError:
            continue
        return _at_its_offset(moment, zone)
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        example = datetime(2026, 12, 18, 9, 30).strftime(forms[0])  # noqa: DTZ001  # an example of the form
        raise Unfit(f"This is no date and time of the form {example}.") from None
    return _at_its_offset(moment, zone)


def _at_its_offset(moment: datetime, zone: str) -> datetime:
    """So that it stays the same instant in another process. The earlier, of an hour that came twice."""
    there = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    return moment.replace(tzinfo=timezone(there.utcoffset() or timedelta()))
