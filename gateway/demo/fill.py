"""Fills one premises with invented residents, bookings and closed beds, in one act."""

from datetime import datetime
from typing import ClassVar
from zlib import crc32

from msgspec import Struct, structs

from bedspace.claims.several import PlaceClaims, place_claims
from bedspace.claims.stays import PlaceClaim
from bedspace.store import Tx
from gateway.demo.nights import Nights, invent_nights
from gateway.demo.people import Invented, invent_person
from gateway.people.keep import sql
from schemas.acts import Done
from schemas.words import Gender

REASONS = (
    *("unplanned_repair", "planned_repair", "deep_clean", "resident_damage", "refurbishment", "unplanned_repair"),
    *("staff_shortage", "fire_or_flood", "planned_repair"),
)
"""Codes of the list `out_of_service`, more often those that are more common."""


class FillPremises(Struct, frozen=True, kw_only=True):
    """Beds of one premises, and the number of its first resident."""

    action: ClassVar[str] = "demo.fill"

    gender: Gender
    beds: list[str]
    first_person: int


class Filled(Struct, frozen=True, kw_only=True):
    claims: int


async def fill_premises(tx: Tx, command: FillPremises, now: datetime) -> Done[Filled]:
    """Every claim is made by the verb that makes claims; today is the day of `now`."""
    nights = [(bed, night) for bed in command.beds for night in invent_nights(bed, now.date())]
    people = [invent_person(command.first_person + n, command.gender) for n in range(len(nights))]
    await sql.keep_people(tx, now=now, **_columns(people))
    claims = [_claim(bed, night, person) for (bed, night), person in zip(nights, people, strict=True)]
    placed = await place_claims(tx, PlaceClaims(claims=claims), now)
    return Done(Filled(claims=placed.result.claims), placed.events)


def _claim(bed: str, nights: Nights, person: Invented) -> PlaceClaim:
    claim = PlaceClaim(bed=bed, kind=nights.kind, from_=nights.start, nights=(nights.end - nights.start).days)
    if nights.kind == "out_of_service":
        return structs.replace(claim, reason=REASONS[crc32(bed.encode()) % len(REASONS)])
    return structs.replace(claim, person=person.id)


def _columns(people: list[Invented]) -> dict[str, list[object]]:
    fields = {"ids": "id", "crns": "crn", "noms": "noms", "pncs": "pnc", "names": "name", "born": "birth_date"}
    return {column: [getattr(person, field) for person in people] for column, field in fields.items()} | {
        "genders": [person.gender for person in people]
    }
