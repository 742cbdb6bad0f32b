"""Files of Office are archives of parts: opened once their directory says that they are no bomb."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from typing import BinaryIO
from zlib import error as zlib_error

from schemas.errors import Unreadable

FAULTS = (
    zipfile.BadZipFile,
    zlib_error,
    LZMAError,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the library raises of an archive that is damaged."""


@contextmanager
def opened(
    raw: BinaryIO, most_parts: int, largest: int, nothing: str, too_large: str, locked: str
) -> Iterator[zipfile.ZipFile]:
    """`largest`: bytes of all parts, unpacked. Raises `Unreadable` in the words given."""
    try:
        packed = zipfile.ZipFile(raw)
    except FAULTS as error:
        raise Unreadable(nothing) from error
    with packed:
        parts = packed.infolist()
        if len(parts) > most_parts or sum(part.file_size for part in parts) > largest:
            raise Unreadable(too_large)
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable(locked)
        yield packed
