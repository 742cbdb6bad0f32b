"""Where two areas differ about one person. Pure."""

from collections.abc import Collection, Iterable
from itertools import combinations

from msgspec import Struct

from schemas.registrations import RegistrationKind

LEVELS: tuple[RegistrationKind, ...] = ("rosh", "mappa")
"""They differ where both areas say something, and it is not the same."""
REGISTERS: tuple[RegistrationKind, ...] = ("high_risk_register", "visor")
"""They differ where one area has the person on it and the other has not."""


class Entry(Struct, frozen=True):
    """A registration in force."""

    kind: RegistrationKind
    pdu: str
    level: str = ""
    category: str = ""


class Differ(Struct, frozen=True, order=True):
    kind: RegistrationKind
    one: str
    other: str


def differing(entries: Iterable[Entry], responsible: str | None, visor: Collection[str]) -> list[Differ]:
    """Between areas that have said anything about the person, and whoever is responsible: who has not, is silent.

    An area that is not responsible and has registered nothing yet has not said that there is nothing. ViSOR is compared
    between areas of `visor` alone, which have turned it on.
    """
    by_area: dict[str, dict[str, Entry]] = {responsible: {}} if responsible else {}
    for entry in entries:
        by_area.setdefault(entry.pdu, {})[entry.kind] = entry
    return sorted(
        Differ(kind, one, other)
        for one, other in combinations(sorted(by_area), 2)
        for kind in (*LEVELS, *REGISTERS)
        if (kind != "visor" or {one, other} <= set(visor)) and _differ(kind, by_area[one], by_area[other])
    )


def _differ(kind: RegistrationKind, one: dict[str, Entry], other: dict[str, Entry]) -> bool:
    here, there = one.get(kind), other.get(kind)
    if kind in REGISTERS:
        return (here is None) != (there is None)
    if here is None or there is None:
        return False
    if here.level != there.level:
        return True
    return bool(here.category and there.category and here.category != there.category)
