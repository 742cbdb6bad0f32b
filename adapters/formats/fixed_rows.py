"""Fixed width: each field stands at its positions, in every line."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, TypeAlias

from adapters.formats.rows import BrokenRow, Row
from adapters.formats.text_lines import Encoding, text_lines
from schemas.errors import Refused

Place: TypeAlias = tuple[int, int]
"""The first position, from 1, and the width."""


def fixed_rows(
    file: BinaryIO, places: Sequence[Place], width: int, encoding: Encoding = "auto"
) -> Iterator[Row | BrokenRow]:
    """A shorter line has lost the spaces at its end. Raises `Unreadable` where this is no text."""
    for number, line in enumerate(text_lines(file, encoding), start=1):
        text = line.rstrip("\r\n\x1a")
        if len(text) > width:
            yield BrokenRow(number, f"The line has {len(text)} characters, and the layout {width}.")
        elif text.strip():
            yield Row(number, [text[first - 1 : first - 1 + wide].strip() for first, wide in places])


def fixed_bytes(cells: Sequence[str], places: Sequence[Place], width: int, encoding: str) -> bytes:
    """One line. Raises `Refused` where a cell is wider than its place, and `UnicodeEncodeError`."""
    line = [" "] * width
    for cell, (first, wide) in zip(cells, places, strict=True):
        if len(cell) > wide:
            raise Refused(
                f"Positions {first} to {first + wide - 1} hold {wide} characters, and {len(cell)} are needed."
            )
        line[first - 1 : first - 1 + len(cell)] = cell
    return ("".join(line).rstrip() + "\r\n").encode("utf-8" if encoding == "auto" else encoding)
