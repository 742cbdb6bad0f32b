"""Fills one premises with invented residents, bookings and closed beds, in one act."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct, structs

from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.store import Tx
from gateway.demo.nights import invent_nights
from gateway.demo.people import invent_person
from gateway.people.keep import sql
from schemas.acts import Done, Event

REASONS = ("repair of a window", "deep clean after damage", "fire door on order")


class FillPremises(Struct, frozen=True, kw_only=True):
    """Beds of one premises, and the number of its first resident."""

    action: ClassVar[str] = "demo.fill"

    premises: str
    gender: str
    beds: list[str]
    first_person: int


class Filled(Struct, frozen=True, kw_only=True):
    claims: int


async def fill_premises(tx: Tx, command: FillPremises, now: datetime) -> Done[Filled]:
    """Every claim is made by the verb that makes claims; today is the day of `now`."""
    events: list[Event] = []
    number = command.first_person
    for bed in command.beds:
        for nights in invent_nights(bed, now.date()):
            claim = PlaceClaim(bed=bed, kind=nights.kind, from_=nights.start, nights=(nights.end - nights.start).days)
            if nights.kind == "out_of_service":
                claim = structs.replace(claim, reason=REASONS[number % len(REASONS)])
            else:
                claim = structs.replace(claim, person=await _resident(tx, number, command.gender, now))
            number += 1
            events += (await place_claim(tx, claim, now)).events
    return Done(Filled(claims=number - command.first_person), tuple(events), subject=f"premises:{command.premises}")


async def _resident(tx: Tx, number: int, gender: str, now: datetime) -> UUID:
    person = invent_person(number, "female" if gender == "female" else "male")
    await sql.keep_person(
        tx,
        id=person.id,
        crn=person.crn,
        noms=person.noms,
        pnc=person.pnc,
        name=person.name,
        birth_date=person.birth_date,
        gender=person.gender,
        now=now,
    )
    return person.id
