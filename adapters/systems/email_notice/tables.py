"""Tables: cells a tab apart (as HTML and Word leave them) or between bars; labels at the left or on top."""

import re
from collections.abc import Callable, Iterator

from adapters.systems.email_notice.clues import Line, Pair
from adapters.systems.email_notice.labels import fields_of

_RULE = re.compile(r"^[\s|:+=-]{3,}$")


def cells_of(text: str) -> list[str]:
    """A single cell for a line that is no row."""
    plain = text.strip()
    if "\t" in plain:
        return [cell.strip() for cell in text.split("\t")]
    if plain.startswith("|") or text.count(" | ") > 1:
        return [cell.strip() for cell in plain.strip("|").split("|")]
    return [text]


def is_head(lines: list[Line], at: int, cells: list[str]) -> bool:
    """Labels only, and beneath them a row that is not labels."""
    known = sum(fields_of(cell) is not None for cell in cells)
    if known < 2 or known * 2 <= len(cells):
        return False
    below = next((cells_of(line.text) for line in lines[at + 1 : at + 4] if not _RULE.match(line.text)), [])
    return len(below) == len(cells) and sum(fields_of(cell) is not None for cell in below) * 2 < len(below)


def rows_below(lines: list[Line], at: int, head: list[str]) -> tuple[list[Pair], int]:
    """The pairs of each row, and the line after the table."""
    found: list[Pair] = []
    row = 0
    at += 1
    while at < len(lines):
        cells = cells_of(lines[at].text)
        if not _RULE.match(lines[at].text):
            if len(cells) != len(head):
                break
            row += 1
            source = f"{lines[at].source} (table row {row})"
            found += [
                Pair(fields_of(label) or (), label, cell, source, row)
                for label, cell in zip(head, cells, strict=True)
                if cell
            ]
        at += 1
    return found, at


def across(cells: list[str], source: str, inside: Callable[[str, str], list[Pair]]) -> Iterator[Pair]:
    """A label and the cell to its right, as often as the row has them; `inside` reads a cell that holds both."""
    at = 0
    while at < len(cells):
        fields = fields_of(cells[at])
        if fields is not None and at + 1 < len(cells):
            yield Pair(fields, cells[at].strip(" :"), cells[at + 1], source)
            at += 1
        elif fields is None:
            yield from inside(cells[at], source)
        at += 1
