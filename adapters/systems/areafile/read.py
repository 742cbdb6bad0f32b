"""A file to drafts, a row each. What is wrong in a row is said with its line and column, and the rest is read."""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, get_args

from msgspec import Struct

from adapters.contract import Record
from adapters.formats.rows import BrokenRow, Row
from adapters.systems.areafile.profile import FREE_TEXT, AreaFile
from adapters.systems.areafile.tables import Table, tables_of
from adapters.systems.areafile.values import NoWord, Unfit, value_reader
from schemas.drafts import Draft, Found, Reading, RefusedRow, Unmapped
from schemas.errors import Unreadable

MOST_ROWS = 20_000
"""That are held at once. A longer file is streamed."""
MOST_REFUSED = 1_000
LONGEST_CODE = 40


class Column(Struct, frozen=True):
    """A field, where it stands, and how its words are read."""

    field: str
    places: tuple[int, ...]
    source: str
    """In words, without the line."""
    value: Callable[[str], Any]
    needed: bool
    free: bool


def read(raw: bytes, profile: AreaFile) -> Reading:
    """Raises `Unreadable` for what is no such file, and nothing else."""
    drafts: list[Draft] = []
    refused: list[RefusedRow] = []
    unmapped = Counter[tuple[str, str]]()
    for record in stream(io.BytesIO(raw), profile):
        if isinstance(record, RefusedRow):
            refused.append(record)
        elif isinstance(record, Unmapped):
            unmapped[record.field, record.code] += 1
        else:
            drafts.append(record)
        if len(drafts) + len(refused) > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS} rows. Send it in parts.")
    codes = [Unmapped(field=name, code=code, times=times) for (name, code), times in sorted(unmapped.items())]
    nothing = [] if drafts or refused else ["The file has its headings and no rows."]
    return Reading(drafts=drafts, refused=refused, unmapped=codes, problems=nothing)


def stream(file: BinaryIO, profile: AreaFile) -> Iterator[Record]:
    """Row by row: a draft, or why there is none; before a draft, its codes that have no word."""
    for table in tables_of(file, profile):
        columns = _columns(table, profile)
        records = _records(table, columns, profile)
        yield from records if table.told_apart else _only_its_own(records, profile.file.needed)


def _only_its_own(records: Iterator[Record], needed: tuple[str, ...]) -> Iterator[Record]:
    """Without headings a file is one of ours when a whole row of it can be read; until then nothing is said."""
    waiting: list[Record] = []
    for record in records:
        waiting.append(record)
        if isinstance(record, get_args(Draft)) and all(getattr(record, name) for name in needed):
            yield from waiting
            yield from records
            return
        if len(waiting) > MOST_REFUSED:
            break
    raise Unreadable("None of its lines is of this layout. Send the file as it was exported.")


def _columns(table: Table, profile: AreaFile) -> list[Column]:
    return [
        Column(
            field=name,
            places=places,
            source=table.sources[name],
            value=value_reader(profile, name),
            needed=name in profile.file.needed,
            free=name in FREE_TEXT,
        )
        for name, places in table.places.items()
    ]


def _records(table: Table, columns: list[Column], profile: AreaFile) -> Iterator[Record]:
    kind: Any = profile.kind
    always = {
        name: Found(
            value=value_reader(profile, name)(words), text=words, source=f"profile {profile.name}", confidence=1.0
        )
        for name, words in profile.file.always.items()
    }
    for row in table.rows:
        if isinstance(row, BrokenRow):
            yield RefusedRow(line=row.line, column="the whole row", why=row.why)
            continue
        unmapped: list[Unmapped] = []
        found = _found(row, columns, table.prefix, unmapped)
        if isinstance(found, RefusedRow):
            yield found
        else:
            yield from unmapped
            yield kind(**{**always, **found})


def _always(profile: AreaFile, name: str, words: str) -> Found[Any]:
    value = value_reader(profile, name)(words)
    return Found(value=value, text=words, source=f"profile {profile.name}", confidence=1.0)


def _found(
    row: Row, columns: list[Column], prefix: str, unmapped: list[Unmapped]
) -> dict[str, Found[Any]] | RefusedRow:
    """The values of a row, or the first thing for which it is refused."""
    found: dict[str, Found[Any]] = {}
    at = f"{prefix}line {row.line}, "
    cells = row.cells
    for column in columns:
        said = [cells[place] for place in column.places if place < len(cells)]
        words = " ".join(" ".join(said).split())
        if words and row.formulas and not column.free and row.formulas.intersection(column.places):
            why = "This is a formula. Put its value there, as plain text."
            return RefusedRow(line=row.line, column=column.source, why=why)
        if not words:
            if column.needed:
                why = "It is empty, and a row without it means nothing." + _cut(row, column)
                return RefusedRow(line=row.line, column=column.source, why=why)
            continue
        try:
            value = column.value(words)
        except Unfit as error:
            return RefusedRow(line=row.line, column=column.source, why=str(error))
        except NoWord:
            unmapped.append(Unmapped(field=column.field, code=words[:LONGEST_CODE]))
            continue
        found[column.field] = Found(value=value, text=words, source=at + column.source, confidence=1.0)
    return found


def _cut(row: Row, column: Column) -> str:
    return " The row ends before it." if min(column.places) >= len(row.cells) else ""
