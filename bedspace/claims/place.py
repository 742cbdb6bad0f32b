"""The one way to claim a bed: queue for it, end its expired holds, insert."""

from datetime import date, datetime
from typing import NoReturn
from uuid import UUID

import asyncpg
from msgspec import Struct

from bedspace.claims.rest import RESTS, let_rest
from bedspace.nights import london_today, spoken, until
from bedspace.store import Tx, queries
from schemas.acts import Event
from schemas.errors import Conflict, Invalid, NightsClaimed, NotThere
from schemas.words import ClaimKind

sql = queries(__file__, "claims")

GONE = "Somebody who was to leave by now has no departure. Have it recorded if they are gone, or choose another bed."


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
    leaves: UUID | None = None
    """The placement whose stay in this bed ends where this begins: it is in nobody's way."""


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
            leaves=claim.leaves,
            today=london_today(now),
            now=now,
        )
    except asyncpg.ExclusionViolationError as error:
        raise another_bed(error) from error
    if claim_id is None:
        await _why_not(tx, bed_id, claim, end, now)
    if claim.kind in RESTS:
        await let_rest(tx, [(bed_id, end)], now)
    return claim_id, lapsed


async def end_lapsed(tx: Tx, beds: list[int], now: datetime) -> tuple[Event, ...]:
    """Ends the holds of locked beds whose time is over."""
    rows = await sql.end_lapsed(tx, beds=beds, now=now)
    return tuple(Event("hold_lapsed", f"hold:{row['id']}", body={"bed": row["bed"]}) for row in rows)


def another_bed(error: asyncpg.ExclusionViolationError) -> Exception:
    """What to raise where the tables refuse a claim: in words, when the person has another bed those nights."""
    if error.as_dict().get("constraint_name") != "a_person_has_one_bed_a_night":
        return error
    return Conflict(
        "This person already has a bed for some of those nights. End or shorten that booking or stay first, "
        "or move them between premises."
    )


async def refuse_closed(tx: Tx, bed_id: int, bed: str, first: date, end: date) -> None:
    """Raises `Invalid` when a bed is not open on all nights `[first, end)`."""
    open_ = await sql.open_nights(tx, bed_id=bed_id)
    if open_["opens"] > first:
        raise Invalid.because("bed", f"Bed {bed} opens on {spoken(open_['opens'])}. Choose later nights.")
    if open_["closes"] is not None and open_["closes"] < end:
        raise Invalid.because(
            "bed", f"Bed {bed} closes on {spoken(open_['closes'])}. Choose earlier nights, or another bed."
        )


async def refuse_still_there(
    tx: Tx, bed_id: int, bed: str, now: datetime, *, but: int = 0, leaves: UUID | None = None
) -> None:
    """Raises `NightsClaimed` for tonight while somebody is in a locked bed who was to be gone by now.

    The worker lengthens that stay when it comes by; until then no table says that the night is taken.
    """
    if await sql.still_there(tx, bed_id=bed_id, but=but, leaves=leaves, now=now):
        raise NightsClaimed(bed, [london_today(now)], GONE)


async def _why_not(tx: Tx, bed_id: int, claim: Claim, end: date, now: datetime) -> NoReturn:
    await refuse_closed(tx, bed_id, claim.bed, claim.from_, end)
    nights = await sql.claimed_nights(tx, bed_id=bed_id, first=claim.from_, end=end)
    if not nights:
        await refuse_still_there(tx, bed_id, claim.bed, now, leaves=claim.leaves)
    raise NightsClaimed(claim.bed, [row["night"] for row in nights])
