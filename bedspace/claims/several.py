"""Many claims in one act: all of them, or none."""

from datetime import datetime
from typing import Any, ClassVar

import asyncpg
from msgspec import Struct

from bedspace.claims.imported import keep_imported, keep_outages
from bedspace.claims.place import GONE, end_lapsed
from bedspace.claims.rest import RESTS, let_rest
from bedspace.claims.stays import PlaceClaim, check_claim
from bedspace.nights import london_today, until
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, NotThere

sql = queries(__file__)

COMES = ("hold", "booking", "stay")
"""The kinds of claims by which somebody comes."""


class PlaceClaims(Struct, frozen=True, kw_only=True):
    """Claims on any number of beds, as an import brings them."""

    action: ClassVar[str] = "claim.place"

    claims: list[PlaceClaim]


class ClaimsPlaced(Struct, frozen=True, kw_only=True):
    claims: int


async def place_claims(tx: Tx, command: PlaceClaims, now: datetime) -> Done[ClaimsPlaced]:
    """Beds are locked in the order of their ids, so that two imports queue and never deadlock.

    Raises `Invalid`, `NotThere` naming the beds that are unknown, or `Conflict` where a claim meets another one.
    """
    for claim in command.claims:
        check_claim(claim, now)
    beds = {row["code"]: row["id"] for row in await sql.lock_beds(tx, beds=[claim.bed for claim in command.claims])}
    unknown = sorted({claim.bed for claim in command.claims} - set(beds))
    if unknown:
        raise NotThere(f"There is no bed {', '.join(unknown[:5])}. Check the codes; none of the claims was kept.")
    await _refuse_still_there(tx, command.claims, now)
    lapsed = await end_lapsed(tx, list(beds.values()), now)
    placed = await _insert(tx, command.claims, beds, now)
    if len(placed) < len(command.claims):
        raise Conflict("Some of these beds are not open on all of the nights. None of the claims was kept.")
    await let_rest(
        tx, [(beds[one.bed], until(one.from_, one.nights)) for one in command.claims if one.kind in RESTS], now
    )
    events = [
        Event("claim_placed", f"claim:{row['id']}", row["person_id"], {"bed": claim.bed, "kind": claim.kind})
        for row, claim in zip(placed, command.claims, strict=True)
    ]
    return Done(ClaimsPlaced(claims=len(placed)), (*lapsed, *events))


async def _refuse_still_there(tx: Tx, claims: list[PlaceClaim], now: datetime) -> None:
    """Nobody comes tonight while somebody is still there who was to be gone by now. The beds are locked."""
    today = london_today(now)
    tonight = [one.bed for one in claims if one.kind in COMES and one.from_ <= today < until(one.from_, one.nights)]
    if tonight and (taken := [row["bed"] for row in await sql.still_there(tx, beds=tonight, now=now)]):
        raise Conflict(f"Beds {', '.join(taken[:5])}: {GONE} None of the claims was kept.")


async def _insert(tx: Tx, claims: list[PlaceClaim], beds: dict[str, int], now: datetime) -> Any:
    placements = await keep_imported(tx, claims, now)
    outages = await keep_outages(tx, claims, now)
    await sql.lock_persons(tx, persons=[claim.person for claim in claims])
    try:
        return await sql.place_several(
            tx,
            placements=placements,
            outages=[outage for outage, _ in outages],
            beds=[beds[claim.bed] for claim in claims],
            kinds=[claim.kind for claim in claims],
            firsts=[claim.from_ for claim in claims],
            ends=[until(claim.from_, claim.nights) for claim in claims],
            persons=[claim.person for claim in claims],
            reasons=[reason for _, reason in outages],
            now=now,
        )
    except asyncpg.ExclusionViolationError as error:
        raise Conflict(
            "Two of these claims meet, or one meets a claim that is there already: the same bed, or the same person, "
            "on the same night. None of them was kept."
        ) from error
