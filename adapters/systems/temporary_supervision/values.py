"""The words beside a label as a value of the field that it names."""

import re
from datetime import date, datetime

from adapters.profile import type_of, words_of
from adapters.systems.temporary_supervision.profile import Form
from adapters.systems.temporary_supervision.ticks import ticked
from schemas.drafts import DraftNsi

POSTCODE = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}\d[A-Z\d]?) {0,2}(\d[ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])")
_EMPTY = re.compile(
    r"(?:click|tap)\b.{0,40}\b(?:text|date)\.?|choose an item\.?|enter text\.?|dd/mm/yyyy|n/?k|not known|tbc"
    r"|[-–—_.… ]{1,80}",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_UPPER = {"crn", "noms", "pnc"}


class Unfit(Exception):
    """The words are no value of this field. Says what to write, and not what stood there."""


class NoWord(Exception):
    """The profile's table has no word for these."""


def plain(name: str, text: str) -> str:
    """The words on one line: those ticked where there are boxes, none where only a placeholder stands."""
    boxes = ticked(text) if words_of(DraftNsi, name) or name == "mappa" else None
    if boxes is not None and len(boxes) > 1:
        raise Unfit("More than one box is ticked. Tick one.")
    words = text if boxes is None else "".join(boxes)
    between = ", " if name == "address" else " "
    lines = (
        " ".join(line.split()).strip(" ,") if name == "address" else " ".join(line.split())
        for line in words.split("\n")
    )
    said = between.join(filter(None, lines))
    return "" if _EMPTY.fullmatch(said) else said


def value_of(form: Form, name: str, words: str) -> object:
    """Raises `Unfit` or `NoWord`."""
    possible = words_of(DraftNsi, name)
    if possible:
        word = form.word(name, words.rstrip("."))
        if word not in possible:
            raise NoWord
        return word
    if type_of(DraftNsi, name) is date:
        return _day(words, form.dates, past=name == "birth_date")
    if name in _UPPER:
        return words.upper().replace(" ", "")
    if name == "destination" and (found := POSTCODE.search(words.upper())):
        return f"{found[1]} {found[2]}"
    return words


def _day(words: str, forms: tuple[str, ...], *, past: bool) -> date:
    said = _ORDINAL.sub("", words).replace(",", "")
    for form in (*forms, "%Y-%m-%d"):
        if past and "%y" in form:
            continue
        try:
            day = datetime.strptime(said, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        if day.year > 1900:
            return day
    example = date(2026, 12, 18).strftime(forms[0])
    raise Unfit(f"This is no date of the form {example}.")
