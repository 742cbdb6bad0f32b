"""The name of the person an e-mail is about."""

import re
from collections.abc import Iterator

from adapters.systems.email_notice.clues import Clue

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "master", "dr", "mister"})
_PARTICLES = frozenset({"de", "van", "der", "von", "al", "el", "bin", "ap", "ab", "ferch", "la", "le", "da", "di"})
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+){0,3}")
_ENDS = re.compile(r"[(\[\d;:/|]|\b[A-Z]\d{4}|\b(?:crn|dob|d\.o\.b|noms|born|pnc)\b| - | – ", re.IGNORECASE)
_LEADING = re.compile(r"\s{0,4}(?:CRN\s{0,2})?(?:[A-Z]\d{6}|[A-Z]\d{4}[A-Z]{2})[\s,:–-]{1,4}")
_NOT_NAMES_WORDS = """
    re fw fwd pop crn dob noms hmp hmyoi pdu nsi case transfer temporary move release notice request new urgent the
    this dear hi hello thanks regards i he she they we please offender service user person on probation client
    prisoner name for of and from to mappa rosh high medium low very risk date update confidential official sensitive
    referral in at is ap cas our your his her their my that who with about regarding concerning subject transferring
    moving
"""
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
_TITLED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx)\.? ")
_GENDERS = {"Mr": "male", "Mrs": "female", "Ms": "female", "Miss": "female"}
_SHAPE = re.compile(r"(?<![A-Za-z0-9/])(?:[A-Z]\d{6}|[A-Z]\d{4}[A-Z]{2})[)]?[ ,:–-]{1,3}(?=[A-Z])")
_IDENTIFIED = re.compile(
    r"[\s,(\[:–-]{1,4}(?:(?:delius |ndelius )?crn|dob|d\.o\.b|date of birth|born|noms|nomis|prison n|pnc"
    r"|[A-Z]\d{6}\b|[A-Z]\d{4}[A-Z]{2}\b)",
    re.IGNORECASE,
)
_DOES = re.compile(
    r" (?:is (?:due|being|to be|moving|currently|a )|will be |was released|has been |would like"
    r"|(?:wishes|wants|hopes) to)"
)
_MOST_WORDS = 5


def labelled_name(field: str, value: str, source: str) -> list[Clue]:
    """The words beside a label, up to anything that is no name; an identifier may stand before them."""
    before = _LEADING.match(value)
    value = value[before.end() :] if before else value
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
    """Beside an identifier, after Mr, Mrs, Ms, Miss, Mx, or before what somebody does or what happens to him."""
    return [
        *_before(_IDENTIFIED, sentence, source, 0.9),
        *_after_a_title(sentence, source),
        *_behind_an_identifier(sentence, source),
        *_before(_DOES, sentence, source, 0.55),
    ]


def _before(pattern: re.Pattern[str], sentence: str, source: str, sure: float) -> Iterator[Clue]:
    for found in pattern.finditer(sentence):
        if words := _words_before(sentence, found.start()):
            start = max(sentence.rfind(words[0], max(0, found.start() - 100), found.start()), 0)
            yield Clue("name", as_written(words), sentence[start : found.start()].strip(" ,"), source, sure)


def _behind_an_identifier(sentence: str, source: str) -> Iterator[Clue]:
    """`X123456 INVENTED, John`."""
    for found in _SHAPE.finditer(sentence):
        words = list(_words_after(sentence, found.end()))
        surname_first = sentence[found.end() :].startswith(f"{words[0]}, ") if words and _shouted(words[0]) else False
        if surname_first:
            words += list(_words_after(sentence, found.end() + len(words[0]) + 2))[:2]
        if len(words) > 1:
            end = sentence.index(words[-1], found.end()) + len(words[-1])
            yield Clue("name", as_written(words), sentence[found.end() : end], source, 0.7)


def _after_a_title(sentence: str, source: str) -> Iterator[Clue]:
    for found in _TITLED.finditer(sentence):
        if words := list(_words_after(sentence, found.end())):
            end = sentence.index(words[-1], found.end()) + len(words[-1])
            sure = 0.75 if len(words) > 1 else 0.4
            yield Clue("name", as_written(words), sentence[found.start() : end], source, sure)
            if gender := _GENDERS.get(found[1]):
                yield Clue("gender", gender, found[0].strip(), source, 0.6)


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


def _surname_last(words: list[str]) -> list[str]:
    """`INVENTED John` is John Invented."""
    if len(words) > 1 and _shouted(words[0]) and not any(map(_shouted, words[1:])):
        return [*words[1:], words[0]]
    return words


def _shouted(word: str) -> bool:
    return word.isupper() and len(word) > 1


def as_written(words: list[str]) -> str:
    """`INVENTED John` is John Invented; names of mixed case are left alone."""
    return " ".join(_cased(word) for word in _surname_last(words))


def _cased(word: str) -> str:
    if not word.isupper() or len(word) < 2:
        return word if not word.islower() or word in _PARTICLES else word.title()
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
