"""What the claims belong to that an import brings: placements without an AP referral, and beds out of service."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid4

from bedspace.nights import london_today, until
from bedspace.store import Tx, queries

sql = queries(__file__)

PLACED = ("booking", "stay")
"""The kinds of claims that belong to a placement."""
BEFORE_LISTS = "recorded_before_lists"
"""The reason of the list `out_of_service` for what came in words; the words are its note."""

Kept = tuple[int | None, str | None]
"""The record of a bed out of service, and the reason that its claim has."""


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
    @property
    def reason(self) -> str | None: ...


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


async def keep_outages(tx: Tx, claims: Sequence[Brought], now: datetime) -> list[Kept]:
    """The record of each claim that takes a bed out of service, in order: None for others, and of an unknown bed.

    A reason that is a code of the list is that one, where it wants no note; any other was said in words.
    """
    out = [(n, claim) for n, claim in enumerate(claims) if claim.kind == "out_of_service"]
    records: list[Kept] = [(None, claim.reason) for claim in claims]
    if out:
        kept = await sql.keep_outages(
            tx,
            beds=[claim.bed for _, claim in out],
            firsts=[claim.from_ for _, claim in out],
            ends=[until(claim.from_, claim.nights) for _, claim in out],
            said=[claim.reason or "" for _, claim in out],
            words=BEFORE_LISTS,
            today=london_today(now),
            now=now,
        )
        for row in kept:
            records[out[row["n"] - 1][0]] = (row["id"], row["reason"])
    return records
