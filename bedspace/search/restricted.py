"""Restrictions: what premises offer or accept in general, and not on some nights."""

from collections.abc import Iterable

from bedspace.search.shape import Restricted, Shape
from bedspace.search.snapshot import Words


def open_to(shape: Shape, beds: Words, codes: Iterable[str], first: int, nights: int) -> Words:
    """Those of the beds whose premises offer all of this on every night of a window."""
    shut = [site for site, begins, end in limits(shape, codes) if begins < first + nights and end > first]
    if not shut:
        return beds
    beds = beds.copy()
    for site in shut:
        beds[shape.rows_of[site]] = 0
    return beds


def limits(shape: Shape, codes: Iterable[str]) -> list[Restricted]:
    """Of some characteristics."""
    return [one for code in codes for one in shape.restricted.get(code, ())] if shape.restricted else []


def of_site(shape: Shape, codes: Iterable[str], site: int) -> list[tuple[int, int]]:
    """The nights `[first, end)` on which one site does not offer all of this."""
    return [(begins, end) for one, begins, end in limits(shape, codes) if one == site]
