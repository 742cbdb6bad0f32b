"""Tick boxes in a text: `☒ High ☐ Medium`, `[x] yes [ ] no`."""

import re

MARK = re.compile(r"[☐☒☑✓✔✗✘]|\[ ?[xX]? ?\]")
_OFF = re.compile(r"☐|\[ ?\]|\[  \]")
YES, NOT_YET = "yes", "not yet"
_NO = frozenset({"no", "not yet", "n", "na"})


def ticked(words: str) -> list[str] | None:
    """The words behind each box that is ticked, or before it where nothing is behind; None where there is no box."""
    marks = list(MARK.finditer(words))
    if not marks:
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    before = marks[0].start() > 0 and not words[marks[-1].end() :].strip(" /|,;")
    starts = [0, *(mark.end() for mark in marks[:-1])]
    found = []
    for n, mark in enumerate(marks):
        if _OFF.fullmatch(mark[0]):
            continue
        text = words[starts[n] : mark.start()] if before else words[mark.end() : ends[n]]
        found.append(text.strip(" /|,;\n\t"))
    return found


def said_of(words: str) -> str:
    """What an item of the checklist has beside it, in words: `yes`, `not yet`, or as it stands."""
    boxes = ticked(words)
    if boxes is None:
        said = " ".join(words.split())
        return YES if said.casefold() in ("y", "yes", "done", "x") else NOT_YET if said.casefold() in _NO else said
    behind = " ".join(filter(None, boxes)).strip()
    if not boxes or behind.casefold() in _NO:
        return NOT_YET
    more = re.sub(r"^(?:yes|y)\b[ ,:-]{0,3}", "", " ".join(behind.split()), flags=re.IGNORECASE)
    return f"{YES}, {more}" if more else YES
