"""A record to a file of one row, below its headings."""

from typing import Any

from adapters.formats.csv_rows import csv_bytes
from adapters.formats.fixed_rows import fixed_bytes
from adapters.formats.xlsx_write import xlsx_bytes
from adapters.systems.areafile.profile import AreaFile, headings
from adapters.systems.areafile.values import value_writer
from schemas.drafts import Draft, values_of
from schemas.errors import Refused


def write(draft: Draft, profile: AreaFile) -> bytes:
    """Fields that the profile does not name are left out. Raises `Refused` for what its columns cannot hold."""
    if not isinstance(draft, profile.kind):
        raise Refused(f"The profile {profile.name} has rows of the kind {profile.file.record} only.")
    said = values_of(draft)
    lacking = [name for name in profile.file.needed if name not in said]
    if lacking:
        raise Refused(f"The profile {profile.name} needs {', '.join(lacking)}, which this record does not have.")
    columns = profile.columns
    for name, word in profile.file.always.items():
        if name not in columns and str(said.get(name, word)) != word:
            raise Refused(f"Every row of the profile {profile.name} has the {name} “{word}”; this record has another.")
    cells: list[str] = []
    for name, parts in columns.items():
        cells += _spread(_written(profile, name, said[name]), len(parts)) if name in said else [""] * len(parts)
    names = [headings(one)[0] for parts in columns.values() for one in parts]
    try:
        return _bytes(profile, names, cells)
    except UnicodeEncodeError as error:
        raise Refused(f"There are letters that {profile.file.encoding} does not have.") from error


def _bytes(profile: AreaFile, names: list[str], cells: list[str]) -> bytes:
    layout = profile.file
    match layout.formats[0]:
        case "fixed":
            return fixed_bytes(cells, list(layout.places.values()), layout.width, layout.encoding)
        case "xlsx":
            return xlsx_bytes([names, cells], layout.sheet or "Records")
        case _:
            return csv_bytes([names, cells], layout.encoding, layout.delimiter)


def _written(profile: AreaFile, name: str, value: Any) -> str:
    return " ".join(value_writer(profile, name)(value).split())


def _spread(words: str, columns: int) -> list[str]:
    """Over so many columns: the last word into the last, and what is left over into the first."""
    parts = words.rsplit(" ", columns - 1) if columns > 1 else [words]
    return [""] * (columns - len(parts)) + parts
