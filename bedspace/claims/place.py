"""The one way to claim a bed: queue for it, end its expired holds, insert."""

from datetime import date, datetime
from typing import NoReturn
from uuid import UUID

import asyncpg
from msgspec import Struct

from bedspace.nights import spoken, until
from bedspace.store import Tx, queries
from schemas.acts import Event
from schemas.errors import Conflict, Invalid, NightsClaimed, NotThere
from schemas.words import ClaimKind

sql = queries(__file__, "claims")


class Claim(Struct, frozen=True, kw_only=True):
    """What is to be claimed. Only a hold has `expires_at`, and only what is for somebody has a `person`.

    A booking and a stay have the `placement` they belong to, a bed out of service the `outage`.
    """

    bed: str
    kind: ClaimKind
    from_: date
    nights: int
    reason: str | None = None
    person: UUID | None = None
    expires_at: datetime | None = None
    placement: UUID | None = None
    outage: int | None = None


async def place(tx: Tx, claim: Claim, now: datetime) -> tuple[int, tuple[Event, ...]]:
    """The id of the new claim, and the events of holds that lapsed on the way.

    The bed is locked before anything is inserted, so that racing callers queue and never deadlock.
    Raises `NotThere`, `Invalid` (the bed is not open), `NightsClaimed`, or `Conflict` (the person has another bed).
    """
    bed_id = await sql.lock_bed(tx, bed=claim.bed)
    if bed_id is None:
        raise NotThere(f"There is no bed {claim.bed}. Search again, and use the code of a bed as it is shown there.")
    lapsed = await end_lapsed(tx, [bed_id], now)
    end = until(claim.from_, claim.nights)
    try:
        claim_id = await sql.place(
            tx,
            bed_id=bed_id,
            kind=claim.kind,
            first=claim.from_,
            end=end,
            person=claim.person,
            reason=claim.reason,
            expires_at=claim.expires_at,
            placement=claim.placement,
            outage=claim.outage,
            now=now,
        )
    except asyncpg.ExclusionViolationError as error:
        raise _another_bed(error) from error
    if claim_id is None:
        await _why_not(tx, bed_id, claim, end)
    return claim_id, lapsed


async def end_lapsed(tx: Tx, beds: list[int], now: datetime) -> tuple[Event, ...]:
    """Ends the holds of locked beds whose time is over."""
    rows = await sql.end_lapsed(tx, beds=beds, now=now)
    return tuple(Event("hold_lapsed", f"hold:{row['id']}", body={"bed": row["bed"]}) for row in rows)


def _another_bed(error: asyncpg.ExclusionViolationError) -> Exception:
    if error.as_dict().get("constraint_name") != "a_person_has_one_bed_a_night":
        return error
    return Conflict(
        "This person already has a bed for some of those nights. End or shorten that booking or stay first, "
        "or move them between premises."
    )


async def _why_not(tx: Tx, bed_id: int, claim: Claim, end: date) -> NoReturn:
    bed = await sql.open_nights(tx, bed_id=bed_id)
    if bed["opens"] > claim.from_:
        raise Invalid.because("bed", f"Bed {claim.bed} opens on {spoken(bed['opens'])}. Choose later nights.")
    if bed["closes"] is not None and bed["closes"] < end:
        raise Invalid.because(
            "bed", f"Bed {claim.bed} closes on {spoken(bed['closes'])}. Choose earlier nights, or another bed."
        )
    nights = await sql.claimed_nights(tx, bed_id=bed_id, first=claim.from_, end=end)
    raise NightsClaimed(claim.bed, [row["night"] for row in nights])
