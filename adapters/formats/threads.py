"""The layers of a body: what was written now, what is passed on, what is quoted; without signatures and small print."""

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
_SENT = frozenset({"sent", "date", "anfonwyd"})
_CLOSING = re.compile(
    r"^\W{0,3}(?:(?:kind(?:est)?|best|warm(?:est)?|many|with|yours|my|all the)\s){0,2}"
    r"(?:regards|best|wishes|thanks|thank you|sincerely|faithfully|cofion(?: cynnes| gorau)?|diolch(?: yn fawr)?"
    r"|cheers|yn gywir)\W{0,3}$",
    re.IGNORECASE,
)
_SMALL_PRINT = re.compile(
    r"^\W{0,4}(?:this (?:e-?mail|message|communication)(?: and| is| was| contains| may|, its)|disclaimer"
    r"|confidentiality|caution:|the information (?:contained )?in this|if you (?:are not|have received)"
    r"|mae'r (?:neges|e-?bost)"
    r"|please consider the environment|get outlook for|sent from (?:my|outlook|mail)|anfonwyd o fy|external e-?mail"
    r"|\[external\]|official[- ]sensitive$|official$)",
    re.IGNORECASE,
)
_IDENTIFIED = re.compile(r"\b(?:crn|dob|date of birth|release date|address on release|rosh|mappa)\b", re.IGNORECASE)


class Passage(Struct, frozen=True, kw_only=True):
    """Lines written by one hand, each with its number in the body, counted from 1."""

    kind: Kind
    lines: Lines
    sent: str = ""
    """When, as its own header says, where it was passed on or quoted."""


def passages(text: str, *, is_reply: bool) -> list[Passage]:
    """In the order of the body. A header block in the middle is quoted in a reply, and passed on otherwise."""
    under_header: Kind = "quoted" if is_reply else "forwarded"
    lines = list(enumerate(text.split("\n"), 1))
    found: list[Passage] = []
    kind: Kind = "new"
    now: Lines = []
    sent, at = "", 0
    while at < len(lines):
        number, line = lines[at]
        bare = line.lstrip("> \t") if line.startswith(">") else line
        if turn := _turn(lines, at, bare.lstrip(), under_header):
            found.append(Passage(kind=kind, lines=now, sent=sent))
            (kind, sent, at), now = turn, []
        elif line.startswith(">") and kind == "new":
            quoted, at = _quoted(lines, at)
            found += [Passage(kind="new", lines=now), Passage(kind="quoted", lines=quoted)]
            now = []
        else:
            now.append((number, bare))
            at += 1
    found.append(Passage(kind=kind, lines=now, sent=sent))
    return [passage for passage in found if any(line.strip() for _, line in passage.lines)]


def _turn(lines: Lines, at: int, bare: str, under_header: Kind) -> tuple[Kind, str, int] | None:
    """Where another hand begins: the kind of its passage, when it was sent, and the line after its header."""
    if _FORWARD.match(bare):
        sent, after = _header_block(lines, at + 1)
        reply = under_header == "quoted" and "forward" not in bare.lower()
        return ("quoted" if reply else "forwarded"), sent, max(after, at + 1)
    first = _HEADER.match(bare)
    if first and first[1].lower() in _STARTS:
        sent, after = _header_block(lines, at)
        return (under_header, sent, after) if after - at >= 3 and sent else None
    if _WROTE.search(bare[-200:]) and _BY.search(bare[:300]):
        return "quoted", "", at + 1
    if bare.startswith(("On ", "Ar ")):
        for ahead in range(at, min(at + 3, len(lines))):
            if _WROTE.search(lines[ahead][1][-200:]):
                return "quoted", "", ahead + 1
    return None


def _header_block(lines: Lines, at: int) -> tuple[str, int]:
    """When it says it was sent, and the line after it. Blank lines before it belong to it."""
    start = at
    while start < min(at + 3, len(lines)) and not lines[start][1].strip("> \t"):
        start += 1
    sent = ""
    for ahead in range(start, min(start + 12, len(lines))):
        bare = lines[ahead][1].lstrip("> ")
        header = _HEADER.match(bare)
        goes_on = (ahead > start and bare.startswith("\t")) or (bare.strip() and _followed_by_header(lines, ahead))
        if not header and not goes_on:
            return sent, ahead
        if header and header[1].lower() in _SENT:
            sent = bare[header.end() :].strip(" *_\t")
    return sent, min(start + 12, len(lines))


def _followed_by_header(lines: Lines, at: int) -> bool:
    """Then the line is the end of a header too long for one."""
    return at + 1 < len(lines) and bool(_HEADER.match(lines[at + 1][1].lstrip("> ")))


def _quoted(lines: Lines, at: int) -> tuple[Lines, int]:
    quoted: Lines = []
    while at < len(lines) and lines[at][1].startswith(">"):
        quoted.append((lines[at][0], lines[at][1].lstrip("> \t")))
        at += 1
    return quoted, at


def without_signature(lines: Lines, sender: str = "") -> Lines:
    """Up to the signature or the small print. Where more is said of the person further down, it is no signature."""
    names = {sender.casefold(), *sender.casefold().replace(",", " ").split()[:2]} - {""}
    last_said = max((at for at, (_, line) in enumerate(lines) if _IDENTIFIED.search(line)), default=-1)
    kept: Lines = []
    skipping = False
    for at, (number, line) in enumerate(lines):
        skipping = skipping and bool(line.strip())
        small_print = bool(_SMALL_PRINT.match(line[:80]))
        closing = line.rstrip() in {"--", "__", "---"} or bool(_CLOSING.match(line[:80]))
        closing = closing or line.strip(" ,.").casefold() in names
        if at > last_said and kept and (closing or (small_print and len(kept) > 1)):
            return kept
        skipping = skipping or small_print
        if not skipping and not closing:
            kept.append((number, line))
    return kept
