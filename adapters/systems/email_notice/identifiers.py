"""CRN, prison number and PNC: their shapes, and the check letter of the PNC."""

import re

from adapters.systems.email_notice.clues import Clue, Line, Reader

_CRN = re.compile(r"(?<![A-Za-z0-9/])([A-Za-z])[ ]?(\d{6})(?![A-Za-z0-9])")
_NOMS = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]\d{4}[A-Za-z]{2})(?![A-Za-z0-9])")
_PNC = re.compile(r"(?<![A-Za-z0-9/])(\d{4}|\d{2})/(\d{1,7})([A-Za-z])(?![A-Za-z0-9])")
_MALFORMED = re.compile(
    r"\bCRN\b[\s:#-]{1,4}(?![A-Za-z]\s?\d{6}(?!\w))([A-Za-z]{0,3}\d{3,9}[A-Za-z]?)\b", re.IGNORECASE
)
_CHECK = "ZABCDEFGHJKLMNPQRTUVWXY"


def identifiers_in(line: Line, reader: Reader) -> list[Clue]:
    """Those that stand in the line, labelled or not: their shapes are their own."""
    clues = [
        Clue("crn", (found[1] + found[2]).upper(), found[0], line.source, 0.95)
        for found in _CRN.finditer(line.text)
        if found[1].isupper()
    ]
    clues += [
        Clue("noms", found[1].upper(), found[0], line.source, 0.95)
        for found in _NOMS.finditer(line.text)
        if found[1].isupper()
    ]
    if _MALFORMED.search(line.text):
        reader.doubt(f"The CRN in {line.source} was not taken: it is not a letter and six digits.")
    return clues + _pncs(line, reader)


def labelled(field: str, value: str, source: str, reader: Reader) -> list[Clue]:
    """The identifier that a label announces, in capitals or not."""
    clues = [clue for clue in identifiers_in(Line(value.upper(), source), reader) if clue.field == field]
    if not clues and field in {"crn", "noms"} and any(letter.isdigit() for letter in value):
        shape = "a letter and six digits" if field == "crn" else "like A1234BC"
        name = "CRN" if field == "crn" else "prison number"
        reader.doubt(f"The {name} in {source} was not taken: it is not {shape}.")
    return [Clue(field, clue.value, value[clue_at(value, clue.text)], source, 1.0) for clue in clues[:1]]


def clue_at(value: str, text: str) -> slice:
    start = value.upper().find(text)
    return slice(start, start + len(text))


def _pncs(line: Line, reader: Reader) -> list[Clue]:
    clues = []
    for found in _PNC.finditer(line.text):
        year, serial, letter = found[1], found[2].zfill(7), found[3].upper()
        if letter != check_letter(year[-2:] + serial):
            reader.doubt(f"The PNC in {line.source} was not taken: its check letter is wrong.")
            continue
        clues.append(Clue("pnc", f"{_whole_year(year, reader)}/{serial}{letter}", found[0], line.source, 1.0))
    return clues


def check_letter(digits: str) -> str:
    return _CHECK[int(digits) % len(_CHECK)]


def _whole_year(year: str, reader: Reader) -> str:
    if len(year) == 4:
        return year
    newest = reader.today.year % 100 if reader.today else 30
    return ("20" if int(year) <= newest else "19") + year
