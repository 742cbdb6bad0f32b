"""Free prose: what a sentence says, by the words around a value."""

import re
from collections.abc import Iterator

from adapters.systems.email_notice.clues import Clue, Line, Reader
from adapters.systems.email_notice.cues import GOING, WHEN
from adapters.systems.email_notice.dates import DateRead, dates_in
from adapters.systems.email_notice.identifiers import identifiers_in
from adapters.systems.email_notice.moves import release_clue, type_clues
from adapters.systems.email_notice.names import names_in
from adapters.systems.email_notice.places import POSTCODE, PRISON, one_line, place_name
from adapters.systems.email_notice.risk import mappa_in, rosh_in

_SENTENCE_END = re.compile(r"(?<=[.!?])[ \n]{1,4}(?=[A-Z\"“(])")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|St|Rd|Ave|No|approx|cat|Cat|d\.o\.b)|\b[A-Z])\.$")
_VICTIM = re.compile(r"\b(?:victims?|vlo|dioddef\w{1,6})\b", re.IGNORECASE)
_OF_HER = re.compile(r"(?:She|Her|They|Their)\b")

_FIELD = {"birth": "birth_date", "until": "until", "move": "move_on"}
_AT = re.compile(r"\b(?:at|to|is|be|address)[ \n:]{1,3}(?=(?:Flat|Apartment|Apt|Room|Unit|The|\d|[A-Z]))")
_CAPITAL = r"[A-ZÂÊÎÔÛŴŶ][\w'’-]{1,25}"
_TOWARDS = re.compile(
    r"\b(?:(?:mov(?:e|es|ing|ed)|releas(?:e|ed)|relocat(?:e|es|ing)|resettl(?:e|es|ing)|transfer(?:red|ring|s)?|going)"
    r"(?: permanently| temporarily| back| out| the case| (?:his|her) case){0,2}"
    r" (?:to|in)(?: (?:live|stay|reside) in| live| the)?"
    r"|(?:live|living|reside|residing|stay|staying|symud i|byw yn)(?: with (?:\w{1,12} ?){1,4})? (?:in|yn)) "
    rf"(?P<place>{_CAPITAL}(?:[ -](?:{_CAPITAL}|upon|on|and|the|of|under|le)){{0,5}})"
)
_NO_PLACE = re.compile(
    r"HM|Approved|Your|The|A|An|His|Her|This|My|Our|Probation|Supported|Custody|Mrs?|Ms|Miss|You|CAS|AP|Hostel"
)
_OFFICE = rf"(?P<office>{_CAPITAL}(?:,? (?:{_CAPITAL}|and|&|of|upon)){{0,6}}?)"
_FROM_OFFICE = re.compile(
    rf"\b(?:from|at|of|in|here in) (?:the )?{_OFFICE} (?:PDU|Probation(?: Office| Delivery Unit)?|probation office)\b"
)
_TO_OFFICE = re.compile(rf"\bto (?:the )?{_OFFICE} PDU\b")
_BECAUSE = re.compile(r"\b(?:because|in order to|so that|due to) ([^.\n]{5,160})", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:(he|him|his|mr)|(she|her|hers|mrs|ms|miss))\b", re.IGNORECASE)


def sentences(lines: list[Line]) -> Iterator[Line]:
    """Of one paragraph, each with the line it begins on, without those about a victim."""
    text = "\n".join(line.text for line in lines)
    of_victim = False
    start = 0
    ends = [
        end
        for end in _SENTENCE_END.finditer(text)
        if not _ABBREVIATED.search(text[max(0, end.start() - 8) : end.start()])
    ]
    for stop, following in [*((end.start(), end.end()) for end in ends), (len(text), len(text))]:
        sentence = text[start:stop]
        of_victim = bool(_VICTIM.search(sentence)) or (of_victim and bool(_OF_HER.match(sentence)))
        if sentence.strip() and not of_victim:
            yield Line(sentence, lines[text.count("\n", 0, start)].source)
        start = following


def clues_in(sentence: Line, reader: Reader) -> list[Clue]:
    """All that one sentence says."""
    words, source = sentence.text, sentence.source
    plain = words.replace("\n", " ")
    clues = [*identifiers_in(Line(plain, source), reader), *names_in(plain, source), *_dates(plain, source, reader)]
    clues += [
        *type_clues(plain, source),
        *release_clue(plain, source),
        *_addresses(plain, source),
        *_towns(plain, source),
    ]
    clues += [
        *rosh_in(plain, source, reader),
        *mappa_in(plain, source),
        *_prison(plain, source),
        *_offices(plain, source),
    ]
    clues += [Clue("reason", found[0], found[0], source, 0.6) for found in [_BECAUSE.search(plain)] if found]
    return clues


def _dates(text: str, source: str, reader: Reader) -> list[Clue]:
    clues = []
    past = 0
    for found in dates_in(text, reader.today):
        field = _field_of(text, found, past)
        past = found.end
        read = (dates_in(found.text, reader.today, past=True) or [found])[0] if field == "birth_date" else found
        if field and read.doubt:
            reader.doubt(f"A date in {source} {read.doubt}")
        if field and read.value:
            clues.append(Clue(field, read.value, read.text, source, min(read.confidence, 0.85)))
    return clues


def _field_of(text: str, found: DateRead, past: int) -> str:
    """By the nearest word before the date; failing that, by the first one after it."""
    before = list(WHEN.finditer(text, max(past, found.start - 100), found.start))
    nearest = before[-1] if before else WHEN.search(text, found.end, found.end + 30)
    if re.search(r"\b(?:until|till|to|and|[-–])\s?$", text[past : found.start]) and past:
        return "until"
    if before and nearest and nearest.lastgroup == "move" and nearest[0].lower() == "from" and len(before) > 1:
        nearest = before[-2] if before[-2].lastgroup != "until" else nearest
    return _FIELD.get((nearest.lastgroup or "") if nearest else "", "")


def _addresses(text: str, source: str) -> list[Clue]:
    clues = []
    past = 0
    for found in POSTCODE.finditer(text):
        going = list(GOING.finditer(text, past, found.start()))
        there = bool(going) and going[-1].lastgroup == "there"
        if going and not there:
            past = found.end()
            continue
        sure = 0.85 if there else 0.5
        clues.append(Clue("destination", f"{found[1]} {found[2]}", found[0], source, sure))
        at = list(_AT.finditer(text, going[-1].start() if going else max(past, found.start() - 120), found.start()))
        if at and found.start() - at[-1].end() > 3:
            words = text[at[-1].end() : found.end()]
            clues.append(Clue("address", one_line(words), words, source, sure))
        past = found.end()
    return clues


def _towns(text: str, source: str) -> list[Clue]:
    return [
        Clue("destination", place_name(found["place"]), found["place"], source, 0.6)
        for found in _TOWARDS.finditer(text)
        if not _NO_PLACE.fullmatch(found["place"].split(maxsplit=1)[0])
    ]


def _prison(text: str, source: str) -> list[Clue]:
    return [
        Clue("prison", found[0].strip(), found[0].strip(), source, 0.85) for found in [PRISON.search(text)] if found
    ]


def _offices(text: str, source: str) -> list[Clue]:
    to, origin = _TO_OFFICE.search(text), _FROM_OFFICE.search(text)
    clues = [Clue("destination", place_name(to["office"]), to[0], source, 0.7)] if to else []
    return clues + ([Clue("sending", origin["office"], origin["office"], source, 0.8)] if origin else [])


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
