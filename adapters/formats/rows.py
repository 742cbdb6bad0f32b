"""Rows of a file, whatever its format: cells of text, each row with its line."""

from msgspec import Struct

LONGEST_LINE = 1_000_000
"""Characters."""
LONGEST_CELL = 20_000
MOST_CELLS = 500
"""In a row."""


class Row(Struct):
    line: int
    cells: list[str]
    formulas: frozenset[int] = frozenset()
    """Places, from 0, of the cells that a formula made."""


class BrokenRow(Struct):
    """A row that cannot be taken apart; those after it can."""

    line: int
    why: str
