"""Compiles the postcodes into one sorted file that is mapped, not loaded. `python -m bedspace.geography.compile`."""

import os
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Literal

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bedspace.geography import source

MAGIC = b"BEDSPC02"
HEAD = 16
"""Magic, then the length of the header as eight bytes; the header; then the arrays, each at a multiple of 64."""


Kind = Literal["H", "I", "i", "d"]
KINDS: dict[str, Kind] = {"uint16": "H", "uint32": "I", "int32": "i", "float64": "d"}


class Section(Struct, frozen=True):
    """Where an array stands, its length in bytes, and the kind of one item as `memoryview.cast` takes it."""

    at: int
    bytes: int
    kind: Kind


class Header(Struct, frozen=True, kw_only=True):
    """What the file holds. `size` is of the whole file, in bytes."""

    source: str
    as_of: str
    size: int = 0
    outward: list[str]
    """In the order of their rows; `start` has one more item than this."""
    authorities: list[str]
    """GSS codes; a row names one by its place in this list."""
    elsewhere: list[str]
    """Outward codes of Scotland, Northern Ireland and the islands alone."""
    sections: dict[str, Section] = {}


Arrays = dict[str, NDArray[Any]]


def compile_postcodes(target: Path) -> None:
    """Write the file whole or not at all; readers of an older one keep it."""
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as threads:  # numpy and brotli let other threads run
        header, arrays = _sorted(list(threads.map(source.read, source.files())))
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=target.name, delete=False) as file:
        try:
            _write(file, header, arrays)
            file.close()
            Path(file.name).chmod(0o644)
            Path(file.name).replace(target)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _sorted(parts: list[source.Rows]) -> tuple[Header, Arrays]:
    key = np.concatenate([part.outward.astype(np.uint64) << 16 | part.inward for part in parts])
    order = np.argsort(key, kind="stable")  # each part is sorted: a merge
    outward = np.concatenate([part.outward for part in parts])[order]
    start = np.flatnonzero(np.diff(outward, prepend=np.uint32(0)))
    codes = outward[start]
    authorities, authority = _numbered(np.concatenate([part.gss for part in parts]))
    lat = np.concatenate([part.lat for part in parts])[order]
    lon = np.concatenate([part.lon for part in parts])[order]
    count = np.diff(start, append=len(outward))
    header = Header(
        source=source.NAME,
        as_of=source.AS_OF,
        outward=_text(codes),
        authorities=authorities,
        elsewhere=_text(np.setdiff1d(np.concatenate([part.elsewhere for part in parts]), codes)),
    )
    return header, {
        "inward": np.concatenate([part.inward for part in parts])[order],
        "authority": authority[order],
        "lat": lat,
        "lon": lon,
        "start": np.append(start, len(outward)).astype(np.uint32),
        "centre_lat": np.add.reduceat(lat, start, dtype=np.int64) / count / source.PLACES,
        "centre_lon": np.add.reduceat(lon, start, dtype=np.int64) / count / source.PLACES,
    }


def _numbered(gss: NDArray[np.bytes_]) -> tuple[list[str], NDArray[np.uint16]]:
    """The distinct codes, and each row's place among them. Neighbours share one, so only the changes are compared."""
    changes = np.flatnonzero(np.append(True, gss[1:] != gss[:-1]))  # the first row begins a run
    codes, places = np.unique(gss[changes], return_inverse=True)
    return [code.decode() for code in codes], np.repeat(places, np.diff(changes, append=len(gss))).astype(np.uint16)


def _text(codes: Iterable[np.uint32]) -> list[str]:
    return [int(code).to_bytes(4, "big").decode().rstrip() for code in codes]


def _write(file: IO[bytes], header: Header, arrays: Arrays) -> None:
    """The header tells where each array stands, so room for it is kept first."""
    at = _padded(HEAD + len(msgspec.json.encode(header)) + 1000)
    sections = {}
    for name, array in arrays.items():
        sections[name] = Section(at=at, bytes=array.nbytes, kind=KINDS[array.dtype.name])
        at += _padded(array.nbytes)
    head = msgspec.json.encode(msgspec.structs.replace(header, sections=sections, size=at))
    file.write(MAGIC + len(head).to_bytes(8, "big") + head)
    for name, array in arrays.items():
        file.seek(sections[name].at)
        file.write(array.data)
    file.truncate(at)


def _padded(size: int) -> int:
    return -(-size // 64) * 64


def main(data: str = ".bedspace") -> None:
    """For set-up and for images: compile where `make run` would look."""
    from bedspace.geography.postcodes import open_postcodes  # noqa: PLC0415  # it needs this module

    opened = open_postcodes(Path(data))
    sys.stdout.write(f"{len(opened)} postcodes ({opened.source}) in {opened.path}\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
