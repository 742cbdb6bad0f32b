"""Bytes that should be a CSV of one kind of thing, as lines of cells; every fault with its line and column."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from msgspec import Struct, field

from schemas.cells import is_formula, plain
from schemas.errors import FieldFault, Invalid, Unreadable

MOST_BYTES = 5_000_000
MOST_LINES = 50_000

KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an Excel workbook or another ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"{", "JSON"),
    (b"<", "HTML or XML"),
    (b"\x1f\x8b", "a compressed file"),
)
SAVE = "Save the sheet as “CSV UTF-8” and send that. Nothing was changed."


class Sheet(Struct, frozen=True):
    """What a file of this kind holds."""

    one: str
    """What a line is: `bed`."""
    columns: Mapping[str, str]
    """Each with what it means."""
    needed: tuple[str, ...]


class Line(Struct):
    """A line of the file, by column. A column that the file does not have is not in `cells`."""

    number: int
    cells: dict[str, str]
    places: dict[str, int]
    """Column → its number, from 1."""

    def fault(self, column: str, why: str) -> FieldFault:
        return FieldFault(f"line {self.number}, column {self.places.get(column, 1)} ({column})", why)


class Lines(Struct):
    """All lines, and what is wrong with any of them."""

    lines: list[Line] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    faults: list[FieldFault] = field(default_factory=list)


def read_lines(raw: bytes, sheet: Sheet) -> Lines:
    """Raises `Unreadable` where this is no CSV at all, and `Invalid` where its header cannot be used."""
    text = _text(raw, sheet)
    places = None
    found = Lines()
    for number, row in _rows(text):
        if places is None:
            places = _header(row, sheet)
            found.columns = tuple(places)
        elif any(cell.strip() for cell in row):
            _take(found, number, row, places)
    if not found.lines and not found.faults:
        raise Unreadable(f"The file has a header and no {sheet.one}s: one line a {sheet.one}. Nothing was changed.")
    return found


def _text(raw: bytes, sheet: Sheet) -> str:
    if not raw.strip():
        raise Unreadable(
            f"The file is empty. Send a CSV with a header line and one line a {sheet.one}. Nothing was changed."
        )
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Send one region at a time.")
    for mark, kind in KINDS:
        if raw.lstrip().startswith(mark):
            raise Unreadable(f"This is {kind}, not a CSV. {SAVE}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise Unreadable(f"line {line}, byte {column}: the file is not in UTF-8. {SAVE}") from error
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Unreadable(f"line {line}: the file holds bytes that are no text, so it is not a CSV. {SAVE}")
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(f"line {number}: a quotation mark is left open or stands inside a cell. {SAVE}") from error
        if number > MOST_LINES:
            raise Unreadable(f"The file has more than {MOST_LINES} lines. Send one region at a time.")
        yield number, row


def _header(row: list[str], sheet: Sheet) -> dict[str, int]:
    names = [cell.strip().lower().replace(" ", "_") for cell in row]
    if len(row) == 1 and (";" in row[0] or "\t" in row[0]):
        raise Unreadable(f"line 1: the columns are not separated by commas. {SAVE}")
    if not set(names) & set(sheet.columns):
        raise Invalid.because(
            "line 1, column 1", f"The header is missing. The first line names the columns: {', '.join(sheet.columns)}."
        )
    faults = [
        FieldFault(f"line 1, column {n}", _misspelt(name, names, sheet.columns))
        for n, name in enumerate(names, 1)
        if name not in sheet.columns or names.index(name) < n - 1
    ]
    faults += [FieldFault("line 1", f"The column {name} is missing.") for name in sheet.needed if name not in names]
    if faults:
        raise Invalid(*faults)
    return {name: n for n, name in enumerate(names, 1)}


def _misspelt(name: str, names: list[str], columns: Mapping[str, str]) -> str:
    if name in columns:
        return f"The column {name} is there twice."
    if not name:
        return "A column has no name. Take it out, or name it."
    close = get_close_matches(name, [one for one in columns if one not in names], n=1, cutoff=0.6)
    meant = f" Did you mean {close[0]}?" if close else f" The columns are: {', '.join(columns)}."
    return f"There is no column “{name[:40]}”.{meant}"


def _take(found: Lines, number: int, row: list[str], places: dict[str, int]) -> None:
    if len(row) != len(places):
        why = f"The line has {len(row)} columns, and the header has {len(places)}."
        found.faults.append(FieldFault(f"line {number}, column {min(len(row), len(places)) + 1}", why))
        return
    line = Line(number, {}, places)
    before = len(found.faults)
    for column, at in places.items():
        cell = row[at - 1]
        if is_formula(cell):
            found.faults.append(line.fault(column, "This is a formula. Put its value there, as plain text."))
        text = plain(cell)
        line.cells[column] = text if text != cell else cell.strip()
    if len(found.faults) == before:
        found.lines.append(line)


def one_of(text: str, possible: Iterable[str]) -> str:
    """Why a cell that must be one of a few is wrong, and which was meant."""
    close = get_close_matches(text, list(possible), n=1, cutoff=0.6)
    meant = f" Did you mean {close[0]}?" if close else f" It is one of: {', '.join(possible)}."
    return f"There is no “{text[:40]}” here.{meant}"
