"""Excel workbooks, row by row, without running, fetching or unpacking anything that was not looked at first.

Only .xlsx: the old .xls is a format of its own, and is asked for again as .xlsx. A library that reads workbooks faster
tells neither which cells are formulas nor how large a file becomes, and holds the whole sheet.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from adapters.formats.packed import FAULTS, opened
from adapters.formats.rows import LONGEST_CELL, MOST_CELLS, BrokenRow, Row
from adapters.formats.xlsx_book import MAIN, NO_WORKBOOK, Book
from adapters.formats.xml import elements
from schemas.cells import plain
from schemas.errors import Unreadable

LARGEST = 150_000_000
"""Bytes of all parts, unpacked."""
MOST_PARTS = 500
MOST_ROWS = 1_048_576
"""As Excel has it."""
TOO_LARGE = "Unpacked, this workbook would be too large. Save the one sheet as a workbook of its own."
LOCKED = "This workbook is locked by a password. Save it without, and send that."


def xlsx_sheets(raw: BinaryIO) -> list[str]:
    """Names of the sheets that can be seen. Raises `Unreadable`."""
    with opened(raw, MOST_PARTS, LARGEST, NO_WORKBOOK, TOO_LARGE, LOCKED) as packed:
        return [name for name, _ in Book(packed).sheets]


def xlsx_rows(raw: BinaryIO, sheet: str) -> Iterator[Row | BrokenRow]:
    """Cells as text: dates as ISO, whole numbers without a point. Raises `Unreadable`."""
    with opened(raw, MOST_PARTS, LARGEST, NO_WORKBOOK, TOO_LARGE, LOCKED) as packed:
        book = Book(packed)
        part = dict(book.sheets)[sheet]
        try:
            with packed.open(part) as file:
                for number, element in enumerate(elements(file, f"{MAIN}row"), start=1):
                    if number > MOST_ROWS:
                        raise Unreadable(f"A sheet has at most {MOST_ROWS} rows. Send it in parts.")
                    yield from _row(element, number, book)
        except FAULTS as error:
            raise Unreadable(NO_WORKBOOK) from error


def _row(element: Any, counted: int, book: Book) -> Iterator[Row | BrokenRow]:
    number = int(said) if (said := element.get("r") or "").isdigit() and len(said) < 9 else counted
    cells: list[str] = []
    formulas = set[int]()
    for cell in element.iterfind(f"{MAIN}c"):
        place = _place(cell.get("r") or "", len(cells))
        if not len(cells) <= place < MOST_CELLS:
            yield BrokenRow(number, f"A row has at most {MOST_CELLS} cells, from left to right.")
            return
        cells += [""] * (place - len(cells))
        if cell.find(f"{MAIN}f") is not None:
            formulas.add(place)
        text = _text(cell, book)
        if len(text) > LONGEST_CELL:
            yield BrokenRow(number, f"A cell has at most {LONGEST_CELL} characters.")
            return
        cells.append(plain(text))
    if any(cells):
        yield Row(number, cells, frozenset(formulas))


def _place(reference: str, otherwise: int) -> int:
    """Of `AB12`, from 0."""
    place = 0
    for letter in reference.rstrip("0123456789")[:4]:
        if not "A" <= letter <= "Z":
            return otherwise
        place = place * 26 + ord(letter) - 64
    return place - 1 if place else otherwise


def _text(cell: Any, book: Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(one.text or "" for one in cell.iter(f"{MAIN}t")).strip()
    said = (cell.findtext(f"{MAIN}v") or "").strip()
    if kind == "s":
        return book.string(said)
    if kind == "b":
        return {"1": "true", "0": "false"}.get(said, said)
    return _number(said, book, cell.get("s", "")) if kind == "n" and said else said


def _number(said: str, book: Book, style: str) -> str:
    try:
        value = float(said)
        if style in book.date_styles:
            return _moment(value, book.epoch)
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else said
    except (ValueError, OverflowError):
        return said


def _moment(days: float, epoch: date) -> str:
    seconds = round(days * 86_400)
    moment = datetime.combine(epoch, time()) + timedelta(seconds=seconds)
    return moment.date().isoformat() if seconds % 86_400 == 0 else moment.isoformat()
