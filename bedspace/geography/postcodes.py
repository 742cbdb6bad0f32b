"""Every postcode of England and Wales, looked up in a file that is mapped, not loaded."""

import fcntl
import mmap
import os
import sys
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from bedspace.geography import source
from bedspace.geography.compile import HEAD, MAGIC, Header, compile_postcodes
from bedspace.geography.shape import halves, outward_code, sector
from schemas.errors import Invalid, Unavailable


class Place(Struct, frozen=True):
    """A postcode, as it is written, and where it is."""

    postcode: str
    lat: float
    lon: float
    gss: str
    """Code of its local authority (ONS): `E08000035`."""


class Point(Struct, frozen=True):
    """A point in degrees, and what it stands for: a postcode, or the middle of an outward code."""

    lat: float
    lon: float
    label: str


class Postcodes:
    """Look-ups in a compiled file. Open one with `open_postcodes`."""

    def __init__(self, path: Path, header: Header, mapped: mmap.mmap) -> None:
        self.path = path
        self.source = f"{header.source}, {header.as_of}"
        self.as_of = header.as_of
        self.authorities = header.authorities
        self._outward = header.outward
        self._row_of = {code: row for row, code in enumerate(header.outward)}
        self._elsewhere = frozenset(header.elsewhere)
        columns: dict[str, memoryview[Any]] = {
            name: memoryview(mapped)[section.at : section.at + section.bytes].cast(section.kind)
            for name, section in header.sections.items()
        }
        self._inward, self._authority = columns["inward"], columns["authority"]
        self._lat, self._lon = columns["lat"], columns["lon"]
        self._centre_lat, self._centre_lon = columns["centre_lat"], columns["centre_lon"]
        self._start: list[int] = columns["start"].tolist()

    def __len__(self) -> int:
        return len(self._inward)

    def find(self, text: str) -> Place | None:
        """The place of a full postcode, in any spacing and case; None when it is not one in England and Wales."""
        both = halves(text)
        row = self._find(*both) if both else None
        if both is None or row is None:
            return None
        return Place(
            f"{both[0]} {both[1]}",
            self._lat[row] / source.PLACES,
            self._lon[row] / source.PLACES,
            self.authorities[self._authority[row]],
        )

    def _find(self, outward: str, inward: str) -> int | None:
        block = self._row_of.get(outward)
        if block is None:
            return None
        start, end = self._start[block], self._start[block + 1]
        wanted = int(inward[0]) * 676 + (ord(inward[1]) - 65) * 26 + ord(inward[2]) - 65
        row = bisect_left(self._inward, wanted, start, end)
        return row if row < end and self._inward[row] == wanted else None

    def code_at(self, row: int) -> str:
        """The postcode of a row, rows being in the order of their postcodes."""
        block = bisect_right(self._start, row) - 1
        letters, last = divmod(self._inward[row], 26)
        digit, first = divmod(letters, 26)
        return f"{self._outward[block]} {digit}{chr(65 + first)}{chr(65 + last)}"

    def point(self, near: str) -> Point:
        """The point of a full postcode, or the mean of all postcodes of an outward code. Raises `Invalid`."""
        place = self.find(near)
        if place:
            return Point(place.lat, place.lon, place.postcode)
        block = self._row_of.get(outward_code(near) or "")
        if block is None:
            raise Invalid.because("near", self.why_not(near))
        return Point(self._centre_lat[block], self._centre_lon[block], outward_code(near) or near)

    def is_district(self, outward: str) -> bool:
        """Whether this is an outward code in use in England and Wales."""
        return outward in self._row_of

    def districts(self) -> list[tuple[float, float]]:
        """Latitude and longitude of the middle of every outward code, which together look like the land."""
        return list(zip(self._centre_lat.tolist(), self._centre_lon.tolist(), strict=True))

    def authorities_of(self, outward: str) -> list[str]:
        """GSS codes of the local authorities that an outward code lies in; empty when there is no such code."""
        block = self._row_of.get(outward_code(outward) or "")
        if block is None:
            return []
        places = set(self._authority[self._start[block] : self._start[block + 1]].tolist())
        return [self.authorities[place] for place in sorted(places)]

    def authorities_of_sector(self, sector: str) -> list[str]:
        """GSS codes of the local authorities that a postcode sector, `LS1 4`, lies in; empty when there is none."""
        outward, _, digit = sector.partition(" ")
        block = self._row_of.get(outward)
        if block is None:
            return []
        first, end = self._start[block], self._start[block + 1]
        low = bisect_left(self._inward, int(digit) * 676, first, end)
        high = bisect_left(self._inward, (int(digit) + 1) * 676, low, end)
        return [self.authorities[place] for place in sorted(set(self._authority[low:high].tolist()))]

    def sectors_of(self, gss: str) -> dict[str, int]:
        """Every postcode sector that lies in a local authority, with how many of its postcodes do."""
        if gss not in self.authorities:
            return {}
        rows = np.flatnonzero(np.asarray(self._authority) == self.authorities.index(gss))
        blocks = np.searchsorted(self._start, rows, side="right") - 1
        digits = np.asarray(self._inward)[rows] // 676
        found = Counter(zip(blocks.tolist(), digits.tolist(), strict=True))
        return {f"{self._outward[block]} {digit}": count for (block, digit), count in found.items()}

    def why_not(self, text: str) -> str:
        """Why there is no such postcode, sector or outward code here, and what to do."""
        which = sector(text)
        both = None if which else halves(text)
        outward = which.split()[0] if which else both[0] if both else outward_code(text)
        shown = which or (" ".join(both) if both else outward)
        if outward is None:
            return "That is not a postcode. Give one such as LS1 4AP, or the first half of one, such as LS1."
        if outward in self._elsewhere:
            return f"{shown} is outside England and Wales, which is all that is covered here."
        if both and outward in self._row_of:
            return (
                f"{shown} is not a postcode in use in England and Wales. Check it, or give its first half, {outward}."
            )
        what = "postcode sector" if which else "postcode"
        return f"{shown} is not a {what} in use in England and Wales. Check it."


def open_postcodes(data: Path) -> Postcodes:
    """The compiled postcodes, compiled first where there are none yet (a second or two).

    The file lies beside the installed packages where that can be written, else in `data`. Any number of processes
    may open at once: one compiles, the others wait. Raises `Unavailable`.
    """
    for folder in (_shared(), data):
        opened = _open(folder / _name())
        if opened:
            return opened
    folder = compiled_in(data)
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        opened = _open(folder / _name())
        if opened is None:
            compile_postcodes(folder / _name())
            opened = _open(folder / _name())
    finally:
        os.close(lock)
    if opened is None:
        raise Unavailable(f"The postcodes could not be compiled into {folder}. Look whether its disk is full.")
    return opened


def compiled_in(data: Path) -> Path:
    """The first folder of the two that can be written, made where it is missing. Raises `Unavailable`."""
    for folder in (_shared(), data):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise Unavailable(f"Neither {_shared()} nor {data} can be written, and the postcodes are not compiled yet.")


def _shared() -> Path:
    return Path(sys.prefix) / "share" / "bedspace"


def _name() -> str:
    """Named by the data it was made of, so that newer data is compiled anew."""
    made_of = [(path.name, path.stat().st_size) for path in source.files()]
    return f"postcodes-{zlib.crc32(repr(made_of).encode()):08x}.bin"


def _open(path: Path) -> Postcodes | None:
    """None when the file is missing, cut off, or of another version."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if mapped[:8] != MAGIC:
            return None
        length = int.from_bytes(mapped[8:HEAD], "big")
        header = msgspec.json.decode(mapped[HEAD : HEAD + length], type=Header)
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    return Postcodes(path, header, mapped) if header.size == len(mapped) else None
