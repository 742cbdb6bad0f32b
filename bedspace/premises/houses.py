"""Lines of a file as premises: each cell understood, and what contradicts or repeats itself found."""

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Any, Protocol, get_args

from msgspec import Struct, field

from bedspace.premises.columns import CODES, NEEDED, OF_PREMISES
from bedspace.premises.write import unknown
from bedspace.sheets import Line, Lines
from schemas.premises import PremisesType
from schemas.words import Decider, Gender


class Place(Protocol):
    @property
    def postcode(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...
    @property
    def gss(self) -> str: ...


class Places(Protocol):
    """Looks up postcodes."""

    def find(self, text: str, /) -> Place | None: ...
    def why_not(self, text: str, /) -> str: ...


class Known(Struct, frozen=True):
    """What a file may name."""

    scopes: dict[str, str]
    pdus: dict[str, str]
    """Code → name."""
    places: Places


class FileBed(Struct):
    line: Line
    room: str
    opens: date | None
    closes: date | None


class House(Struct):
    """One premises of the file. `details` holds what was given, understood; `rooms` what each offers."""

    code: str
    line: Line
    details: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Line] = field(default_factory=dict)
    """Column, or room, → the line that said it first."""
    characteristics: list[str] | None = None
    rooms: dict[str, list[str] | None] = field(default_factory=dict)
    beds: dict[str, FileBed] = field(default_factory=dict)


class Reading:
    """Reads all lines; `faults` are what is wrong with them, in their order."""

    def __init__(self, known: Known, lines: Lines) -> None:
        self.houses: dict[str, House] = {}
        self.faults = list(lines.faults)
        self._known = known
        self._beds: dict[str, Line] = {}
        for line in lines.lines:
            self._take(line)

    def _fault(self, line: Line, column: str, why: str) -> None:
        self.faults.append(line.fault(column, why))

    def _take(self, line: Line) -> None:
        missing = [column for column in NEEDED if not line.cells[column]]
        for column in missing:
            self._fault(line, column, "is empty. Each line names premises, a room and a bed.")
        for column in ("premises", "bed"):
            if re.search(r"[\s/\x00-\x1f]", line.cells[column]) or len(line.cells[column]) > 40:
                self._fault(line, column, "is not a code: up to 40 characters, no spaces and no slashes.")
        if missing:
            return
        house = self.houses.setdefault(line.cells["premises"], House(line.cells["premises"], line))
        for column in OF_PREMISES:
            self._detail(house, line, column)
        self._offers(house, line)
        self._bed(house, line)

    def _detail(self, house: House, line: Line, column: str) -> None:
        text = line.cells.get(column, "")
        if not text:
            return
        value, why = UNDERSTOOD[column](text, self._known)
        if why:
            self._fault(line, column, why)
        elif house.details.setdefault(column, value) != value:
            first = house.said[column]
            self._fault(line, column, f"is “{text[:40]}” here and “{first.cells[column][:40]}” on line {first.number}.")
        else:
            house.said.setdefault(column, line)

    def _offers(self, house: House, line: Line) -> None:
        """All lines of a room, and of premises, say the same or nothing."""
        room = line.cells["room"]
        house.rooms.setdefault(room, [] if "room_characteristics" in line.cells else None)
        for column, scope, key in ((CODES[0], "premises", "premises"), (CODES[1], "room", f"room {room}")):
            if column not in line.cells:
                continue
            codes = sorted(set(re.split(r"[\s;]+", line.cells[column].strip()) if line.cells[column] else []))
            for code in codes:
                if self._known.scopes.get(code) != scope:
                    self._fault(line, column, unknown(code, scope, self._known.scopes))
            had = house.characteristics if scope == "premises" else house.rooms[room]
            if codes and had and had != codes:
                self._fault(line, column, f"says something else than line {house.said[key].number}.")
            elif codes or had is None:
                house.said.setdefault(key, line)
                if scope == "premises":
                    house.characteristics = codes
                else:
                    house.rooms[room] = codes

    def _bed(self, house: House, line: Line) -> None:
        code = line.cells["bed"]
        if len(line.cells["room"]) > 80:
            self._fault(line, "room", "is longer than 80 characters.")
        if code in self._beds:
            self._fault(line, "bed", f"{code[:40]} is on line {self._beds[code].number} already. A bed has one line.")
            return
        self._beds[code] = line
        opens, closes = self._date(line, "opens"), self._date(line, "closes")
        if opens and closes and closes <= opens:
            self._fault(line, "closes", f"{closes} is not after {opens}, when the bed opens. Give a later date.")
        house.beds[code] = FileBed(line, line.cells["room"], opens, closes)

    def _date(self, line: Line, column: str) -> date | None:
        text = line.cells.get(column, "")
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._fault(line, column, "is not a date such as 2027-01-11.")
            return None


Understood = tuple[Any, str | None]
"""The value, or why there is none."""


def _one_of(words: tuple[str, ...]) -> Callable[[str, Known], Understood]:
    def understand(text: str, _known: Known) -> Understood:
        word = text.lower().replace(" ", "_")
        if word in words:
            return word, None
        close = get_close_matches(word, words, n=1, cutoff=0.6)
        meant = f" Did you mean {close[0]}?" if close else ""
        return None, f"There is no “{text[:40]}” here.{meant} Choose one of: {', '.join(words)}."

    return understand


def _name(text: str, _known: Known) -> Understood:
    return (None, "is longer than 120 characters.") if len(text) > 120 else (text, None)


def _postcode(text: str, known: Known) -> Understood:
    place = known.places.find(text)
    return (None, known.places.why_not(text)) if place is None else (place, None)


def _pdu(text: str, known: Known) -> Understood:
    if text in known.pdus:
        return text, None
    by_name = {name.lower(): code for code, name in known.pdus.items()}
    close = get_close_matches(text.lower(), [*by_name, *(code.lower() for code in known.pdus)], n=1, cutoff=0.6)
    meant = f" Did you mean {by_name.get(close[0], close[0].upper())}?" if close else ""
    return None, f"There is no PDU with the code “{text[:40]}” today.{meant} `bedspace locate` names PDUs."


def _hour(text: str, _known: Known) -> Understood:
    hour = text if len(text) == 5 else f"0{text}"
    return (hour, None) if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", hour) else (None, "is not an hour such as 17:00.")


def _nights(text: str, _known: Known) -> Understood:
    if text.isdecimal() and len(text) < 3 and int(text) <= 14:
        return int(text), None
    return None, "is not a number of nights from 0 to 14."


UNDERSTOOD: dict[str, Callable[[str, Known], Understood]] = {
    "name": _name,
    "postcode": _postcode,
    "pdu": _pdu,
    "gender": _one_of(get_args(Gender)),
    "type": _one_of(get_args(PremisesType)),
    "decides": _one_of(get_args(Decider)),
    "arrive_by": _hour,
    "depart_by": _hour,
    "turnaround_nights": _nights,
}
