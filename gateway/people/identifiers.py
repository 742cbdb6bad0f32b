"""Identifiers of a person, made canonical. Each function answers None for what cannot be that identifier."""

import re
from datetime import date

LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""Check letters of PNC and CRO, by remainder of 23."""

SHORT = 10
"""A PNC of fewer characters, without a slash, has a year of two digits."""


def crn(text: str) -> str | None:
    """Case reference number, `A123456`."""
    return _like(r"[A-Z]\d{6}", text)


def noms(text: str) -> str | None:
    """Prison number, `A1234BC`."""
    return _like(r"[A-Z]\d{4}[A-Z]{2}", text)


def pnc(text: str, today: date) -> str | None:
    """`YYYY/NNNNNNNL`. A year of two digits is of this century unless that lies in the future of `today`."""
    parts = _pnc_parts(text)
    if parts is None:
        return None
    year, serial, letter = parts
    if check_letter(year[-2:] + serial.zfill(7)) != letter:
        return None
    return f"{_full_year(year, today)}/{serial.zfill(7)}{letter}"


def has_pnc_shape(text: str) -> bool:
    """Whether it is written as a PNC number is, be its check letter as it may."""
    return _pnc_parts(text) is not None


def _pnc_parts(text: str) -> tuple[str, str, str] | None:
    bare = _bare(text)
    year_digits = r"\d{2}" if "/" not in bare and len(bare) < SHORT else r"\d{4}"
    match = re.fullmatch(rf"(\d{{2}}|\d{{4}})/(\d{{1,7}})([A-Z])|({year_digits})(\d{{1,7}})([A-Z])", bare, re.ASCII)
    if match is None:
        return None
    year, serial, letter = (part for part in match.groups() if part is not None)
    return year, serial, letter


def cro(text: str) -> str | None:
    """`NNNNNN/YYL`, or `SFYY/NNNNNNL`, whose serial is not padded."""
    bare = _bare(text)
    if match := re.fullmatch(r"(\d{1,6})/(\d{2})([A-Z])", bare, re.ASCII):
        serial, year, letter = match[1].zfill(6), match[2], match[3]
        return f"{serial}/{year}{letter}" if check_letter(year + serial) == letter else None
    if match := re.fullmatch(r"SF(\d{2})/(\d{1,6})([A-Z])", bare, re.ASCII):
        return bare if check_letter(match[1] + match[2]) == match[3] else None
    return None


def check_letter(digits: str) -> str:
    return LETTERS[int(digits) % len(LETTERS)]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text).upper()


def _like(pattern: str, text: str) -> str | None:
    bare = _bare(text)
    return bare if re.fullmatch(pattern, bare, re.ASCII) else None


def _full_year(year: str, today: date) -> str:
    if len(year) == 4:
        return year
    return f"20{year}" if int(year) <= today.year % 100 else f"19{year}"
