"""Bytes to text, whatever their sender says they are."""

import codecs
import re

from charset_normalizer import from_bytes

_NOT_FOR_TEXT = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})
_WESTERN = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252"})
_IN_HTML = re.compile(rb"""charset\s{0,4}=\s{0,4}["']?([\w.:-]{2,40})""", re.IGNORECASE)
_INVISIBLE = dict.fromkeys([0, 0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_HALVES = re.compile(r"[\ud800-\udfff]")
"""Of letters beyond the first plane: alone they are no text."""
_SPACES = {0xA0: " ", 0x2007: " ", 0x2009: " ", 0x202F: " ", 0x0B: "\n", 0x0C: "\n", 0x2028: "\n", 0x2029: "\n"}
_LOOKED_AT = 20_000
"""Bytes that are enough to recognise a charset by: recognising is slow."""


def decode(content: bytes, declared: str = "", *, html: bool = False) -> tuple[str, bool]:
    """The text, and whether every byte had a meaning in the charset it was read with."""
    for name in (_by_mark(content), declared, _in_html(content) if html else "", "utf-8"):
        text = _strictly(content, name)
        if text is not None:
            return _plain(text), True
    return _plain(content.decode(_recognised(content), "replace")), not declared


def _strictly(content: bytes, name: str) -> str | None:
    codec = _codec(name)
    if not codec or (codec.startswith(("utf-16", "utf-32")) and b"\0" not in content):
        return None
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _codec(name: str) -> str:
    """Name of Python's codec; a Western one is read as Windows does, since its senders mean that."""
    try:
        found = codecs.lookup(name.strip().strip("\"'").lower()).name if name else ""
    except (LookupError, ValueError):
        return ""
    if found in _NOT_FOR_TEXT or not getattr(codecs.lookup(found or "utf-8"), "_is_text_encoding", True):
        return ""
    if found == "ascii":
        return "utf-8"
    return "cp1252" if found in _WESTERN else found


def _by_mark(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def _in_html(content: bytes) -> str:
    found = _IN_HTML.search(content, 0, 2_000)
    return found[1].decode("ascii", "replace") if found else ""


def _recognised(content: bytes) -> str:
    """A few accents among plain letters are Western; more than that is looked at closely."""
    sample = content[:_LOOKED_AT]
    strange = sum(byte > 127 for byte in sample)
    if len(sample) > 40 and strange * 4 > len(sample):
        best = from_bytes(sample).best()
        if best is not None:
            return best.encoding
    return "cp1252"


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HALVES.sub("\ufffd", lines.translate(_SPACES).translate(_INVISIBLE))
