"""Is this someone we know? Decided on plain records; people merge nobody's records but by hand."""

import unicodedata
from datetime import date
from uuid import UUID

from msgspec import Struct
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

SAME_NAME = 0.90
"""From here on two spellings are one name, when the birth date is the same."""
OTHER_NAME = 0.70
"""Below this two names are of two people, so an identifier they share is a slip in one of them. In between: ask."""

TITLES = {"mr", "mrs", "miss", "ms", "mx", "dr"}


class Identity(Struct, frozen=True, kw_only=True):
    """What is known of who someone is. Identifiers are canonical."""

    name: str
    crn: str | None = None
    noms: str | None = None
    pnc: str | None = None
    birth_date: date | None = None
    gender: str | None = None


class Known(Identity, frozen=True, kw_only=True):
    id: UUID
    other_names: tuple[str, ...] = ()


class Match(Struct, frozen=True):
    """The person, if it is one we know; `unsure` says in words why a person must look."""

    person: UUID | None = None
    unsure: str = ""
    alike: bool = False
    """Someone else has this name and birth date under other identifiers: two people, until a person says otherwise."""


def match(wanted: Identity, candidates: list[Known]) -> Match:
    """By identifiers first, then by name and birth date. Anything that clashes is for a person to decide."""
    sharing = [known for known in candidates if shared(wanted, known)]
    if sharing:
        return _by_identifier(wanted, sharing)
    return _by_name(wanted, [known for known in candidates if _same(wanted.birth_date, known.birth_date)])


def _by_identifier(wanted: Identity, sharing: list[Known]) -> Match:
    if len(sharing) > 1:
        return Match(unsure="The identifiers in the message belong to different people on record.")
    known = sharing[0]
    which = " and ".join(name.upper() for name in shared(wanted, known))
    if clashing(wanted, known):
        return Match(unsure=f"The {which} is on record with another identifier beside it.")
    if wanted.birth_date and known.birth_date and wanted.birth_date != known.birth_date:
        return Match(unsure=f"The {which} is on record with another birth date.")
    if _likeness(wanted, known) < OTHER_NAME:
        return Match(unsure=f"The {which} is on record with another name.")
    return Match(known.id)


def _by_name(wanted: Identity, born_that_day: list[Known]) -> Match:
    alike = [known for known in born_that_day if _likeness(wanted, known) >= OTHER_NAME]
    close = [known for known in alike if not clashing(wanted, known)]
    if not close:
        return Match(alike=bool(alike))
    if len(close) > 1:
        return Match(unsure="More than one person on record has such a name and this birth date.")
    if _likeness(wanted, close[0]) < SAME_NAME:
        return Match(unsure="Someone on record has this birth date and a similar name.")
    return Match(close[0].id)


def _likeness(wanted: Identity, known: Known) -> float:
    """By whichever of their names is most like it."""
    return max(likeness(wanted.name, name) for name in (known.name, *known.other_names))


def likeness(one: str, other: str) -> float:
    """Of two names, 0 to 1, whatever their order, case, accents and titles. A middle name left out does not count."""
    first, second = sorted(_words(one)), sorted(_words(other))
    fewer, more = sorted((set(first), set(second)), key=len)
    if len(fewer) > 1 and fewer <= more:
        return 1.0
    a, b = " ".join(first), " ".join(second)
    return (fuzz.token_sort_ratio(a, b) / 100 + JaroWinkler.similarity(a, b)) / 2


def shared(wanted: Identity, known: Identity) -> list[str]:
    """Names of the identifiers that both have and that are equal."""
    return [name for name, one, other in _pairs(wanted, known) if _same(one, other)]


def clashing(wanted: Identity, known: Identity) -> list[str]:
    return [name for name, one, other in _pairs(wanted, known) if one and other and one != other]


def _pairs(wanted: Identity, known: Identity) -> list[tuple[str, str | None, str | None]]:
    return [(name, getattr(wanted, name), getattr(known, name)) for name in ("crn", "noms", "pnc")]


def _same(one: object, other: object) -> bool:
    return one is not None and one == other


def _words(name: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain.replace("'", "").replace("’", "")).split()
    return [word for word in words if word not in TITLES]
