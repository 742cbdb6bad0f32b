"""What is asked of a calendar or a grid, checked."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from bedspace.nights import until
from bedspace.search.understand import unknown
from schemas.errors import Invalid

MOST = 730
"""Nights that may be asked at once."""
PEOPLE = 100
EARLIEST = date(2000, 1, 1)


class Wish(Struct, frozen=True):
    """So many people, each of whom needs all of these."""

    needs: tuple[str, ...]
    people: int


def window(first: date, nights: int) -> date:
    """The end of `[first, first + nights)`. Raises `Invalid`."""
    if not 1 <= nights <= MOST:
        raise Invalid.because("nights", f"must be 1 to {MOST}; 84 is twelve weeks.")
    if first < EARLIEST:
        raise Invalid.because("from", "is before the register began. Give a date from 2000 on.")
    return until(first, nights)


def period(first: date, to: date) -> int:
    """How many nights `[first, to)` has. Raises `Invalid`."""
    if to <= first:
        raise Invalid.because("to", "must be after `from`: it is the first day that no longer counts.")
    if (to - first).days > MOST:
        raise Invalid.because("to", f"is too far from `from`: at most {MOST} nights are counted at once.")
    window(first, (to - first).days)
    return (to - first).days


def known_needs(needs: Iterable[str], known: Mapping[str, str], field: str = "needs") -> tuple[str, ...]:
    """Without repeats. Raises `Invalid` for `field`, with the nearest that there are."""
    once = tuple(dict.fromkeys(need.strip() for need in needs if need.strip()))
    faults = unknown(field, once, known, "need", "`GET /api/v1/characteristics` lists them all.")
    if faults:
        raise Invalid(*faults)
    return once


def demand_of(text: str, known: Mapping[str, str]) -> tuple[Wish, ...]:
    """`step_free:2,step_free+en_suite:1` is two people who need the one and a third who needs both. Raises `Invalid`.

    A `+` that an address has made a space of is understood; `any:2` is two people without needs.
    """
    wishes = tuple(_wish(part, known) for part in text.split(",") if part.strip())
    if sum(wish.people for wish in wishes) > PEOPLE:
        raise Invalid.because("demand", f"is more than {PEOPLE} people. Ask for fewer at once.")
    return wishes


def _wish(part: str, known: Mapping[str, str]) -> Wish:
    match = re.fullmatch(r"\s*([\w+ -]+?)\s*:\s*(\d{1,3})\s*", part)
    if match is None or not int(match[2]):
        raise Invalid.because(
            "demand", "must be needs and people such as step_free:2,en_suite:1; join needs of one person with a +."
        )
    needs = [need for need in re.split(r"[+ ]+", match[1]) if need != "any"]
    return Wish(known_needs(needs, known, "demand"), int(match[2]))
