"""The name of the person an e-mail is about."""

import re
from collections.abc import Iterator

from adapters.systems.email_notice.clues import Clue

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "master", "dr", "mister"})
_PARTICLES = frozenset({"de", "van", "der", "von", "al", "el", "bin", "ap", "ab", "ferch", "la", "le", "da", "di"})
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+){0,3}")
_ENDS = re.compile(r"[(\[\d;:/|]|\b(?:crn|dob|d\.o\.b|noms|born|pnc)\b| - | – ", re.IGNORECASE)
_NOT_NAMES_WORDS = """
    re fw fwd pop crn dob noms hmp hmyoi pdu nsi case transfer temporary move release notice request new urgent the
    this dear hi hello thanks regards i he she they we please offender service user person on probation client
    prisoner name for of and from to mappa rosh high medium low very risk date update confidential official sensitive
    referral in at is ap cas our your his her their my that who with about regarding concerning subject transferring
    moving
"""
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
_TITLED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx)\.? ")
_IDENTIFIED = re.compile(
    r"[\s,(\[:–-]{1,4}(?:(?:delius |ndelius )?crn|dob|d\.o\.b|date of birth|born|noms|nomis|prison n|pnc"
    r"|[A-Z]\d{6}\b|[A-Z]\d{4}[A-Z]{2}\b)",
    re.IGNORECASE,
)
_MOST_WORDS = 5


def labelled_name(field: str, value: str, source: str) -> list[Clue]:
    """The words beside a label, up to anything that is no name."""
    cut = _ENDS.search(value)
    text = (value[: cut.start()] if cut else value).strip(" ,.-*")
    words = _WORD.findall(text)
    plain = [word for word in words if word.lower() not in _TITLES]
    if not plain or len(plain) > 6 or not all(word.lower() not in _NOT_NAMES for word in plain):
        return []
    if field == "name" and "," in text:
        surname, _, rest = text.partition(",")
        plain = [word for word in _WORD.findall(rest + " " + surname) if word.lower() not in _TITLES]
    return [Clue(field, as_written(plain), text, source, 1.0)]


def names_in(sentence: str, source: str) -> list[Clue]:
    """Beside an identifier, or after Mr, Mrs, Ms, Miss, Mx."""
    return [*_beside_an_identifier(sentence, source), *_after_a_title(sentence, source)]


def _beside_an_identifier(sentence: str, source: str) -> Iterator[Clue]:
    for found in _IDENTIFIED.finditer(sentence):
        if words := _words_before(sentence, found.start()):
            start = max(sentence.rfind(words[0], max(0, found.start() - 100), found.start()), 0)
            yield Clue("name", as_written(words), sentence[start : found.start()].strip(" ,"), source, 0.9)


def _after_a_title(sentence: str, source: str) -> Iterator[Clue]:
    for found in _TITLED.finditer(sentence):
        if words := list(_words_after(sentence, found.end())):
            end = sentence.index(words[-1], found.end()) + len(words[-1])
            sure = 0.75 if len(words) > 1 else 0.4
            yield Clue("name", as_written(words), sentence[found.start() : end], source, sure)


def _words_before(sentence: str, end: int) -> list[str]:
    """The run of capitalised words that ends there; empty for less than two."""
    words: list[str] = []
    for found in reversed(list(_WORD.finditer(sentence, max(0, end - 80), end))):
        word = found[0]
        if sentence[found.end() : end].strip(" ."):
            break
        if not _is_of_a_name(word, first=not words) or word.lower() in _TITLES:
            break
        words.insert(0, word)
        end = found.start()
    while words and words[0].lower() in _PARTICLES:
        words.pop(0)
    return words if 2 <= len(words) <= _MOST_WORDS else []


def _words_after(sentence: str, start: int) -> Iterator[str]:
    for found in list(_WORD.finditer(sentence, start, start + 80))[:_MOST_WORDS]:
        if sentence[start : found.start()].strip(" .") or not _is_of_a_name(found[0], first=False):
            return
        yield found[0]
        start = found.end()


def _is_of_a_name(word: str, *, first: bool) -> bool:
    if word.lower() in _PARTICLES:
        return not first
    return word[0].isupper() and word.lower() not in _NOT_NAMES


def as_written(words: list[str]) -> str:
    """`John INVENTED` is John Invented; names of mixed case are left alone."""
    return " ".join(_cased(word) for word in words)


def _cased(word: str) -> str:
    if not word.isupper() or len(word) < 2:
        return word if not word.islower() or word in _PARTICLES else word.title()
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
