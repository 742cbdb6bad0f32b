"""The words beside a label, read as the field that the label means."""

import re
from collections.abc import Callable

from adapters.systems.email_notice import identifiers
from adapters.systems.email_notice.clues import Clue, Reader
from adapters.systems.email_notice.dates import DateRead, dates_in
from adapters.systems.email_notice.moves import labelled_type
from adapters.systems.email_notice.names import labelled_name
from adapters.systems.email_notice.places import address_clues, place_clues, prison_clues
from adapters.systems.email_notice.risk import mappa_clues, rosh_clues

_PHONE = re.compile(r"(?<!\d)(?:\+44 ?|0)(?:\d[ -]?){9,10}(?!\d)")
_OFFICE = re.compile(r"[A-Za-zÀ-ÿ][^@\d]{1,79}")
_WORD_OF = {"birth_date": "birth date", "move_on": "date of the move", "until": "end date"}
_UNTIL = re.compile(r"(?:to|until|till|[-–—])\s{0,3}$", re.IGNORECASE)


def clues_of(field: str, value: str, source: str, reader: Reader) -> list[Clue]:
    """Nothing where the words cannot be read as that field; the reader is told why when it matters."""
    return _READERS[field](value.strip(), source, reader)


def _identifier(field: str) -> Callable[[str, str, Reader], list[Clue]]:
    return lambda value, source, reader: identifiers.labelled(field, value, source, reader)


def _birth_date(value: str, source: str, reader: Reader) -> list[Clue]:
    return _dated("birth_date", dates_in(value, reader.today, past=True), source, reader)


def _move_on(value: str, source: str, reader: Reader) -> list[Clue]:
    """Two dates with `to` between them are the stay's beginning and end."""
    found = dates_in(value, reader.today)
    if len(found) > 1 and _UNTIL.search(value[found[0].end : found[1].start]):
        return _dated("move_on", found[:1], source, reader) + _dated("until", found[1:2], source, reader)
    return _dated("move_on", found, source, reader)


def _until(value: str, source: str, reader: Reader) -> list[Clue]:
    return _dated("until", dates_in(value, reader.today), source, reader)


def _dated(field: str, found: list[DateRead], source: str, reader: Reader) -> list[Clue]:
    if not found:
        return []
    read = found[0]
    if read.doubt:
        reader.doubt(f"The {_WORD_OF[field]} in {source} {read.doubt}")
    if len(found) > 1:
        reader.doubt(f"More than one date stands for the {_WORD_OF[field]} in {source}; the first was taken.")
    if read.value is None:
        return []
    return [Clue(field, read.value, read.text, source, read.confidence if len(found) == 1 else 0.5)]


def _gender(value: str, source: str, reader: Reader) -> list[Clue]:  # noqa: ARG001  # one shape for all readers
    word = re.match(r"(?:(male|man|m|gwryw)|(female|woman|f|benyw))\b", value, re.IGNORECASE)
    return [Clue("gender", "male" if word[1] else "female", word[0], source, 1.0)] if word else []


def _sending(value: str, source: str, reader: Reader) -> list[Clue]:  # noqa: ARG001  # one shape for all readers
    words = value.partition("\n")[0].strip(" .,;")
    return [Clue("sending", words, words, source, 1.0)] if _OFFICE.fullmatch(words) else []


def _phone(value: str, source: str, reader: Reader) -> list[Clue]:  # noqa: ARG001  # one shape for all readers
    found = _PHONE.search(value)
    return [Clue("phone", found[0].strip(), found[0].strip(), source, 1.0)] if found else []


def _reason(value: str, source: str, reader: Reader) -> list[Clue]:  # noqa: ARG001  # one shape for all readers
    return [Clue("reason", value[:300], value, source, 1.0)] if len(value) > 2 else []


_READERS: dict[str, Callable[[str, str, Reader], list[Clue]]] = {
    "name": lambda value, source, _: labelled_name("name", value, source),
    "surname": lambda value, source, _: labelled_name("surname", value, source),
    "forenames": lambda value, source, _: labelled_name("forenames", value, source),
    "crn": _identifier("crn"),
    "noms": _identifier("noms"),
    "pnc": _identifier("pnc"),
    "birth_date": _birth_date,
    "gender": _gender,
    "type": lambda value, source, _: labelled_type(value, source),
    "move_on": _move_on,
    "until": _until,
    "address": lambda value, source, _: address_clues(value, source, 1.0),
    "postcode": lambda value, source, _: [c for c in place_clues(value, source, 1.0) if c.confidence == 1.0],
    "place": lambda value, source, _: place_clues(value, source, 0.8),
    "sending": _sending,
    "prison": lambda value, source, _: prison_clues(value, source, 1.0),
    "rosh": lambda value, source, reader: rosh_clues(value, source, 1.0, reader),
    "mappa": lambda value, source, _: mappa_clues(value, source, 1.0),
    "reason": _reason,
    "phone": _phone,
}
