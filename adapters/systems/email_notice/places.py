"""Where somebody goes: postcodes, addresses, places, prisons."""

import re

from adapters.systems.email_notice.clues import Clue

POSTCODE = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}\d[A-Z\d]?)[ ]{0,2}(\d[ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])")
PRISON = re.compile(
    r"\bHM(?:P|YOI|PYOI)(?: ?[/&] ?(?:HM)?YOI| and (?:HM)?YOI)?[ ,]{1,2}(?:and YOI )?"
    r"((?:The |New |East |North |Low )?[A-Z][A-Za-z'’-]{1,20}(?: (?:Grange|Hall|Hill|Scrubs|Moor|Camp|Sutton|Wood"
    r"|House|Park|Bank|Heath|Farm|Mead|Green|Down|Hey|Newton|Manor|Lane|End|Wolds|Sea))?)"
)
_NO_ADDRESS = re.compile(
    r"\b(?:nfa|no fixed (?:abode|address)|homeless|tbc|to be confirmed|not known|unknown)\b", re.IGNORECASE
)
_OFFICE_WORDS = re.compile(r"\b(?:area|pdu|probation|office|region|team|delivery unit)\b[^,]{0,30}$", re.IGNORECASE)
_COUNTRY = frozenset({"england", "wales", "uk", "united kingdom", "cymru"})


def address_clues(value: str, source: str, confidence: float) -> list[Clue]:
    """Address and destination, from the words of an address. Nothing where they say that there is none."""
    words = value.strip(" .,;")
    if PRISON.match(words):
        return prison_clues(words, source, confidence)
    found = list(POSTCODE.finditer(words.upper()))
    if not words or (_NO_ADDRESS.search(words) and not found):
        return []
    if found:
        code = found[-1]
        clues = [Clue("destination", f"{code[1]} {code[2]}", words[code.start() : code.end()], source, confidence)]
        words = words[: code.end()]
        alone = len(words) == len(code[0])
        return clues if alone else [*clues, Clue("address", one_line(words), words, source, confidence)]
    return [*_by_place(words, source, confidence), *_as_address(words, source, confidence)]


def _by_place(words: str, source: str, confidence: float) -> list[Clue]:
    """Without a postcode, the last part of the address is the place, if anything is."""
    last = [part.strip() for part in words.replace("\n", ",").split(",") if part.strip().lower() not in _COUNTRY][-1:]
    if not last or any(letter.isdigit() for letter in last[0]):
        return []
    return [Clue("destination", place_name(last[0]), last[0], source, min(confidence, 0.6))]


def _as_address(words: str, source: str, confidence: float) -> list[Clue]:
    if not any(letter.isdigit() for letter in words) and "," not in words:
        return []
    return [Clue("address", one_line(words), words, source, confidence)]


def place_clues(value: str, source: str, confidence: float) -> list[Clue]:
    """A place or an authority as the locator is asked for it."""
    if found := POSTCODE.search(value.upper()):
        return [Clue("destination", f"{found[1]} {found[2]}", value[found.start() : found.end()], source, confidence)]
    words = value.strip(" .,;")
    if not words or len(words) > 60 or _NO_ADDRESS.search(words):
        return []
    return [Clue("destination", place_name(words), words, source, min(confidence, 0.8))]


def place_name(words: str) -> str:
    """`the Leeds area` is Leeds."""
    plain = words.removeprefix("the ").removeprefix("The ").strip(" .,;")
    return _OFFICE_WORDS.sub("", plain).strip() or plain


def prison_clues(value: str, source: str, confidence: float) -> list[Clue]:
    """The prison, named as practitioners do."""
    if found := PRISON.search(value):
        return [Clue("prison", one_line(found[0]), found[0], source, confidence)]
    words = value.strip(" .,;")
    if not words or len(words) > 40 or not words[0].isalpha() or _NO_ADDRESS.search(words):
        return []
    return [Clue("prison", words, words, source, min(confidence, 0.9))]


def one_line(words: str) -> str:
    return ", ".join(part.strip(" ,") for part in words.split("\n") if part.strip(" ,"))
