"""Word documents (.docx): paragraphs and table rows with their places, and nothing run, fetched or unpacked unseen.

What a reader sees is read: not what was deleted under tracked changes, not the placeholder of a field left empty, and
the mark of a tick box as a mark. The library at hand passes over fields that were filled in, and unpacks a bomb.
"""

import io
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from adapters.formats.packed import FAULTS, opened
from adapters.formats.xml import local, parsed
from schemas.errors import Unreadable

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NO_DOCUMENT = "This is no Word document (.docx) that can be read. Open it in Word, save it as .docx, and send that."
TOO_LARGE = "Unpacked, this document would be too large. Send the form by itself."
LOCKED = "This document is locked by a password. Save it without, and send that."
_BODY = "word/document.xml"
_MOST_PARTS = 1_000
_LARGEST = 150_000_000
"""Bytes of all parts, unpacked: a form may hold pictures."""
_LARGEST_BODY = 5_000_000
_MOST_BLOCKS = 5_000
_LONGEST = 4_000
_DEEPEST = 8
"""Tables inside one another."""
_HOLDING = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "sdtPr", "pPr", "rPr"})
_MARKS = {"f0fe": "☒", "f0fd": "☒", "f0fc": "☒", "f052": "☒", "f051": "☒", "f0a8": "☐", "f06f": "☐", "f0a3": "☐"}
"""Of Wingdings."""
_ON = frozenset({"1", "true", "on", ""})


class Block(Struct, frozen=True):
    """A paragraph, or a row of a table: the text of each cell, and where it stands."""

    cells: list[str]
    place: str
    table: bool = False

    def source(self, cell: int) -> str:
        """Of a cell, from 0."""
        return f"{self.place}, cell {cell + 1}" if self.table else self.place


def docx_blocks(raw: bytes) -> list[Block]:
    """In the order of the document. Raises `Unreadable`."""
    try:
        with opened(io.BytesIO(raw), _MOST_PARTS, _LARGEST, NO_DOCUMENT, TOO_LARGE, LOCKED) as packed:
            if packed.getinfo(_BODY).file_size > _LARGEST_BODY:
                raise Unreadable(TOO_LARGE)
            body = parsed(packed.read(_BODY)).find(f"{WORD}body")
    except FAULTS as error:
        raise Unreadable(NO_DOCUMENT) from error
    if body is None:
        raise Unreadable(NO_DOCUMENT)
    return _Blocks().of(body)


class _Blocks:
    def __init__(self) -> None:
        self._found: list[Block] = []
        self._paragraphs = self._tables = 0

    def of(self, body: Any) -> list[Block]:
        self._walk(body, 0)
        return self._found

    def _walk(self, holder: Any, depth: int) -> None:
        for element in _inside(holder):
            if local(element) == "p":
                self._paragraphs += 1
                if text := _text(element):
                    self._add(Block([text], f"paragraph {self._paragraphs}"))
            elif local(element) == "tbl" and depth < _DEEPEST:
                self._tables += 1
                self._rows(element, self._tables, depth)

    def _rows(self, table: Any, number: int, depth: int) -> None:
        rows = (row for row in _inside(table) if local(row) == "tr")
        for n, row in enumerate(rows, start=1):
            cells = [cell for cell in _inside(row) if local(cell) == "tc"]
            texts = ["\n".join(filter(None, map(_text, _paragraphs(cell)))) for cell in cells]
            if any(texts):
                self._add(Block([text[:_LONGEST] for text in texts], f"table {number}, row {n}", table=True))
            for cell in cells:
                for inner in _inside(cell):
                    if local(inner) == "tbl" and depth < _DEEPEST:
                        self._tables += 1
                        self._rows(inner, self._tables, depth + 1)

    def _add(self, block: Block) -> None:
        if len(self._found) == _MOST_BLOCKS:
            raise Unreadable("This document is too long to be a form. Send the form by itself.")
        self._found.append(block)


def _inside(holder: Any) -> Iterator[Any]:
    """Its children, those of a content control or of an insertion in its place; none where only a placeholder is."""
    waiting = [iter(holder)]
    while waiting:
        for element in waiting[-1]:
            if local(element) in _HOLDING:
                if not _is_placeholder(element) and len(waiting) < 100:
                    waiting.append(iter(element))
                    break
            else:
                yield element
        else:
            waiting.pop()


def _paragraphs(cell: Any) -> Iterator[Any]:
    return (element for element in _inside(cell) if local(element) == "p")


def _is_placeholder(element: Any) -> bool:
    return element.find(f"{WORD}sdtPr/{WORD}showingPlcHdr") is not None


def _text(paragraph: Any) -> str:
    """Its lines, without spaces around them."""
    words: list[str] = []
    waiting = [iter(paragraph)]
    while waiting:
        for element in waiting[-1]:
            name = local(element)
            if name in _UNSEEN or (name == "sdt" and _is_placeholder(element)):
                continue
            words.append(_said(element, name))
            waiting.append(iter(element))
            break
        else:
            waiting.pop()
    lines = (" ".join(line.split(" ")).strip() for line in "".join(words)[:_LONGEST].split("\n"))
    return "\n".join(filter(None, lines))


def _said(element: Any, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name in ("br", "cr", "p"):
        return "\n"
    if name == "sym":
        return _MARKS.get((element.get(f"{WORD}char") or "").lower(), "")
    if name == "checkBox":  # of a form made before content controls
        box = element.find(f"{WORD}checked")
        box = element.find(f"{WORD}default") if box is None else box
        return "☒ " if box is not None and (box.get(f"{WORD}val") or "") in _ON else "☐ "
    return {"tab": "\t", "noBreakHyphen": "-", "softHyphen": ""}.get(name, "")
