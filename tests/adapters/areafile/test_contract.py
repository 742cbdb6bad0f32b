"""Files of areas keep the promises of every system, with each profile that is shipped."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from adapters.formats.xlsx_write import xlsx_bytes
from adapters.systems import areafile
from tests.contract.suite import SystemContract

FIXTURES = Path(__file__).parent / "fixtures"


class Made(io.RawIOBase):
    """Bytes that are made as they are read."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any, /) -> int:
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = part
        some, self._left = self._left[: len(into)], self._left[len(into) :]
        into[: len(some)] = some
        return len(some)


def long_file(head: str, line: Callable[[int], str], records: int) -> BinaryIO:
    parts = (line(n).encode() for n in range(records))
    return io.BufferedReader(Made(iter([head.encode()]) if not records else _after(head.encode(), parts)))


def _after(head: bytes, parts: Iterator[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from parts


def lying_about_its_size() -> bytes:
    """A workbook whose directory says that its strings are small; they are 400 MB."""
    packed = io.BytesIO(xlsx_bytes([["CRN", "Name", "Move date", "To"]], "x"))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst>" + b" " * 40_000_000 + b"</sst>")
    raw = bytearray(packed.getvalue())
    size = struct.pack("<L", 40_000_011)
    at = -1
    while (at := raw.find(size, at + 1)) != -1:
        raw[at : at + 4] = struct.pack("<L", 100)
    return bytes(raw)


def bomb(part: str, text: bytes) -> bytes:
    """A workbook with one part of our making."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_bytes([["CRN"]], "x"))) as sound,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sound.namelist():
            archive.writestr(name, text if name == part else sound.read(name))
        if part not in sound.namelist():
            archive.writestr(part, text)
    return packed.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row><c><v>&j;</v></c>"
    b"</row></sheetData></worksheet>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>'
MAIN = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
HOSTILE_SHEETS = (
    lying_about_its_size(),
    bomb("xl/sharedStrings.xml", b"<sst>" + b" " * 200_000_000 + b"</sst>"),
    bomb("xl/worksheets/sheet1.xml", LAUGHS),
    bomb("xl/workbook.xml", OUTSIDE),
    bomb("xl/worksheets/sheet1.xml", MAIN + b"<row>" * 100_000),
    bomb("xl/worksheets/sheet1.xml", MAIN + b"<row/>" * 200_000 + b"</sheetData></worksheet>"),
    bomb("xl/worksheets/sheet1.xml", MAIN + b"<row><c r='ZZZZ9'><v>1</v></c></row></sheetData></worksheet>"),
    bomb(
        "xl/worksheets/sheet1.xml",
        MAIN + b"<row r='99999999999999'>" + b"<c/>" * 500_000,
    ),
    bomb("xl/styles.xml", b"<styleSheet>" + b"<numFmt formatCode='" + b"[" * 100_000 + b"'/></styleSheet>"),
    bomb(
        "xl/_rels/workbook.xml.rels",
        b'<Relationships><Relationship Id="rId1" Target="../../../etc/passwd"/></Relationships>',
    ),
)
HOSTILE_TEXT = (
    b'"' * 1_000_001,
    b'"\n' * 200_000,
    b"," * 900_000,
    b"CRN,Name,Move date,To\n" + b'"' + b"a\n" * 300_000,
    b"CRN,Name,Move date,To\n" + b"=1+1,@x,-2,+3\n" * 30_000,
    b"\xff\xfe" + b"\0" * 500_000,
    b"\xef\xbb\xbf" + b"\r" * 500_000,
)


class TestCrams(SystemContract):
    system = areafile.SYSTEM
    profile = "crams"
    fixtures = FIXTURES / "crams"
    suffix = ".csv"
    hostile = HOSTILE_TEXT
    long = staticmethod(
        partial(
            long_file,
            "TRANSFER_ID,CRN,FORENAMES,SURNAME,TRANSFER_DATE,TO_POSTCODE,STATUS\r\n",
            lambda n: f"NT/{n},X{n % 1_000_000:06},Robin,Invented,{'18/12/2026' if n % 7 else 'soon'},LS1 4AP,R\r\n",
        )
    )


class TestCramsInFixedWidth(SystemContract):
    system = areafile.SYSTEM
    profile = "crams_fixed"
    fixtures = FIXTURES / "crams_fixed"
    suffix = ".txt"
    hostile = HOSTILE_TEXT
    long = staticmethod(
        partial(
            long_file,
            "",
            lambda n: f"{n:<10}X{n % 1_000_000:06}{'Robin Invented':<40}{'':<9}CT18122026{'':<8}LS1 4AP\n",
        )
    )


class TestTracker(SystemContract):
    system = areafile.SYSTEM
    profile = "tracker"
    fixtures = FIXTURES / "tracker"
    suffix = ".csv"
    hostile = (*HOSTILE_TEXT, *HOSTILE_SHEETS)
    long = staticmethod(
        partial(
            long_file,
            "Ref,CRN,Name,Type,To,Move date,Status\n",
            lambda n: f"{n},X{n % 1_000_000:06},Robin Invented,Transfer,Leeds,18/12/2026,Open\n",
        )
    )


class TestSalsa(SystemContract):
    system = areafile.SYSTEM
    profile = "salsa"
    fixtures = FIXTURES / "salsa"
    suffix = ".csv"
    long = staticmethod(
        partial(
            long_file,
            "SESSION_REF,CRN,SESSION_DATE,SESSION_TIME,ATTENDANCE\n",
            lambda n: f"S-{n},X123456,24/10/2026,09:30,A\n",
        )
    )


class TestVisor(SystemContract):
    system = areafile.SYSTEM
    profile = "visor"
    fixtures = FIXTURES / "visor"
    suffix = ".csv"
    long = staticmethod(
        partial(
            long_file,
            "VISOR_REF,FORENAMES,SURNAME,REGISTERED_ON\n",
            lambda n: f"V-{n},Robin,Invented,04/05/2021\n",
        )
    )
