"""Risk of serious harm and MAPPA, in the words practitioners use."""

import re

from adapters.systems.email_notice.clues import Clue, Reader
from schemas.words import Rosh

_LEVELS: tuple[tuple[Rosh, str], ...] = (
    ("very_high", r"\bvery[ -]high\b|\bv\.? ?high\b|\bvhrosh\b|\buchel iawn\b|^vh$"),
    ("high", r"\bhigh\b|\bhrosh\b|\buchel\b|^h$"),
    ("medium", r"\bmedium\b|\bmed\b|\bmrosh\b|\bcanolig\b|^m$"),
    ("low", r"\blow\b|\blrosh\b|\bisel\b|^l$"),
)
_PATTERNS = tuple((level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _LEVELS)
_LEVEL = r"(?:very[ -]high|high|medium|low|uchel iawn|uchel|canolig|isel)"
_ROSH = r"(?:rosh|risk of (?:causing )?serious harm|risk of harm|risg o niwed difrifol)"
_IN_PROSE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_LEVEL}[ -](?:risk )?{_ROSH}\b",
        rf"\b{_LEVEL} (?:risk )?(?:of (?:causing )?serious harm|of harm)\b",
        rf"\b{_ROSH}(?: level| rating| assessment)?(?: is| as| of| currently| assessed| at| being){{0,4}}"
        rf"[ :=-]{{1,3}}(?:a )?{_LEVEL}\b",
        rf"\bassessed (?:as|at) (?:a |an |being |posing a )?{_LEVEL}(?: risk)?\b(?! of re)",
        rf"\brisk(?: level| rating)?(?: is| of|:| -)? {_LEVEL}\b",
        rf"\b{_LEVEL} risk\b(?! of (?:re-?offending|reconviction|self|suicide|abscond))",
    )
)
_CATEGORY = re.compile(r"\b(?:cat(?:egory|\.)?|c|categori) ?([1-4])\b", re.IGNORECASE)
_LEVEL_NUMBER = re.compile(r"\b(?:level|lvl|l|lefel) ?([1-3])\b", re.IGNORECASE)
_BOTH = re.compile(r"\b([1-4]) ?[/.-] ?([1-3])\b")
_MAPPA = re.compile(r"\bMAPPA\b[^.\n]{0,60}", re.IGNORECASE)


def rosh_clues(value: str, source: str, confidence: float, reader: Reader) -> list[Clue]:
    """The highest level named; where several are, a person should look."""
    levels: list[Rosh] = []
    rest = value
    for level, pattern in _PATTERNS:
        if pattern.search(rest.strip()):
            levels.append(level)
            rest = pattern.sub(" ", rest)
    if len(levels) > 1:
        reader.doubt(f"More than one level of risk stands in {source}; the highest was taken.")
    return (
        [Clue("rosh", levels[0], value[:200], source, min(confidence, 0.7 if len(levels) > 1 else 1))] if levels else []
    )


def rosh_in(sentence: str, source: str, reader: Reader) -> list[Clue]:
    """From prose, the clearest phrase."""
    for confidence, pattern in zip((0.95, 0.9, 0.9, 0.8, 0.7, 0.6), _IN_PROSE, strict=True):
        if found := pattern.search(sentence):
            return rosh_clues(found[0], source, confidence, reader)
    return []


def mappa_clues(value: str, source: str, confidence: float) -> list[Clue]:
    """`Category 2, Level 1` from any way of writing it; nothing where MAPPA does not apply."""
    category, level = _CATEGORY.search(value), _LEVEL_NUMBER.search(value)
    both = _BOTH.search(value)
    said = [f"Category {category[1]}"] if category else []
    said += [f"Level {level[1]}"] if level else []
    if both and not said:
        said = [f"Category {both[1]}", f"Level {both[2]}"]
    if not said and (alone := re.fullmatch(r"\W{0,3}([1-3])\W{0,3}", value)):
        said = [f"Level {alone[1]}"]
    return [Clue("mappa", ", ".join(said), value.strip(" .,;")[:100], source, confidence)] if said else []


def mappa_in(sentence: str, source: str) -> list[Clue]:
    found = _MAPPA.search(sentence)
    return mappa_clues(found[0], source, 0.9) if found else []
