"""What one reading passes on to the next: a line, and a clue found in it."""

from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace


class Line(Struct, frozen=True):
    """Words of the message, and where they stand: `body line 4`, `subject`."""

    text: str
    source: str


class Pair(Struct, frozen=True):
    """A label, the fields it means, and the words it stands before. No fields: the value is not wanted."""

    fields: tuple[str, ...]
    label: str
    value: str
    source: str
    row: int = 0
    """For a table with its labels on top, which row, counted from 1: each is about one person."""

    def with_value(self, value: str) -> "Pair":
        return replace(self, value=value)


class Clue(Struct, frozen=True):
    """A value for one field of a draft, with the words it was read from."""

    field: str
    value: Any
    text: str
    source: str
    confidence: float


class Unit(Struct):
    """Clues that stand together, about one person: labelled lines, a table row, a paragraph."""

    clues: list[Clue] = field(default_factory=list)
    prose: bool = False

    def first(self, name: str) -> Any:
        return next((clue.value for clue in self.clues if clue.field == name), None)


class Reader(Struct):
    """What every reading needs to know, and where it says what it could not read."""

    today: date | None
    """The day of the message, in London: relative dates count from it."""
    sender: str = ""
    """Whose name is not that of the person written about."""
    problems: list[str] = field(default_factory=list)

    def doubt(self, problem: str) -> None:
        if problem and problem not in self.problems:
            self.problems.append(problem)
