"""CSV, row by row. A row with a quotation mark left open is broken by itself; the rest of the file is read."""

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from adapters.formats.rows import LONGEST_CELL, MOST_CELLS, BrokenRow, Row
from adapters.formats.text_lines import Encoding, text_lines
from schemas.cells import is_formula, neutral, plain

MOST_LINES = 60
"""Of one row: cells may hold line breaks, but not half the file."""


def csv_rows(file: BinaryIO, encoding: Encoding = "auto", delimiter: str = ",") -> Iterator[Row | BrokenRow]:
    """Raises `Unreadable` where this is no text."""
    lines = enumerate(text_lines(file, encoding), start=1)
    ahead: deque[tuple[int, str]] = deque()
    while first := _next(ahead, lines):
        number, text = first
        if text.count('"') % 2:
            taken = _closed(text, ahead, lines)
            if taken is None:
                yield BrokenRow(number, "A quotation mark is left open. Close it, or take it out.")
                continue
            text = taken
        if text.strip():
            yield _row(number, text, delimiter)


def _next(ahead: deque[tuple[int, str]], lines: Iterator[tuple[int, str]]) -> tuple[int, str] | None:
    return ahead.popleft() if ahead else next(lines, None)


def _closed(text: str, ahead: deque[tuple[int, str]], lines: Iterator[tuple[int, str]]) -> str | None:
    """The row up to the line on which its quotation mark is closed; else nothing is taken."""
    whole = [text]
    for n in range(MOST_LINES):
        if n == len(ahead):
            line = next(lines, None)
            if line is None:
                return None
            ahead.append(line)
        whole.append(ahead[n][1])
        if ahead[n][1].count('"') % 2:
            for _ in range(n + 1):
                ahead.popleft()
            return "".join(whole)
    return None


def _row(number: int, text: str, delimiter: str) -> Row | BrokenRow:
    try:
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return BrokenRow(number, "The row cannot be taken apart into cells. Export it again.")
    if len(cells) > MOST_CELLS or max(map(len, cells), default=0) > LONGEST_CELL:
        return BrokenRow(number, f"A row has at most {MOST_CELLS} cells, and a cell {LONGEST_CELL} characters.")
    formulas = frozenset(n for n, cell in enumerate(cells) if is_formula(cell))
    return Row(number, [plain(cell) for cell in cells], formulas)


def csv_bytes(rows: Sequence[Sequence[str]], encoding: str, delimiter: str = ",") -> bytes:
    """No cell is run by a spreadsheet. Raises `UnicodeEncodeError`."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig" if encoding in ("auto", "utf-8") else encoding)
