"""Prose cut into sentences. Nothing of a victim is read."""

import re
from collections.abc import Iterator

from adapters.systems.email_notice.clues import Line
from adapters.systems.email_notice.labels import normal

_END = re.compile(r"(?<=[.!?])[ \n]{1,4}(?=[A-Z\"“(])")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|St|Rd|Ave|No|approx|cat|Cat|d\.o\.b)|\b[A-Z])\.$")
_VICTIM = re.compile(r"\b(?:victims?|vlo|dioddef\w{1,6})\b", re.IGNORECASE)
_OF_HER = re.compile(r"(?:She|Her|They|Their)\b")
_VICTIM_LABEL = ("victim", "dioddefwr")


def sentences(lines: list[Line]) -> Iterator[Line]:
    """Of one paragraph, each with the line it begins on, without those about a victim."""
    text = "\n".join(line.text for line in lines)
    of_victim = False
    start = 0
    for stop, following in [*_ends(text), (len(text), len(text))]:
        sentence = text[start:stop]
        of_victim = bool(_VICTIM.search(sentence)) or (of_victim and bool(_OF_HER.match(sentence)))
        if sentence.strip() and not of_victim:
            yield Line(sentence, lines[text.count("\n", 0, start)].source)
        start = following


def first_sentence(text: str) -> tuple[str, str]:
    """The first, and the rest where it is long enough to be prose of its own."""
    for stop, following in _ends(text):
        rest = text[following:]
        if rest.count(" ") >= 2:
            return text[:stop].rstrip("."), rest
    return text, ""


def _ends(text: str) -> list[tuple[int, int]]:
    return [
        (end.start(), end.end())
        for end in _END.finditer(text)
        if not _ABBREVIATED.search(text[max(0, end.start() - 8) : end.start()])
    ]


def is_victims_heading(text: str) -> bool:
    return normal(text[:60]).startswith(_VICTIM_LABEL) and len(text) < 60 and not text.rstrip().endswith(".")


def after_victims_block(lines: list[Line], at: int) -> int:
    """Past the line, and past the lines under it where it is a heading."""
    if ":" in lines[at].text.rstrip(" :") or "\t" in lines[at].text.strip():
        return at + 1
    at += 1
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    while at < len(lines) and lines[at].text.strip():
        at += 1
    return at
