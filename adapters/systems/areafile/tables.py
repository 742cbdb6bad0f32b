"""Where in a file the records stand: below which headings, on which sheet, at which positions."""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from adapters.formats.begun import begun
from adapters.formats.csv_rows import csv_rows
from adapters.formats.fixed_rows import fixed_rows
from adapters.formats.rows import BrokenRow, Row
from adapters.formats.xlsx import xlsx_rows, xlsx_sheets
from adapters.systems.areafile.profile import AreaFile, headings
from schemas.errors import Unreadable

ABOVE = 20
"""Rows that may stand above the headings: a title, a date, who made it."""
_PLAIN = re.compile(r"[\W_]+")


class Table(Struct):
    rows: Iterator[Row | BrokenRow]
    places: dict[str, tuple[int, ...]]
    """Field → its cells, from 0."""
    sources: dict[str, str]
    """Field → where that is, in words."""
    prefix: str = ""
    told_apart: bool = True
    """Whether its headings have shown that it is one of ours."""


def tables_of(file: BinaryIO, profile: AreaFile) -> Iterator[Table]:
    """One, as a rule. Raises `Unreadable`."""
    layout = profile.file
    if layout.formats == ("fixed",):
        yield _fixed(file, profile)
        return
    head, rest = begun(file, 4)
    packed = head.startswith(b"PK\x03\x04")
    if packed and "xlsx" in layout.formats:
        yield _on_sheet(io.BytesIO(rest.read()), profile)
    elif not packed and "csv" in layout.formats:
        rows = csv_rows(rest, layout.encoding, layout.delimiter)
        yield _below(rows, profile, "", "the file")
    else:
        wanted = " or ".join({"xlsx": "an Excel workbook (.xlsx)", "csv": "CSV"}[one] for one in layout.formats)
        raise Unreadable(f"This is not {wanted}. Send the file as it was exported.")


def _fixed(file: BinaryIO, profile: AreaFile) -> Table:
    layout = profile.file
    places = layout.places
    return Table(
        rows=fixed_rows(file, list(places.values()), layout.width, layout.encoding),
        places={name: (n,) for n, name in enumerate(places)},
        sources={name: f"positions {first}–{first - 1 + wide}" for name, (first, wide) in places.items()},
        told_apart=False,
    )


def _on_sheet(file: BinaryIO, profile: AreaFile) -> Table:
    """The sheet that the profile names, or the first that has its headings."""
    named = profile.file.sheet
    sheets = [one for one in xlsx_sheets(file) if named in (None, one)]
    if not sheets:
        raise Unreadable(f"There is no sheet called {named} in this workbook." if named else "It has no sheet.")
    last: Unreadable | None = None
    for sheet in sheets:
        try:
            return _below(xlsx_rows(file, sheet), profile, f"sheet {sheet}, ", f"sheet {sheet}")
        except Unreadable as error:
            last = last or error
    raise last or Unreadable("It has no sheet.")


def _below(rows: Iterator[Row | BrokenRow], profile: AreaFile, prefix: str, where: str) -> Table:
    """The rows below the headings, which are those of the needed fields at least."""
    best: list[str] | None = None
    for _ in range(ABOVE):
        row = next(rows, None)
        if row is None:
            break
        if isinstance(row, BrokenRow):
            continue
        places, lacking = _placed(row.cells, profile)
        if not lacking:
            sources = {
                name: "column " + " and ".join(row.cells[place].strip()[:60] for place in some)
                for name, some in places.items()
            }
            return Table(rows=rows, places=places, sources=sources, prefix=prefix)
        if places and (best is None or len(lacking) < len(best)):
            best = lacking
    if best is None:
        raise Unreadable(f"The headings of the profile {profile.name} are not in the first {ABOVE} rows of {where}.")
    raise Unreadable(f"These columns are missing in {where}: {', '.join(best)}. Send the file with them.")


def _placed(cells: list[str], profile: AreaFile) -> tuple[dict[str, tuple[int, ...]], list[str]]:
    """Each field with its cells, and the columns that are lacking of those needed."""
    there: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if name := bare(cell):
            there.setdefault(name, place)
    places: dict[str, tuple[int, ...]] = {}
    lacking: list[str] = []
    for field, columns in profile.columns.items():
        found = [next((there[bare(one)] for one in headings(name) if bare(one) in there), None) for name in columns]
        if any(place is not None for place in found):
            places[field] = tuple(place for place in found if place is not None)
        if field in profile.file.needed:
            lacking += [headings(name)[0] for name, place in zip(columns, found, strict=True) if place is None]
    return places, lacking


def bare(heading: str) -> str:
    """Without case, spaces, and marks."""
    return _PLAIN.sub("", heading[:200].casefold())
