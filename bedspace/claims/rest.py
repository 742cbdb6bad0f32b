"""Turnaround: the nights that a bed rests behind a booking or a stay.

It is a claim of its own from the moment that the booking is placed, so that searches see it and the next booking keeps
off it. The turnaround of a claim is the one that begins where the claim ends. It gives way to whatever is there.
"""

from collections.abc import Sequence
from datetime import date, datetime

from bedspace.store import Tx, queries

sql = queries(__file__)

RESTS = ("booking", "stay")
"""Kinds of claims that a bed rests after."""


async def rest_after(tx: Tx, bed_id: int, end: date | None) -> int | None:
    """The id of the turnaround of the claim that ends on that day."""
    if end is None:
        return None
    found: int | None = await sql.rest_after(tx, bed_id=bed_id, day=end)
    return found


async def let_rest(tx: Tx, beds: Sequence[tuple[int, date]], now: datetime) -> None:
    """Let locked beds rest, each from its day on. A bed that is claimed on that night does not rest."""
    if beds:
        await sql.lay(tx, beds=[bed for bed, _ in beds], days=[day for _, day in beds], now=now)


async def make_way(tx: Tx, bed_id: int, first: date, end: date, now: datetime) -> None:
    """Turnaround of a locked bed gives way on the nights `[first, end)`: what reaches in is shortened or goes."""
    await sql.shorten_rests(tx, bed_id=bed_id, first=first)
    await sql.drop_rests(tx, bed_id=bed_id, first=first, end=end, now=now)
