"""Bookings and stays for a test, and what is on a bed, in a line each."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from msgspec import convert

from bedspace.claims.stays import PlaceClaim, place_claim
from gateway.access.act import House, act, set_scope
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool, transaction

TODAY = date(2026, 11, 22)


def day(count: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=count)


async def claimed(
    house: House, kind: str, first: int, end: int, *, bed: str = "AP1-1", person: UUID | None = None
) -> int:
    """A claim on the nights `[first, end)`, counted from today; its id."""
    whose = (person or uuid4()) if kind in ("booking", "stay") else None
    given = {"bed": bed, "kind": kind, "from": day(first), "nights": end - first, "person": whose, "reason": "x"}
    return (await act(house, OPERATOR, place_claim, convert(given, PlaceClaim))).id


async def on_bed(pool: Pool, bed: str = "AP1-1") -> list[tuple[str, int, int]]:
    """The live claims of a bed: kind, first night and end, counted from today."""
    rows = await pool.fetch(
        "select kind, lower(during) - $2::date as first, upper(during) - $2::date as end "
        "from bed_claim c join bed b on b.id = c.bed_id where b.code = $1 order by during",
        bed,
        TODAY,
    )
    return [(row["kind"], row["first"], row["end"]) for row in rows]


async def ended(pool: Pool) -> list[tuple[str, str, int | None, int | None]]:
    """The history: kind, how it ended, and its nights counted from today; None and None where it had none."""
    rows = await pool.fetch(
        "select kind, ended_how, lower(during) - $1::date as first, upper(during) - $1::date as end "
        "from bed_claim_history order by id",
        TODAY,
    )
    return [(row["kind"], row["ended_how"], row["first"], row["end"]) for row in rows]


async def within(house: House, deed: Callable[..., Awaitable[Any]], *arguments: Any, **named: Any) -> Any:
    """Run a primitive in a transaction of the operator's, as a verb would."""
    async with transaction(house.pool) as tx:
        await set_scope(tx, OPERATOR, "nation")
        return await deed(tx, *arguments, **named, now=house.now())


async def rests(pool: Pool, nights: int, premises: str = "AP1") -> None:
    await pool.execute("update premises set turnaround_nights = $2 where code = $1", premises, nights)


async def seen(pool: Pool, question: str, *arguments: Any) -> Any:
    """One value, as somebody sees it who reaches the nation."""
    async with transaction(pool) as tx:
        await set_scope(tx, OPERATOR, "nation")
        return await tx.fetchval(question, *arguments)
