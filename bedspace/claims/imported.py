"""The placements of bookings and stays that an import brings: there was no AP referral here to begin them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid4

from bedspace.nights import until
from bedspace.store import Tx, queries

sql = queries(__file__)

PLACED = ("booking", "stay")
"""The kinds of claims that belong to a placement."""


class Brought(Protocol):
    """What an import says of one claim."""

    @property
    def bed(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def from_(self) -> date: ...
    @property
    def nights(self) -> int: ...
    @property
    def person(self) -> UUID | None: ...


async def keep_imported(tx: Tx, claims: Sequence[Brought], now: datetime) -> list[UUID | None]:
    """The placement of each claim, in order: None for kinds that belong to none. A bed that is unknown is left out."""
    ids = [uuid4() if claim.kind in PLACED else None for claim in claims]
    placed = [(placement, claim) for placement, claim in zip(ids, claims, strict=True) if placement is not None]
    if placed:
        await sql.keep_imported(
            tx,
            ids=[placement for placement, _ in placed],
            beds=[claim.bed for _, claim in placed],
            states=["arrived" if claim.kind == "stay" else "booked" for _, claim in placed],
            firsts=[claim.from_ for _, claim in placed],
            ends=[until(claim.from_, claim.nights) for _, claim in placed],
            persons=[claim.person for _, claim in placed],
            now=now,
        )
    return ids
