"""Outlook's own wrapping of a message (winmail.dat): the files in it, and its text where the e-mail has none."""

import struct
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from adapters.formats.charsets import decode
from adapters.formats.html_text import text_of_html
from adapters.formats.rtf import rtf_text

_SIGNATURE = 0x223E9F78
_BODY, _PROPERTIES, _FILE, _DATA, _TITLE, _FILE_PROPERTIES = 0x800C, 0x9003, 0x9002, 0x800F, 0x8010, 0x9005
_MOST = 2_000
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Bytes of values of fixed length, by their type."""


class TnefFile(Struct):
    name: str = ""
    content: bytes = b""


class Tnef(Struct):
    text: str = ""
    files: list[TnefFile] = field(default_factory=list)


def read_tnef(raw: bytes) -> Tnef:
    """Raises `ValueError` or `struct.error` of what is damaged; then nothing of it is kept."""
    found = Tnef()
    plain = ""
    for name, content in _attributes(raw):
        if name == _BODY:
            plain = decode(content.rstrip(b"\0"))[0]
        elif name == _PROPERTIES:
            found.text = _text(dict(_properties(content)))
        elif name == _FILE:
            found.files.append(TnefFile())
        elif found.files:
            _add(found.files[-1], name, content)
    return Tnef(text=plain or found.text, files=[one for one in found.files if one.content])


def _add(file: TnefFile, name: int, content: bytes) -> None:
    if name == _TITLE and not file.name:
        file.name = decode(content.rstrip(b"\0"))[0]
    elif name == _DATA:
        file.content = content
    elif name == _FILE_PROPERTIES:
        said = dict(_properties(content))
        file.name = _string(said.get(0x3707)) or file.name
        file.content = file.content or said.get(0x3701, (0, b""))[1]


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    if len(raw) < 6 or struct.unpack_from("<I", raw)[0] != _SIGNATURE:
        raise ValueError
    at = 6
    for _ in range(_MOST):
        if at + 9 > len(raw):
            return
        _, name, _, size = struct.unpack_from("<BHHI", raw, at)
        if at + 9 + size > len(raw):
            raise ValueError
        yield name, raw[at + 9 : at + 9 + size]
        at += 9 + size + 2


def _properties(raw: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Number of each property, with its type and its first value."""
    (count,) = struct.unpack_from("<I", raw)
    at = 4
    for _ in range(min(count, _MOST)):
        kind, number = struct.unpack_from("<HH", raw, at)
        at += 4
        if number >= 0x8000:
            at = _past_its_name(raw, at)
        many, kind = kind & 0x1000, kind & 0xEFFF
        values = 1
        if many or kind not in _SIZES:
            (values,) = struct.unpack_from("<I", raw, at)
            at += 4
        first = b""
        for n in range(min(values, _MOST)):
            if (size := _SIZES.get(kind)) is None:
                (size,) = struct.unpack_from("<I", raw, at)
                at += 4
            first = raw[at : at + size] if n == 0 else first
            at += size + -size % 4
        yield number, (kind, first)


def _past_its_name(raw: bytes, at: int) -> int:
    (kind,) = struct.unpack_from("<I", raw, at + 16)
    if kind == 0:
        return at + 24
    (size,) = struct.unpack_from("<I", raw, at + 20)
    return int(at + 24 + size + -size % 4)


def _string(said: tuple[int, bytes] | None) -> str:
    if said is None:
        return ""
    kind, raw = said
    return (raw.decode("utf-16-le", "replace") if kind == 0x1F else decode(raw)[0]).rstrip("\0")


def _text(said: dict[int, Any]) -> str:
    if plain := _string(said.get(0x1000)):
        return plain
    if html := said.get(0x1013):
        return text_of_html(decode(html[1], html=True)[0])
    return rtf_text(said[0x1009][1]) if 0x1009 in said else ""
