"""Notices in a CSV file, one a row, by the columns that the profile names."""

import io
import re
from collections.abc import Callable
from typing import Any

from adapters.formats.csv_rows import csv_rows
from adapters.formats.days import NoTime, day_of
from adapters.formats.finding import Finding, found
from adapters.formats.rows import BrokenRow, Row
from adapters.formats.said import Said, said
from adapters.systems.prison.profile import Prison
from schemas.drafts import Draft, DraftRelease, Found, RefusedRow
from schemas.errors import Unreadable

MOST_ROWS = 20_000
FREE_TEXT = ("address",)
DAYS = ("birth_date", "release_on", "until")
WORDS = ("gender", "kind", "rosh")
YES, NO = ("y", "yes", "true", "1"), ("n", "no", "false", "0")
_PLAIN = re.compile(r"[\W_]+")


class Unfit(Exception):
    """Where, and what to put right."""

    def __init__(self, column: str, why: str) -> None:
        self.column = column
        super().__init__(why)


def read_file(finding: Finding, raw: bytes, profile: Prison) -> tuple[list[Draft], list[RefusedRow]]:
    """Raises `Unreadable` where the first row does not hold the columns needed."""
    rows = csv_rows(io.BytesIO(raw), profile.encoding, profile.delimiter)
    columns = _columns(next(rows, None), profile)
    drafts: list[Draft] = []
    refused: list[RefusedRow] = []
    for row in rows:
        if isinstance(row, BrokenRow):
            refused.append(RefusedRow(line=row.line, column="the whole row", why=row.why))
            continue
        try:
            drafts.append(_notice(finding, row, columns, profile))
        except Unfit as error:
            refused.append(RefusedRow(line=row.line, column=error.column, why=str(error)))
        if len(drafts) + len(refused) > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS} rows. Send it in parts.")
    if not drafts and not refused:
        finding.problem(None, "The file has its headings and no rows.")
    return drafts, refused


def _columns(row: Row | BrokenRow | None, profile: Prison) -> dict[str, tuple[int, str]]:
    """Field → its place and its heading."""
    cells = row.cells if isinstance(row, Row) else []
    there = {_bare(cell): place for place, cell in reversed([*enumerate(cells)]) if _bare(cell)}
    wanted = {field: str(name) for field, name in profile.fields.items()}
    places = {field: there[_bare(name)] for field, name in wanted.items() if _bare(name) in there}
    columns = {field: (place, cells[place].strip()[:60]) for field, place in places.items()}
    lacking = [wanted[field] for field in profile.needed if field in wanted and field not in columns]
    if lacking or not columns:
        raise Unreadable(
            f"These columns of a file of release notices are missing: {', '.join(lacking)}. Send it with them."
        )
    return columns


def _bare(heading: str) -> str:
    return _PLAIN.sub("", heading[:200].casefold())


def _notice(finding: Finding, row: Row, columns: dict[str, tuple[int, str]], profile: Prison) -> DraftRelease:
    values: dict[str, Found[Any] | None] = {}
    for field, (place, heading) in columns.items():
        cell = row.cells[place] if place < len(row.cells) else ""
        if place in row.formulas and field not in FREE_TEXT:
            raise Unfit(heading, "This is a formula. Put its value there, as plain text.")
        words = said(" ".join(cell.split()), f"line {row.line}, column {heading}")
        if words is None and field in profile.needed:
            raise Unfit(heading, "It is empty, and a notice without it means nothing.")
        values[field] = _value(finding, field, words, heading, profile) if words else None
    if not any(values.get(name) for name in ("name", "crn", "noms", "pnc")):
        raise Unfit("the whole row", "It says of nobody that they are released. Give a prison number, a CRN or a name.")
    return DraftRelease(**values)


def _value(finding: Finding, field: str, words: Said, heading: str, profile: Prison) -> Found[Any] | None:
    if field in WORDS:
        return finding.word(DraftRelease, field, words)
    for names, reader in _READERS.items():
        if field in names:
            try:
                return found(reader(words.text, profile), words)
            except (NoTime, ValueError) as error:
                raise Unfit(heading, _WRITE[names]) from error
    return finding.text(words)


def _yes(words: str, _: Prison) -> bool:
    if words.casefold() not in YES + NO:
        raise ValueError
    return words.casefold() in YES


def _whole(words: str, _: Prison) -> int:
    if not (words.isascii() and words.isdigit()) or len(words) > 9:
        raise ValueError
    return int(words)


def _list(words: str, _: Prison) -> list[str]:
    return [one.strip() for one in re.split(r"[;|]", words) if one.strip()]


def _day(words: str, profile: Prison) -> Any:
    return day_of(words, profile.zone, profile.dates)


_READERS: dict[tuple[str, ...], Callable[[str, Prison], Any]] = {
    DAYS: _day,
    ("nights", "version"): _whole,
    ("needs",): _list,
    ("reside_where_approved",): _yes,
}
_WRITE = {
    DAYS: "This is no date. Write it as 2026-12-18 or 18/12/2026.",
    ("nights", "version"): "This is no whole number. Write it in figures.",
    ("needs",): "These are no codes. Put a semicolon between them.",
    ("reside_where_approved",): "Write yes or no.",
}
