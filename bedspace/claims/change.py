"""What verbs do to live claims: end one, give one other nights, make a booking a stay.

Beds are locked before anything else, several of them in the order of their ids; whoever also locks placements does so
after the beds (`for no key update`, since a new claim refers to its placement). So nobody waits in a circle.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from bedspace.claims.place import another_bed, end_lapsed, refuse_closed, refuse_still_there
from bedspace.claims.rest import RESTS, let_rest, rest_after
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from schemas.acts import Event
from schemas.errors import Conflict, Invalid, NightsClaimed, NotThere
from schemas.words import ClaimKind

sql = queries(__file__)

EndedHow = Literal["departed", "cancelled", "displaced", "moved", "changed", "not_arrived", "ended"]


class Held(Struct, frozen=True, kw_only=True):
    """A live claim on the nights `[first, end)`. `end` is None where nobody has said one."""

    id: int
    bed_id: int
    bed: str
    premises: str
    premises_id: int
    kind: ClaimKind
    first: date
    end: date | None
    person: UUID | None
    placement: UUID | None
    outage: int | None
    reason: str | None
    expires_at: datetime | None


async def lock_beds(
    tx: Tx,
    now: datetime,
    *,
    beds: Sequence[str] = (),
    claims: Sequence[int] = (),
    placements: Sequence[UUID] = (),
) -> tuple[dict[str, int], tuple[Event, ...]]:
    """Queue for beds by code, and for those that claims and placements are on; end their expired holds.

    Answers the ids of the beds by code, and the events of holds that lapsed. What was read of these beds before may
    have changed: read it again. Raises `NotThere` for an unknown code, `Conflict` where a placement has got another bed
    meanwhile.
    """
    rows = await sql.lock(tx, beds=list(beds), claims=list(claims), placements=list(placements))
    locked = {row["code"]: row["bed_id"] for row in rows}
    unknown = sorted(set(beds) - set(locked))
    if unknown:
        raise NotThere(f"There is no bed {', '.join(unknown[:5])}. Check the code.")
    if not {held.bed for held in await _held(tx, claims=claims, placements=placements)} <= set(locked):
        raise Conflict("This has just got another bed. Look at it again, and then decide.")
    return locked, await end_lapsed(tx, list(locked.values()), now)


async def claim_held(tx: Tx, claim_id: int) -> Held | None:
    """A live claim as it is now; None where it is over."""
    found = await _held(tx, claims=[claim_id])
    return found[0] if found else None


async def claims_of_placement(tx: Tx, placement_id: UUID) -> list[Held]:
    """The live booking or stay of a placement (both, where a booking goes on from a stay), the earliest first."""
    return sorted(await _held(tx, placements=[placement_id]), key=lambda held: held.first)


async def claims_in_the_way(
    tx: Tx, bed_id: int, first: date, end: date, *, but: Sequence[int | None] = ()
) -> list[Held]:
    """Live claims that share nights with a window of a bed, the earliest first."""
    rows = await sql.in_the_way(
        tx, bed_id=bed_id, first=first, end=end, but=[claim for claim in but if claim is not None]
    )
    return msgspec.convert([dict(row) for row in rows], list[Held])


async def end_claim(tx: Tx, claim_id: int, *, how: EndedHow, now: datetime, until: date | None = None) -> Held | None:
    """Move a live claim to the history, and answer what it was; None where it was over already.

    `until` is the day on which it really ended: the history then has the nights up to it. The bed rests after a stay
    from that day on; the turnaround behind a booking goes with it.
    """
    await lock_beds(tx, now, claims=[claim_id])
    held = await claim_held(tx, claim_id)
    if held is None:
        return None
    rest = await rest_after(tx, held.bed_id, held.end) if held.kind in RESTS else None
    if rest is not None:
        await sql.end(tx, id=rest, until=None, how="ended", now=now)
    await sql.end(tx, id=held.id, until=until, how=how, now=now)
    day = until or held.end
    if held.kind == "stay" and day is not None:
        await let_rest(tx, [(held.bed_id, day)], now)
    return held


async def change_nights(
    tx: Tx, claim_id: int, from_: date, end: date, now: datetime, *, though_closed: bool = False
) -> tuple[Held, tuple[Event, ...]]:
    """Give a live claim the nights `[from_, end)` on its bed, and answer it as it is then, with holds that lapsed.

    Raises `NotThere` (it is over), `Invalid` (no nights, or the bed is not open, unless somebody sleeps there though it
    has closed), `NightsClaimed` with exactly the nights in the way, or `Conflict` (the person has another bed then).
    Its own turnaround moves with it.
    """
    return await _change(tx, claim_id, from_, end, None, now, though_closed=though_closed)


async def become_stay(
    tx: Tx, claim_id: int, on: date, now: datetime, *, end: date | None = None
) -> tuple[Held, tuple[Event, ...]]:
    """The booking becomes a stay from its actual first night on, under the same id. Raises as `change_nights` does.

    Somebody who leaves on the day of arrival, or comes after the last night booked, needs a later `end`.
    """
    held = await claim_held(tx, claim_id)
    if held is None or held.kind not in RESTS:
        raise _over(claim_id)
    return await _change(tx, claim_id, on, end or held.end or on + timedelta(days=1), "stay", now)


async def _change(
    tx: Tx, claim_id: int, first: date, end: date, kind: ClaimKind | None, now: datetime, *, though_closed: bool = False
) -> tuple[Held, tuple[Event, ...]]:
    if end <= first:
        raise Invalid.because("until", "It must be later than the first night. Give a later day.")
    _, lapsed = await lock_beds(tx, now, claims=[claim_id])
    held = await claim_held(tx, claim_id)
    if held is None:
        raise _over(claim_id)
    rest = await rest_after(tx, held.bed_id, held.end) if held.kind in RESTS else None
    if not though_closed and (first < held.first or (held.end is not None and end > held.end)):
        await refuse_closed(tx, held.bed_id, held.bed, first, end)
    others = await claims_in_the_way(tx, held.bed_id, first, end, but=[held.id, rest])
    if others:
        raise NightsClaimed(held.bed, _nights(others, first, end))
    if first <= london_today(now) < held.first:
        await refuse_still_there(tx, held.bed_id, held.bed, now, but=held.id)
    if rest is not None:
        await sql.end(tx, id=rest, until=None, how="changed", now=now)
    try:
        await sql.change(tx, id=claim_id, first=first, end=end, kind=kind)
    except asyncpg.ExclusionViolationError as error:
        raise another_bed(error) from error
    if held.kind in RESTS:
        await let_rest(tx, [(held.bed_id, end)], now)
    return msgspec.structs.replace(held, first=first, end=end, kind=kind or held.kind), lapsed


def _nights(claims: Sequence[Held], first: date, end: date) -> list[date]:
    """The nights of a window that claims take."""
    return [
        night
        for night in (first + timedelta(days=n) for n in range((end - first).days))
        if any(claim.first <= night and (claim.end is None or night < claim.end) for claim in claims)
    ]


async def _held(tx: Tx, *, claims: Sequence[int] = (), placements: Sequence[UUID] = ()) -> list[Held]:
    rows: list[Any] = await sql.held(tx, claims=list(claims), placements=list(placements))
    return msgspec.convert([dict(row) for row in rows], list[Held])


def _over(claim_id: int) -> NotThere:
    return NotThere(f"Claim {claim_id} is over, or never was. Look at the bed again.")
