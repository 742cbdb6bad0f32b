"""Absences of all areas counted in one sequence. Pure: a move does not begin the count again."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from schemas.contacts import Outcome


class Seen(Struct, frozen=True):
    """One contact, as far as the count asks."""

    id: UUID
    at: datetime
    outcome: Outcome
    pdu: str | None


class Place(Struct, frozen=True):
    """Of an unacceptable absence: the how manyeth of all, and since the last contact that was attended."""

    absence: int
    in_a_row: int


class Sequence(Struct, frozen=True):
    places: dict[UUID, Place]
    unacceptable: int
    in_a_row: int
    acceptable: int
    by_area: dict[str | None, int]


def counted(contacts: Iterable[Seen]) -> Sequence:
    """In the order of time, whatever the order they come in and whoever recorded them.

    What is planned or cancelled, and an acceptable absence, neither counts nor ends a row.
    """
    places: dict[UUID, Place] = {}
    by_area = Counter[str | None]()
    row = acceptable = 0
    for one in sorted(contacts, key=lambda one: (one.at, one.id.bytes)):
        if one.outcome == "unacceptable_absence":
            row += 1
            by_area[one.pdu] += 1
            places[one.id] = Place(len(places) + 1, row)
        elif one.outcome == "attended":
            row = 0
        elif one.outcome == "acceptable_absence":
            acceptable += 1
    return Sequence(places, len(places), row, acceptable, dict(by_area))
