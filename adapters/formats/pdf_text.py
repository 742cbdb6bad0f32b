"""The text of a PDF, line by line with its page, and the fields that were filled in. Pictures are not read."""

import io
import logging
from typing import Any

import pypdf
from msgspec import Struct

from schemas.errors import Unreadable

NO_PDF = "This is no PDF that can be read. Save it as a PDF again, or send the form as a Word document."
LOCKED = "This PDF is locked by a password. Save it without, and send that."
TOO_LARGE = "This PDF holds too much to be a form. Send the form by itself."
_END = b"%%EOF"
_MOST_PAGES = 20
_MOST_STEPS = 200_000
"""Of drawing, on all pages: a form needs some thousands, and time grows with them."""
_MOST_FIELDS = 500
_LONGEST = 4_000
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": 20_000_000,
    "array_based_stream_maximum_output_length": 5_000_000,
    "array_maximum_element_count": 20_000,
    "dictionary_maximum_element_count": 5_000,
    "lzw_maximum_output_length": 5_000_000,
    "run_length_maximum_output_length": 5_000_000,
    "zlib_maximum_output_length": 5_000_000,
    "zlib_maximum_recovery_input_length": 100_000,
    "brotli_maximum_output_length": 5_000_000,
    "stream_filters_maximum_length": 4,
    "stream_decoding_work_maximum_length": 20_000_000,
    "stream_parsing_work_maximum_count": _MOST_STEPS,
    "page_tree_maximum_entries": 1_000,
    "page_tree_maximum_page_entries": 1_000,
    "page_tree_maximum_depth": 20,
    "form_fields_maximum_entries": _MOST_FIELDS,
    "form_fields_maximum_depth": 20,
    "xform_maximum_invocations_per_extraction": 100,
    "jbig2dec_binary": None,
    "disable_legacy_handling": True,
}
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_own = logging.getLogger("pypdf")
_own.addHandler(logging.NullHandler())
_own.propagate = False  # it quotes what it cannot read


class PdfLine(Struct, frozen=True):
    text: str
    source: str
    """`page 1, line 4`"""


class PdfField(Struct, frozen=True):
    """A field that somebody filled in."""

    name: str
    text: str
    source: str


class Pdf(Struct, frozen=True):
    lines: list[PdfLine]
    fields: list[PdfField]


class _TooMuch(Exception):
    pass


def read_pdf(raw: bytes) -> Pdf:
    """Raises `Unreadable`."""
    if b"%PDF-" not in raw[:1_024]:
        raise Unreadable(NO_PDF)
    with pypdf.apply_configuration(**_LIMITS):
        try:
            reader = pypdf.PdfReader(
                io.BytesIO(raw), root_object_recovery_limit=500, xref_stream_maximum_entries=50_000
            )
            if reader.is_encrypted and not reader.decrypt(""):
                raise Unreadable(LOCKED)
            return Pdf(lines=_lines(reader), fields=_fields(reader))
        except Unreadable:
            raise
        except (_TooMuch, pypdf.errors.LimitReachedError) as error:
            raise Unreadable(TOO_LARGE) from error
        except pypdf.errors.DependencyError as error:  # for its cipher
            raise Unreadable(LOCKED) from error
        except Exception as error:  # the library promises nothing about hostile bytes; we do
            raise Unreadable(NO_PDF) from error


def _lines(reader: pypdf.PdfReader) -> list[PdfLine]:
    if len(reader.pages) > _MOST_PAGES:
        raise _TooMuch
    steps = 0

    def count(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS:
            raise _TooMuch

    found = []
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text(visitor_operand_before=count).translate(_LIGATURES)
        said = [line.strip() for line in text.split("\n")]
        kept = [line[:_LONGEST] for line in said if line]
        found += [PdfLine(line, f"page {number}, line {n}") for n, line in enumerate(kept, start=1)]
    return found


def _fields(reader: pypdf.PdfReader) -> list[PdfField]:
    found = []
    for name, one in (reader.get_fields() or {}).items():
        label = str(one.get("/TU") or one.get("/T") or name).strip()
        value = one.get("/V")
        text = str(value if value is not None else "").replace("\r\n", "\n").replace("\r", "\n").strip()
        if one.get("/FT") == "/Btn":
            text = "" if text in ("", "/Off") else f"☒ {text.removeprefix('/')}"
        if label and text and not text.startswith("/"):
            found.append(PdfField(label[:200], text[:_LONGEST], f"field {label[:60]}"))
    return found
