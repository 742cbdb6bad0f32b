"""What looks like a postcode, whatever its spacing and case."""

import re
import unicodedata

OUTWARD = r"[A-Z]{1,2}\d[A-Z\d]?|GIR|NPT"
"""`LS1`, `SW1A`, `M1`; and two old ones of another shape that are still met on files."""
INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"

_full = re.compile(f"({OUTWARD})({INWARD})").fullmatch
_outward = re.compile(OUTWARD).fullmatch
_ending = re.compile(rf"[\s,]({OUTWARD})\s*({INWARD})[\s.]*$").search
_sector = re.compile(rf"({OUTWARD})\s+(\d)").fullmatch
_between = re.compile(r"[\s.,\-\u200b\ufeff]+")


def squeeze(text: str) -> str:
    """Upper case without what people type between the characters of a postcode."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _between.sub("", plain).upper()


def halves(text: str) -> tuple[str, str] | None:
    """`("LS1", "4AP")` of anything shaped as a full postcode."""
    match = _full(squeeze(text))
    return (match[1], match[2]) if match else None


def outward_code(text: str) -> str | None:
    """`LS1` of anything shaped as an outward code alone."""
    match = _outward(squeeze(text))
    return match[0] if match else None


def district_of(postcode: str) -> str:
    """`LS1` of `LS1 4AP`: whatever comes before the last three characters."""
    return squeeze(postcode)[:-3]


def written(text: str) -> str | None:
    """The postcode as it is written, `LS1 4AP`; None for any other shape."""
    both = halves(text)
    return " ".join(both) if both else None


def at_the_end(text: str) -> str | None:
    """The full postcode that a text is, or an address ends with."""
    whole = written(text)
    match = None if whole else _ending(text.upper())
    return whole or (f"{match[1]} {match[2]}" if match else None)


def sector(text: str) -> str | None:
    """`LS1 4` of anything shaped as a postcode sector, which needs its space: `LS14` is an outward code."""
    match = _sector(text.strip().upper())
    return f"{match[1]} {match[2]}" if match else None


def sector_of(postcode: str) -> str:
    """`LS1 4AP` → `LS1 4`."""
    return postcode[:-2]
