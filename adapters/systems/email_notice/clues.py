"""What one reading passes on to the next: a line, and a clue found in it."""

from datetime import date
from typing import Any

from msgspec import Struct, field


class Line(Struct, frozen=True):
    """Words of the message, and where they stand: `body line 4`, `subject`."""

    text: str
    source: str


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
    problems: list[str] = field(default_factory=list)

    def doubt(self, problem: str) -> None:
        if problem and problem not in self.problems:
            self.problems.append(problem)
