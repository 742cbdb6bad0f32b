"""Free prose: what a sentence says, by the words around a value."""

import re

from msgspec.structs import replace

from adapters.systems.email_notice.clues import Clue, Line, Reader
from adapters.systems.email_notice.cues import WHEN
from adapters.systems.email_notice.dates import DateRead, dates_in
from adapters.systems.email_notice.going import going_clues
from adapters.systems.email_notice.identifiers import identifiers_in
from adapters.systems.email_notice.moves import release_clue, type_clues
from adapters.systems.email_notice.names import names_in
from adapters.systems.email_notice.places import PRISON
from adapters.systems.email_notice.risk import mappa_in, rosh_in

_FIELD = {"birth": "birth_date", "until": "until", "move": "move_on"}
_TO = re.compile(r"\b(?:until|till|to|and)\s?$|[-–]\s?$")
_CHANGED = re.compile(
    r"\b(?:brought forward|put back|changed|amended|delayed|postponed|moved|rearranged)"
    r"(?: \w{1,8}){0,3} from(?: \S{1,12}){0,4}\s{0,2}$"
)
_BECAUSE = re.compile(r"\b(?:because|in order to|so that|due to) ([^.\n]{5,160})", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:(he|him|his)|(she|her|hers))\b", re.IGNORECASE)


def clues_in(sentence: Line, reader: Reader) -> list[Clue]:
    """All that one sentence says, each with the line it stands on."""
    text = sentence.text.replace("\n", " ")
    source = sentence.source
    clues = [*identifiers_in(Line(text, source), reader), *names_in(text, source), *_dates(text, source, reader)]
    clues += [*type_clues(text, source), *release_clue(text, source), *going_clues(text, source)]
    clues += [*rosh_in(text, source, reader), *mappa_in(text, source)]
    for field, found, sure in (("prison", PRISON.search(text), 0.85), ("reason", _BECAUSE.search(text), 0.6)):
        if found:
            clues.append(Clue(field, found[0].strip(), found[0].strip(), source, sure))
    if any(_is_sender(clue, reader) for clue in clues):
        clues = [clue for clue in clues if clue.field not in {"name", "gender"} or not _is_sender(clue, reader)]
    return [_on_its_line(clue, sentence) for clue in clues]


def _is_sender(clue: Clue, reader: Reader) -> bool:
    words = reader.sender.replace(",", " ").casefold().split()
    return clue.field == "name" and bool(words) and sorted(clue.value.casefold().split()) == sorted(words)


def _on_its_line(clue: Clue, sentence: Line) -> Clue:
    at = sentence.text.replace("\n", " ").find(clue.text)
    lines = sentence.text.count("\n", 0, max(at, 0))
    head, _, number = sentence.source.rpartition(" ")
    exact = sentence.text[at : at + len(clue.text)] if at >= 0 else clue.text
    return replace(clue, text=exact, source=f"{head} {int(number) + lines}" if lines else sentence.source)


def _dates(text: str, source: str, reader: Reader) -> list[Clue]:
    clues = []
    past = 0
    for found in dates_in(text, reader.today):
        field = _likely(_field_of(text, found, past), found, reader)
        past = found.end
        read = (dates_in(found.text, reader.today, past=True) or [found])[0] if field == "birth_date" else found
        if field and read.doubt:
            reader.doubt(f"A date in {source} {read.doubt}")
        if field and read.value:
            clues.append(Clue(field, read.value, read.text, source, min(read.confidence, 0.85)))
    return clues


def _field_of(text: str, found: DateRead, past: int) -> str:
    """By the nearest word before the date; failing that, by the first one after it."""
    between = text[past : found.start]
    if past and _TO.search(between):
        return "move_on" if _CHANGED.search(text[:past]) else "until"
    if _CHANGED.search(between):
        return ""
    before = list(WHEN.finditer(text, max(past, found.start - 100), found.start))
    nearest = before[-1] if before else WHEN.search(text, found.end, found.end + 30)
    return _FIELD.get((nearest.lastgroup or "") if nearest else "", "")


def _likely(field: str, found: DateRead, reader: Reader) -> str:
    """Nobody is told of a move years after it: such a date is a birth date, where it is old enough."""
    if field not in {"move_on", "until"} or not found.value or not reader.today:
        return field
    years = (reader.today - found.value).days / 365
    return field if years < 1 else ("birth_date" if years > 10 else "")


def gender_clues(lines: list[Line]) -> list[Clue]:
    """By the pronouns, where they agree: a guess."""
    found = [(match, line) for line in lines for match in _PRONOUN.finditer(line.text)]
    male = [pair for pair in found if pair[0][1]]
    female = [pair for pair in found if pair[0][2]]
    for gender, said, against in (("male", male, female), ("female", female, male)):
        if said and len(said) > 3 * len(against):
            match, line = said[0]
            return [Clue("gender", gender, match[0], line.source, 0.6)]
    return []
