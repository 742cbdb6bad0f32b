"""The layers of a body: what was written now, what is passed on, what is quoted."""

import re
from typing import Literal

from msgspec import Struct

Kind = Literal["new", "forwarded", "quoted"]
Lines = list[tuple[int, str]]

_FORWARD = re.compile(
    r"^\W{0,12}(?:begin forwarded message|forwarded message|forwarded by\b|original message|neges wreiddiol"
    r"|neges (?:a anfonwyd )?ymlaen)[^\n]{0,80}$",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\b(?:wrote|writes|ysgrifennodd)\s{0,3}(?::|-{2,5})?\s{0,3}$", re.IGNORECASE)
_BY = re.compile(r"[<\[(]\S{1,80}@\S{1,80}[>\])]|\d{4}")
_HEADER = re.compile(
    r"^[*_ ]{0,3}(from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments|sensitivity"
    r"|oddi wrth|anfonwyd|at|pwnc)[*_ ]{0,3}:",
    re.IGNORECASE,
)
_STARTS = frozenset({"from", "oddi wrth"})
_SUBJECT = frozenset({"subject", "pwnc"})
_LONGEST_BLOCK = 12
"""Lines."""
_SENT = frozenset({"sent", "date", "anfonwyd"})


class Passage(Struct, frozen=True, kw_only=True):
    """Lines written by one hand, each with its number in the body, counted from 1."""

    kind: Kind
    lines: Lines
    sent: str = ""
    """When, as its own header says, where it was passed on or quoted."""
    subject: tuple[int, str] | None = None
    """Of its own header, with its line."""


class _Turn(Struct, frozen=True, kw_only=True):
    """Where another hand begins."""

    kind: Kind = "new"
    sent: str = ""
    subject: tuple[int, str] | None = None
    after: int = 0
    """The line after its header, counted from 0."""

    def passage(self, lines: Lines) -> Passage:
        return Passage(kind=self.kind, lines=lines, sent=self.sent, subject=self.subject)


def passages(text: str, *, is_reply: bool) -> list[Passage]:
    """In the order of the body. A header block in the middle is quoted in a reply, and passed on otherwise."""
    under_header: Kind = "quoted" if is_reply else "forwarded"
    lines = list(enumerate(text.split("\n"), 1))
    found: list[Passage] = []
    turn, now, at = _Turn(), Lines(), 0
    while at < len(lines):
        number, line = lines[at]
        bare = line.lstrip("> \t") if line.startswith(">") else line
        if next_turn := _turn(lines, at, bare.lstrip(), under_header):
            found.append(turn.passage(now))
            turn, now, at = next_turn, [], next_turn.after
        elif line.startswith(">") and turn.kind == "new":
            quoted, at = _quoted(lines, at)
            found += [turn.passage(now), Passage(kind="quoted", lines=quoted)]
            now = []
        else:
            now.append((number, bare))
            at += 1
    found.append(turn.passage(now))
    return [passage for passage in found if passage.subject or any(line.strip() for _, line in passage.lines)]


def _turn(lines: Lines, at: int, bare: str, under_header: Kind) -> _Turn | None:
    if _FORWARD.match(bare):
        kind: Kind = "quoted" if under_header == "quoted" and "forward" not in bare.lower() else "forwarded"
        return _header_block(lines, at + 1, kind)
    first = _HEADER.match(bare)
    if first and first[1].lower() in _STARTS:
        block = _header_block(lines, at, under_header)
        return block if block.after - at >= 3 and block.sent else None
    if _WROTE.search(bare[-200:]) and _BY.search(bare[:300]):
        return _Turn(kind="quoted", after=at + 1)
    if bare.startswith(("On ", "Ar ")):
        for ahead in range(at, min(at + 3, len(lines))):
            if _WROTE.search(lines[ahead][1][-200:]):
                return _Turn(kind="quoted", after=ahead + 1)
    return None


def _header_block(lines: Lines, at: int, kind: Kind) -> _Turn:
    """What the headers of a message inside this one say. Blank lines before them belong to them."""
    start = at
    while start < min(at + 3, len(lines)) and not lines[start][1].strip("> \t"):
        start += 1
    sent, subject, ahead = "", None, start
    for ahead in range(start, min(start + _LONGEST_BLOCK, len(lines))):
        bare = lines[ahead][1].lstrip("> ")
        header = _HEADER.match(bare)
        if not header and not _goes_on(lines, start, ahead):
            break
        name = header[1].lower() if header else ""
        value = bare[header.end() :].strip(" *_\t") if header else ""
        sent = value if name in _SENT else sent
        subject = (lines[ahead][0], value) if name in _SUBJECT else subject
    else:
        ahead = min(start + _LONGEST_BLOCK, len(lines))
    return _Turn(kind=kind, sent=sent, subject=subject, after=max(ahead, at))


def _goes_on(lines: Lines, start: int, at: int) -> bool:
    """Whether the line goes on with a header too long for one: it is indented, or a header follows it."""
    bare = lines[at][1].lstrip("> ")
    follows = at + 1 < len(lines) and _HEADER.match(lines[at + 1][1].lstrip("> "))
    return (at > start and bare.startswith("\t")) or (bool(bare.strip()) and bool(follows))


def _quoted(lines: Lines, at: int) -> tuple[Lines, int]:
    quoted: Lines = []
    while at < len(lines) and lines[at][1].startswith(">"):
        quoted.append((lines[at][0], lines[at][1].lstrip("> \t")))
        at += 1
    return quoted, at
