"""Where somebody goes, in prose: the postcode that is not where he is now, a town, a PDU."""

import re

from adapters.systems.email_notice.clues import Clue
from adapters.systems.email_notice.cues import GOING
from adapters.systems.email_notice.places import POSTCODE, one_line, place_name

_AT = re.compile(
    r"\b(?:at|to|is|be|address|with \w{2,8} \w{2,12}|c/o)(?: address)?[ ,:]{1,3}"
    r"(?=(?:c/o|Flat|Apartment|Apt|Room|Unit|The|\d|[A-Z]))"
)
_HOUSE = re.compile(r"(?<!\w)(?:(?:Flat|Apartment|Room|Unit) \w{1,4},? )?\d{1,4}[A-Za-z]? [A-Z]")
_CAPITAL = r"[A-ZÂÊÎÔÛŴŶ][\w'’-]{1,25}"
_TOWARDS = re.compile(
    r"\b(?:(?:mov(?:e|es|ing|ed)|releas(?:e|ed)|relocat(?:e|es|ing)|resettl(?:e|es|ing)|going|return(?:s|ing)?)"
    r"(?: permanently| temporarily| back| out){0,2} (?:to|in)(?: (?:live|stay|reside) in| live| the)?"
    r"|transfer(?:red|ring|s)?[^.;\n]{0,80}? to(?: the)?"
    r"|(?:live|living|reside|residing|stay|staying|symud i|byw yn)(?: with (?:\w{1,12} ?){1,4})? (?:in|yn)) "
    rf"(?P<place>{_CAPITAL}(?:[ -](?:(?:upon|on|and|the|of|under|le)[ -]){{0,2}}{_CAPITAL}){{0,4}})"
)
_NO_PLACE = re.compile(
    r"HM\w{0,5}|Approved|Your|The|An?|His|Her|This|My|Our|Probation|Supported|Custody|Mrs?|Ms|Miss|You|CAS\d?|AP|Hostel"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Flat"
)
_UNSURE = 0.4
"""A postcode that nothing says to be a destination may be the foot of a letter."""
_OFFICE = rf"(?P<office>{_CAPITAL}(?:,? (?:{_CAPITAL}|and|&|of|upon)){{0,6}}?)"
_FROM_OFFICE = re.compile(
    rf"\b(?:from|at|of|in|by) (?:the )?{_OFFICE} (?:PDU|Probation(?: Office| Delivery Unit)?|probation office)\b"
)
_TO_OFFICE = re.compile(rf"\bto (?:the )?{_OFFICE} PDU\b")


def going_clues(text: str, source: str) -> list[Clue]:
    """Destination and address, and the office that sends, from one sentence on one line."""
    return [*_postcodes(text, source), *_towns(text, source), *_offices(text, source)]


def _postcodes(text: str, source: str) -> list[Clue]:
    clues = []
    past = 0
    for found in POSTCODE.finditer(text):
        going = list(GOING.finditer(text, past, found.start()))
        there = bool(going) and going[-1].lastgroup == "there"
        if there or not going:
            sure = 0.85 if there else _UNSURE
            clues.append(Clue("destination", f"{found[1]} {found[2]}", found[0], source, sure))
            start = _address_start(text, going[-1].start() if going else max(past, found.start() - 120), found.start())
            if start is not None:
                words = text[start : found.end()]
                clues.append(Clue("address", one_line(words), words, source, sure))
        past = found.end()
    return clues


def _address_start(text: str, after: int, before: int) -> int | None:
    """Where the words of the address begin: after the last `at` or `to`, or at a house number."""
    starts = [found.end() for found in _AT.finditer(text, after, before)][-1:]
    starts += [found.start() for found in _HOUSE.finditer(text, after, before)][-1:] if not starts else []
    return next((start for start in starts if before - start > 3), None)


def _towns(text: str, source: str) -> list[Clue]:
    return [
        Clue("destination", place_name(found["place"]), found["place"], source, 0.6)
        for found in _TOWARDS.finditer(text)
        if not _NO_PLACE.fullmatch(found["place"].split(maxsplit=1)[0])
    ]


def _offices(text: str, source: str) -> list[Clue]:
    to, origin = _TO_OFFICE.search(text), _FROM_OFFICE.search(text)
    clues = [Clue("destination", place_name(to["office"]), to["office"], source, 0.7)] if to else []
    return clues + ([Clue("sending", origin["office"], origin["office"], source, 0.8)] if origin else [])
