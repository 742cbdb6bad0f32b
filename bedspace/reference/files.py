"""Our own files of published facts, in `data/`; `data/sources.toml` says where each comes from and as of when."""

import csv
import hashlib
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from schemas.errors import Unreadable

DATA = Path(__file__).with_name("data")

S = TypeVar("S", bound=Struct)


class Source(Struct, frozen=True):
    """Where a file's facts come from, as of when, and under which licence."""

    source: str
    as_of: date
    licence: str
    note: str = ""


class RegionRow(Struct, frozen=True):
    code: str
    name: str


class PduRow(Struct, frozen=True, rename={"from_": "from"}):
    """`name` is short, without brackets; `title` as published, spelling included; in force `[from, until)`.

    A split one has several successors.
    """

    code: str
    region: str
    name: str
    title: str
    from_: date
    until: date | None
    successor: str | None


class AuthorityRow(Struct, frozen=True, rename={"from_": "from"}):
    """`pdus` holds more than one code for a split authority. `basis`: whether the PDU's title names it."""

    gss: str
    name: str
    pdus: str
    basis: str
    from_: date | None
    until: date | None
    successor: str | None


class PrisonRow(Struct, frozen=True):
    code: str
    type: str
    name: str
    welsh: str | None
    postcode: str | None
    estate: str | None
    active: str


class AreaRow(Struct, frozen=True):
    """An area of 2003 by its Home Office code, its region of today, and the PDUs that cover it today."""

    code: str
    name: str
    region: str
    pdus: str


class CalledRow(Struct, frozen=True):
    """Another name in common use, or the Welsh one. Of a `town` the code is the authority that it lies in."""

    name: str
    kind: str
    code: str


class PlaceRow(Struct, frozen=True):
    """The authorities with a town (10,000 people and more) or a village of the name; several for one on a border."""

    name: str
    town_in: str | None
    village_in: str | None


class ListRow(Struct, frozen=True):
    """An entry of a list that people choose from. `needs_note`: it is not enough without words."""

    list: str
    code: str
    name: str
    parent: str | None
    external_code: str | None
    needs_note: str | None
    reference_kind: str | None


class CharacteristicRow(Struct, frozen=True):
    """Something a room or premises offers. `external_code` is what the case system calls it."""

    code: str
    name: str
    scope: str
    external_code: str | None


class ReferencePremises(Struct, frozen=True):
    """What is public of approved premises. Rooms, gender, type and characteristics are not."""

    name: str
    postcode: str
    beds: int
    ap_area: str


def rows(file: str, kind: type[S]) -> list[S]:
    """The rows of a data file; an empty field is None. Raises `Unreadable` naming the file and line."""
    with (DATA / file).open(newline="", encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        try:
            return [
                msgspec.convert({name: value or None for name, value in row.items()}, kind, strict=False)
                for row in reader
            ]
        except msgspec.ValidationError as error:
            raise Unreadable(f"{file}, line {reader.line_num}: {error}.") from error


@cache
def sources() -> dict[str, Source]:
    """File → source."""
    return msgspec.convert(tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8")), dict[str, Source])


def fingerprint() -> bytes:
    """Of all data files together, and of what turns them into rows."""
    together = hashlib.sha256()
    for path in (*sorted(DATA.glob("*.csv")), *(DATA.with_name(name) for name in ("load.py", "load.sql", "names.py"))):
        content = path.read_bytes()
        together.update(f"{path.name} {len(content)}\n".encode() + content)
    return together.digest()


def premises_of_reference() -> list[ReferencePremises]:
    """The approved premises of England and Wales, as published."""
    return rows("premises.csv", ReferencePremises)
