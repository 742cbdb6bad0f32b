"""Rich text as Outlook keeps it, packed, to plain text: words and lines, nothing else."""

import re
import struct

_PRIMER = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)  # fmt: skip
_LARGEST = 400_000
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_UNSEEN = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"themedata", b"generator", b"listtable"}
)
_SAID = {b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n", b"endash": "–", b"emdash": "—",
         b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•"}  # fmt: skip


def rtf_text(packed: bytes) -> str:
    """Raises `ValueError`, `struct.error` or `IndexError` of what is damaged."""
    return _text(_unpacked(packed))


def _unpacked(packed: bytes) -> bytes:
    """LZFu: literals and references into a ring of 4 KB that begins with words that rich text begins with."""
    _, size, kind, _ = struct.unpack_from("<IIII", packed)
    if kind == 0x414C454D:
        return packed[16 : 16 + min(size, _LARGEST)]
    if kind != 0x75465A4C:
        raise ValueError
    ring = bytearray(_PRIMER.ljust(4_096, b"\0"))
    write, at, out = len(_PRIMER), 16, bytearray()
    most = min(size, _LARGEST)
    while at < len(packed) and len(out) < most:
        flags = packed[at]
        at += 1
        for bit in range(8):
            if at >= len(packed) or len(out) >= most:
                break
            if not flags >> bit & 1:
                said = packed[at : at + 1]
                at += 1
            else:
                (pair,) = struct.unpack_from(">H", packed, at)
                at += 2
                offset, length = pair >> 4, (pair & 15) + 2
                if offset == write % 4_096:
                    return bytes(out)
                said = b""
                for n in range(length):
                    byte = ring[(offset + n) % 4_096]
                    ring[(write + n) % 4_096] = byte
                    said += bytes([byte])
            for n, byte in enumerate(said):
                ring[(write + n) % 4_096] = byte
            write = (write + len(said)) % 4_096
            out += said
    return bytes(out)


def _text(rtf: bytes) -> str:
    words: list[str] = []
    hidden, depth, skip = 0, 0, 0
    for token in _TOKEN.finditer(rtf):
        code, word, number, sign, brace, text = token.groups()
        if brace:
            depth += 1 if brace == b"{" else -1
            hidden = 0 if hidden > depth else hidden
        elif word in _UNSEEN or sign == b"*" or word == b"htmltag":
            hidden = hidden or depth
        elif hidden:
            continue
        elif word == b"u" and number:
            words.append(chr(int(number) % 65_536))
            skip = 1
        elif code:
            words.append("" if skip else bytes([int(code, 16)]).decode("cp1252", "replace"))
            skip = 0
        elif word:
            words.append(_SAID.get(word, ""))
        elif sign:
            words.append({b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}.get(sign, ""))
        elif text:
            words.append(text[skip:].decode("cp1252", "replace"))
            skip = 0
    return "".join(words).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
