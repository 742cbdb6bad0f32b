"""Claiming beds: eight callers on beds of their own, and fifty who race for one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from itertools import count
from statistics import median
from time import perf_counter
from typing import TypedDict

import asyncpg
from msgspec import Struct

from bedspace.claims.holds import place_hold
from bedspace.claims.place import Claim, place
from bedspace.claims.place import sql as claims
from bedspace.nights import london_today
from bedspace.store import queries
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import open_pool, transaction
from schemas.claims import PlaceHold
from schemas.errors import NightsClaimed
from tests.bench.table import Design, Line, at_once, number, take_turns

sql = queries(__file__)

CALLERS, RACERS = 8, 50
FREE_FROM = timedelta(days=500)
"""No stay of the bench reaches so far."""


class Nights(TypedDict):
    """Which nights, and the times that a claim on them carries."""

    first: date
    end: date
    now: datetime
    expires_at: datetime


class Race(Struct, frozen=True):
    """Some rounds of fifty who want one bed."""

    what: str
    rounds: int
    most_winners: int
    deadlocks: int
    median_ms: float
    worst_ms: float


@asynccontextmanager
async def _house(url: str, now: Callable[[], datetime], size: int) -> AsyncIterator[House]:
    owner = await asyncpg.connect(url)
    pool = await open_pool(url, size=size)
    await sql.without_promises(owner)
    try:
        yield House(pool=pool, now=now)
    finally:
        await sql.empty(owner)
        await owner.close()
        await pool.close()


async def bookings(url: str, now: Callable[[], datetime], seconds: float) -> list[Line]:
    async with _house(url, now, CALLERS) as house:
        ways = Ways(house, [tuple(row) for row in await house.pool.fetch("select id, code from bed order by id")])
        designs = [
            Design("a bare INSERT: nothing is promised", at_once(CALLERS, ways.bare)),
            Design("the claim: bed touched first, EXCLUDE behind", at_once(CALLERS, ways.claim)),
            Design("EXCLUDE alone", at_once(CALLERS, ways.exclude)),
            Design("look, then insert: nothing is promised", at_once(CALLERS, ways.look_first)),
            Design("the claim with its lock and its lapsed holds, in a transaction", at_once(CALLERS, ways.function)),
            Design("the whole verb: permission, events and audit too", at_once(CALLERS, ways.verb)),
        ]
        return await take_turns(designs, seconds)


class Ways:
    """Each claims three nights of another bed at each call, far from every stay."""

    def __init__(self, house: House, beds: list[tuple[int, str]]) -> None:
        self.house = house
        self._beds = beds
        self._turn = count()

    def _next(self) -> tuple[int, str, Nights]:
        turn, now = next(self._turn), self.house.now()
        weeks, bed = divmod(turn, len(self._beds))
        first = london_today(now) + FREE_FROM + timedelta(days=3 * weeks)
        end, expires_at = first + timedelta(days=3), now + timedelta(hours=9)
        return (*self._beds[bed], Nights(first=first, end=end, now=now, expires_at=expires_at))

    async def bare(self) -> None:
        bed, _, nights = self._next()
        await sql.bare(self.house.pool, bed_id=bed, **nights)

    async def exclude(self) -> None:
        bed, _, nights = self._next()
        await sql.exclude(self.house.pool, bed_id=bed, **nights)

    async def look_first(self) -> None:
        bed, _, nights = self._next()
        async with transaction(self.house.pool) as tx:
            if await sql.is_free(tx, bed_id=bed, first=nights["first"], end=nights["end"]):
                await sql.bare(tx, bed_id=bed, **nights)

    async def claim(self) -> None:
        bed, _, nights = self._next()
        nobody = dict.fromkeys(("person", "placement", "outage", "leaves"))
        rest = {**nobody, "today": london_today(nights["now"])}
        if await claims.place(self.house.pool, bed_id=bed, kind="hold", reason="bench", **rest, **nights) is None:
            raise AssertionError(f"Bed {bed} is claimed already")

    async def function(self) -> None:
        _, code, nights = self._next()
        one = Claim(
            bed=code, kind="hold", from_=nights["first"], nights=3, reason="bench", expires_at=nights["expires_at"]
        )
        async with transaction(self.house.pool) as tx:
            await place(tx, one, self.house.now())

    async def verb(self) -> None:
        _, code, nights = self._next()
        await act(
            self.house, OPERATOR, place_hold, PlaceHold(bed=code, from_=nights["first"], nights=3, reason="bench")
        )


async def races(url: str, now: Callable[[], datetime], rounds: int) -> list[Race]:
    async with _house(url, now, RACERS) as house:
        beds = await house.pool.fetch("select id, code from bed order by id limit $1", 2 * rounds + 5)
        first = london_today(now()) + FREE_FROM
        nights = {"first": first, "end": first + timedelta(days=28), "now": now(), "expires_at": now()}

        async def verb(n: int) -> None:
            await act(
                house, OPERATOR, place_hold, PlaceHold(bed=beds[n]["code"], from_=first, nights=28, reason="bench")
            )

        async def exclude(n: int) -> None:
            await sql.exclude(house.pool, bed_id=beds[n]["id"], **nights)

        async def look_first(n: int) -> None:
            async with transaction(house.pool) as tx:
                if await sql.is_free(tx, bed_id=beds[n]["id"], first=first, end=nights["end"]):
                    await sql.bare(tx, bed_id=beds[n]["id"], **nights)
                else:
                    raise NightsClaimed(beds[n]["code"], [])

        await asyncio.gather(*(house.pool.execute("select pg_sleep(0.2)") for _ in range(RACERS)))  # all connected
        return [
            await _race("the whole verb: bed touched first, EXCLUDE behind", verb, range(rounds + 1)),
            await _race("EXCLUDE alone", exclude, range(rounds + 1, rounds + 4)),
            await _race("look, then insert", look_first, range(rounds + 4, 2 * rounds + 5)),
        ]


async def _race(what: str, claim: Callable[[int], Awaitable[None]], rounds: range) -> Race:
    """The first round is not counted: in it fifty connections prepare their statements."""
    took: list[float] = []
    won: list[int] = []
    deadlocks = 0
    for n in rounds:
        began = perf_counter()
        results = await asyncio.gather(*(claim(n) for _ in range(RACERS)), return_exceptions=True)
        took.append(1000 * (perf_counter() - began))
        won.append(sum(result is None for result in results))
        deadlocks += sum(isinstance(result, asyncpg.DeadlockDetectedError) for result in results)
        _only_expected([result for result in results if result is not None])
    return Race(what, len(took) - 1, max(won), deadlocks, median(took[1:]), max(took[1:]))


def _only_expected(errors: list[BaseException]) -> None:
    lost = NightsClaimed | asyncpg.ExclusionViolationError | asyncpg.DeadlockDetectedError
    strange = [error for error in errors if not isinstance(error, lost)]
    if strange:
        raise strange[0]


def table_of_races(found: list[Race]) -> str:
    wide = max(len(race.what) for race in found)
    rows = [
        f"| {race.what:{wide}} | {race.rounds:>6} | {race.most_winners:>12} | {race.deadlocks:>9} | "
        f"{number(race.median_ms):>10} | {number(race.worst_ms):>9} |"
        for race in found
    ]
    head = f"| {'':{wide}} | rounds | most winners | deadlocks | median, ms | worst, ms |"
    rule = f"|{'-' * (wide + 2)}|-------:|-------------:|----------:|-----------:|----------:|"
    return "\n".join(["### Fifty race for one bed", "", head, rule, *rows, ""])
