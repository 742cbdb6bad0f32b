"""The parts of a workbook that its sheets refer to: strings, styles, and the sheets' names."""

import posixpath
import re
import zipfile
from datetime import date
from typing import Any

from adapters.formats.packed import FAULTS
from adapters.formats.rows import LONGEST_CELL
from adapters.formats.xml import elements, parsed
from schemas.errors import Unreadable

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of the built-in formats that show a day or an hour."""
_QUOTED = re.compile(r'"[^"]{0,200}"|\[[^\]]{0,40}\]|\\.')
NO_WORKBOOK = "This is no Excel workbook (.xlsx) that can be read. Open it in Excel, save it as .xlsx, and send that."
_LARGEST_PART = 20_000_000
_MOST_STRINGS = 40_000_000
"""Characters of all shared strings."""


class Book:
    def __init__(self, packed: zipfile.ZipFile) -> None:
        try:
            self._read(packed)
        except FAULTS as error:
            raise Unreadable(NO_WORKBOOK) from error

    def _read(self, packed: zipfile.ZipFile) -> None:
        book = parsed(_part(packed, _BOOK))
        targets = {
            one.get("Id"): _inside(one.get("Target", "")) for one in parsed(_part(packed, _RELATIONS)).iterchildren()
        }
        there = set(packed.namelist())
        found = [
            (one.get("name", ""), targets.get(one.get(_RELATION), ""))
            for one in book.iter(f"{MAIN}sheet")
            if one.get("state", "visible") == "visible"
        ]
        self.sheets = [(name, part) for name, part in found if part in there]
        old = next((one.get("date1904") for one in book.iter(f"{MAIN}workbookPr")), None)
        self.epoch = date(1904, 1, 1) if old in ("1", "true") else date(1899, 12, 30)
        self.date_styles = _date_styles(packed) if "xl/styles.xml" in there else frozenset()
        self._strings = _strings(packed) if "xl/sharedStrings.xml" in there else []

    def string(self, number: str) -> str:
        """Of the strings that cells share; nothing where there is none of that number."""
        at = int(number) if number.isdigit() and len(number) < 10 else -1
        return self._strings[at] if 0 <= at < len(self._strings) else ""


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    if packed.getinfo(name).file_size > _LARGEST_PART:
        raise Unreadable("A part of this workbook is too large. Save the one sheet as a workbook of its own.")
    return packed.read(name)


def _inside(target: str) -> str:
    """The part that a relation names, which is never outside the workbook."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _strings(packed: zipfile.ZipFile) -> list[str]:
    found: list[str] = []
    size = 0
    with packed.open("xl/sharedStrings.xml") as file:
        for element in elements(file, f"{MAIN}si"):
            text = "".join(_shown(element)).strip()[: LONGEST_CELL + 1]
            size += len(text) + 50
            if size > _MOST_STRINGS:
                raise Unreadable("This workbook holds too much text. Save the one sheet as a workbook of its own.")
            found.append(text)
    return found


def _shown(element: Any) -> list[str]:
    """The text, without the phonetic help beside it."""
    own = element.findall(f"{MAIN}t") + element.findall(f"{MAIN}r/{MAIN}t")
    return [one.text or "" for one in own]


def _date_styles(packed: zipfile.ZipFile) -> frozenset[str]:
    """Numbers of the styles that show a day or an hour."""
    styles = parsed(_part(packed, "xl/styles.xml"))
    own = {
        one.get("numFmtId"): bool(set(_QUOTED.sub("", one.get("formatCode", "")[:400]).lower()) & set("ydh"))
        for one in styles.iter(f"{MAIN}numFmt")
    }
    formats = styles.find(f"{MAIN}cellXfs")
    found = []
    for number, one in enumerate(formats if formats is not None else ()):
        used = one.get("numFmtId", "0")
        built_in = used.isdigit() and len(used) < 6 and int(used) in _DATE_FORMATS
        if own.get(used, built_in):
            found.append(str(number))
    return frozenset(found)
