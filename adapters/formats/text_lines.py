"""Lines of a text file of some encoding, one after the other, however long the file is."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, Literal, TypeAlias

from adapters.formats.begun import begun
from adapters.formats.rows import LONGEST_LINE
from schemas.errors import Unreadable

Encoding: TypeAlias = Literal["auto", "utf-8", "utf-16", "cp1252", "cp850", "latin-1", "cp037", "cp500"]
"""`auto`: by its mark, else UTF-8, else what Windows writes. The last two are of mainframes."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 65_536
"""Bytes by which an encoding is told."""


def text_lines(file: BinaryIO, encoding: Encoding) -> Iterator[str]:
    """With their endings. Raises `Unreadable` where the bytes are no text of this encoding, at whatever line."""
    head, whole = begun(file, _HEAD)
    used = _told(head) if encoding == "auto" else ("utf-8-sig" if encoding == "utf-8" else encoding)
    text = io.TextIOWrapper(whole, used, errors="strict", newline="")
    number = 0
    try:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise Unreadable(f"line {number}: a line of this length is no record. Export the file again.")
            if "\0" in line:
                raise Unreadable(f"line {number}: there are bytes that are no text. Export the file again, as text.")
            yield line
    except UnicodeError as error:
        raise Unreadable(
            f"line {number + 1}, or soon after: the file is not in {used}. Export it again, or say its encoding."
        ) from error


def _told(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
