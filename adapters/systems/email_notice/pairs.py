"""Labelled lines and tables: which words are the label, and which the value."""

import re
from collections.abc import Iterator

from msgspec import Struct

from adapters.systems.email_notice.clues import Line
from adapters.systems.email_notice.labels import fields_of, label_at_end, normal
from adapters.systems.email_notice.places import POSTCODE

_COLON = re.compile(r"(?<!\d):(?!//)|(?<=\d):(?!\d|//)|=")
_DASH = re.compile(r"\s[-–—]{1,2}\s")
_RULE = re.compile(r"^[\s|:+=-]{3,}$")
_LONGEST_ADDRESS = 5
"""Lines."""


class Pair(Struct, frozen=True):
    """A label's fields and the words that follow it. No fields: a label whose value is not wanted."""

    fields: tuple[str, ...]
    value: str
    source: str
    row: int = 0
    """For a table with its labels on top, which row, counted from 1: each is about one person."""


def pairs_and_prose(lines: list[Line]) -> list[Pair | Line]:
    """In the order of the message: what is labelled, and the lines that are not."""
    found: list[Pair | Line] = []
    at = 0
    while at < len(lines):
        if _victims_heading(lines[at].text):
            at = _after_block(lines, at)
            continue
        items, at = _read_at(lines, at)
        found.extend(items)
    return found


def _read_at(lines: list[Line], at: int) -> tuple[list[Pair | Line], int]:
    cells = _cells(lines[at].text)
    if len(cells) < 2:
        return _labelled_line(lines, at)
    if _is_head(lines, at, cells):
        return _rows_below(lines, at, cells)
    return list(_across(cells, lines[at].source)), at + 1


def _cells(text: str) -> list[str]:
    if "\t" in text.strip():
        return [cell.strip() for cell in text.split("\t")]
    if text.strip().startswith("|") or text.count(" | ") > 1:
        return [cell.strip() for cell in text.strip().strip("|").split("|")]
    return [text]


def _is_head(lines: list[Line], at: int, cells: list[str]) -> bool:
    """Labels only, and beneath them a row that is no label."""
    known = sum(fields_of(cell) is not None for cell in cells)
    if known < 2 or known * 2 <= len(cells):
        return False
    below = next((_cells(line.text) for line in lines[at + 1 : at + 4] if not _RULE.match(line.text)), [])
    return len(below) == len(cells) and sum(fields_of(cell) is not None for cell in below) * 2 < len(below)


def _rows_below(lines: list[Line], at: int, head: list[str]) -> tuple[list[Pair | Line], int]:
    found: list[Pair | Line] = []
    row = 0
    at += 1
    while at < len(lines):
        cells = _cells(lines[at].text)
        if not _RULE.match(lines[at].text):
            if len(cells) != len(head):
                break
            row += 1
            source = f"{lines[at].source} (table row {row})"
            found += [Pair(fields_of(label) or (), cell, source, row) for label, cell in zip(head, cells, strict=True)]
        at += 1
    return found, at


def _across(cells: list[str], source: str) -> Iterator[Pair]:
    at = 0
    while at < len(cells):
        fields = fields_of(cells[at])
        if fields is not None and at + 1 < len(cells):
            yield Pair(fields, cells[at + 1], source)
            at += 1
        elif fields is None:
            for _, _, value_fields, value in _inline(cells[at]):
                yield Pair(value_fields, value, source)
        at += 1


def _labelled_line(lines: list[Line], at: int) -> tuple[list[Pair | Line], int]:
    line = lines[at]
    found = list(_inline(line.text)) or _dashed(line.text)
    if not found:
        return [line], at + 1
    items: list[Pair | Line] = []
    if before := line.text[: found[0][0]].strip():
        items.append(Line(before, line.source))
    pairs = [Pair(fields, value, line.source) for _, _, fields, value in found]
    last, after = _continued(pairs[-1], lines, at)
    return [*items, *pairs[:-1], last], after


def _inline(text: str) -> list[tuple[int, int, tuple[str, ...], str]]:
    """For each label with a colon: where it begins, where its value begins, its fields, its value."""
    labels: list[tuple[int, int, tuple[str, ...]]] = []
    past = 0
    for colon in _COLON.finditer(text):
        if known := label_at_end(text[past : colon.start()]):
            labels.append((past + known[0], colon.end(), known[1]))
            past = colon.end()
    ends = [start for start, _, _ in labels[1:]] + [len(text)] * bool(labels)
    return [
        (start, begin, fields, text[begin:end].strip(" \t,;*_"))
        for (start, begin, fields), end in zip(labels, ends, strict=True)
    ]


def _dashed(text: str) -> list[tuple[int, int, tuple[str, ...], str]]:
    """`Release date - 27 December`, or a label alone on its line with a dash or nothing after it."""
    dash = _DASH.search(text[:80])
    label = text[: dash.start()] if dash else text[:80]
    fields = fields_of(label)
    if fields is None or (dash is None and len(text) > 60):
        return []
    return [(0, dash.end() if dash else len(text), fields, text[dash.end() :].strip() if dash else "")]


def _continued(pair: Pair, lines: list[Line], at: int) -> tuple[Pair, int]:
    """With the lines that belong to the value: the next one when there is none yet, and an address to its postcode."""
    if pair.value and ("address" not in pair.fields or POSTCODE.search(pair.value.upper())):
        return pair, at + 1
    said = [pair.value] if pair.value else []
    after = at + 1
    for ahead in range(at + 1, min(at + 1 + _LONGEST_ADDRESS, len(lines))):
        text = lines[ahead].text.strip()
        if _ends_value(text) and not (not text and not said):
            break
        said += [text] if text else []
        if said and ("address" not in pair.fields or POSTCODE.search(text.upper())):
            return Pair(pair.fields, "\n".join(said), pair.source), ahead + 1
        if not pair.value and len(said) == 1:
            after = ahead + 1
    if pair.value or not said:
        return pair, at + 1
    return Pair(pair.fields, said[0], pair.source), after


def _ends_value(text: str) -> bool:
    return not text or len(_cells(text)) > 1 or bool(_inline(text)) or bool(_dashed(text))


def _victims_heading(text: str) -> bool:
    label = normal(text[:60])
    return label.startswith(("victim", "dioddefwr")) and len(text) < 60 and not text.rstrip().endswith(".")


def _after_block(lines: list[Line], at: int) -> int:
    """Past the lines under a victim's heading: nothing of a victim is read."""
    if ":" in lines[at].text.rstrip(" :") or "\t" in lines[at].text.strip():
        return at + 1
    at += 1
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    while at < len(lines) and lines[at].text.strip():
        at += 1
    return at
