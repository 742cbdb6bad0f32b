"""A passage cut into units: labelled lines that belong together, rows of a table, paragraphs."""

from collections.abc import Sequence

from adapters.systems.email_notice.clues import Clue, Line, Pair, Reader, Unit
from adapters.systems.email_notice.labelled import labelled_line, pairs_of
from adapters.systems.email_notice.moves import release_clue
from adapters.systems.email_notice.phrases import clues_in, gender_clues
from adapters.systems.email_notice.sentences import after_victims_block, is_victims_heading, sentences
from adapters.systems.email_notice.tables import across, cells_of, is_head, rows_below
from adapters.systems.email_notice.values import clues_of

_LONGEST_LINE = 2_000
_MOST_LINES = 2_000
_BEHIND_A_NAME = frozenset({"crn", "noms", "pnc", "birth_date"})
_BEGINS = frozenset({"name", "crn", "noms", "surname"})
"""A label that begins the next person when the open unit has its value already."""


def units_of(lines: list[Line], reader: Reader) -> list[Unit]:
    """In the order of the message."""
    units: list[Unit] = []
    paragraph: list[Line] = []
    prose: list[Line] = []
    row = 0
    for item in [*_pairs_and_prose(_bounded(lines, reader)), Line("", "")]:
        if isinstance(item, Line) and item.text.strip():
            paragraph.append(item)
            continue
        said = list(sentences(paragraph)) if paragraph else []
        if said:
            units.append(Unit([clue for sentence in said for clue in clues_in(sentence, reader)], prose=True))
        prose += said
        paragraph = []
        if isinstance(item, Pair):
            _add_pair(units, item, reader, fresh=item.row != row)
            row = item.row
    units = [_named(unit) for unit in units if unit.clues]
    return [*units, Unit(gender_clues(prose), prose=True)] if len(units) < 2 or _one_person(units) else units


def _pairs_and_prose(lines: list[Line]) -> list[Pair | Line]:
    """In the order of the message: what is labelled, and the lines that are not."""
    found: list[Pair | Line] = []
    at = 0
    while at < len(lines):
        if is_victims_heading(lines[at].text):
            at = after_victims_block(lines, at)
            continue
        items, at = _read_at(lines, at)
        found.extend(items)
    return found


def _read_at(lines: list[Line], at: int) -> tuple[Sequence[Pair | Line], int]:
    cells = cells_of(lines[at].text)
    if len(cells) < 2:
        return labelled_line(lines, at)
    if is_head(lines, at, cells):
        return rows_below(lines, at, cells)
    return list(across(cells, lines[at].source, pairs_of)), at + 1


def _bounded(lines: list[Line], reader: Reader) -> list[Line]:
    if len(lines) > _MOST_LINES or any(len(line.text) > _LONGEST_LINE for line in lines):
        reader.doubt("The text is very long; only its beginning was read.")
    return [Line(line.text[:_LONGEST_LINE], line.source) for line in lines[:_MOST_LINES]]


def _add_pair(units: list[Unit], pair: Pair, reader: Reader, *, fresh: bool) -> None:
    clues = next((found for field in pair.fields if (found := clues_of(field, pair.value, pair.source, reader))), [])
    again = any(
        clue.field in _BEGINS and units and units[-1].first(clue.field) not in (None, clue.value) for clue in clues
    )
    if fresh or again or not units or units[-1].prose:
        units.append(Unit())
    units[-1].clues += [*clues, *(_beside(pair, reader) if clues else [])]


def _beside(pair: Pair, reader: Reader) -> list[Clue]:
    """What a label says by itself, and what stands behind a name."""
    behind = clues_in(Line(pair.value, pair.source), reader) if "name" in pair.fields else []
    return release_clue(pair.label, pair.source) + [clue for clue in behind if clue.field in _BEHIND_A_NAME]


def _named(unit: Unit) -> Unit:
    """With forenames and surname, where they have labels of their own, put together."""
    parts = [clue for name in ("forenames", "surname") for clue in unit.clues if clue.field == name]
    if unit.first("name") is None and unit.first("surname"):
        name = " ".join(clue.value for clue in parts)
        text = " ".join(clue.text for clue in parts)
        unit.clues.append(Clue("name", name, text, parts[0].source, 1.0))
    return unit


def _one_person(units: list[Unit]) -> bool:
    return len({clue.value for unit in units for clue in unit.clues if clue.field == "crn"}) < 2
