"""The search in one process, beside what else one could do with the same tables."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import cycle
from pathlib import Path

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bedspace.geography.postcodes import Postcodes
from bedspace.search.ask import Ask
from bedspace.search.register import Register
from bedspace.search.search import hits, search
from bedspace.search.sql_form import walk
from bedspace.search.survey import survey
from bedspace.search.understand import understand
from gateway.store.database import Pool, open_pool
from schemas.search import Need
from tests.bench.more_processes import processes
from tests.bench.orm import by_sql, day_by_day, engine_of
from tests.bench.table import Design, Line, at_once, in_a_row, take_turns

PK = "select id, code, premises_id, room_id from bed where id = $1"


class Bench(Struct):
    pool: Pool
    register: Register
    engine: AsyncEngine
    needs: Sequence[Need]
    asks: Sequence[Ask]
    now: Callable[[], datetime]
    seconds: float


@asynccontextmanager
async def open_bench(
    url: str, postcodes: Postcodes, needs: Sequence[Need], now: Callable[[], datetime], seconds: float
) -> AsyncIterator[Bench]:
    pool = await open_pool(url, size=8)
    reading = await open_pool(url, size=2, plan_cache_mode="force_generic_plan")
    register, engine = Register(reading, postcodes, now=now), engine_of(url)
    try:
        yield Bench(pool, register, engine, needs, [understand(need, postcodes) for need in needs], now, seconds)
    finally:
        await register.close()
        await engine.dispose()
        await reading.close()
        await pool.close()


async def agree(bench: Bench, count: int = 12, *, day_by_day_too: bool) -> None:
    """Every design finds the same premises in the same order. Raises `AssertionError`."""
    for need, ask in list(zip(bench.needs, bench.asks, strict=True))[:count]:
        ours = [hit.premises.code for hit in (await bench.register.shortlist(need)).hits]
        async with AsyncSession(bench.engine) as session:
            others = [
                [walked.code for walked in await walk(bench.pool, ask, bench.now())],
                [code for code, _, _ in await by_sql(session, ask, bench.now())],
            ]
            if day_by_day_too:
                others.append([code for code, _, _ in await day_by_day(session, ask)])
        if any(other != ours for other in others):
            raise AssertionError(f"The designs disagree: {ours} {others}")


async def in_process(bench: Bench, url: str, data: Path, *, day_by_day_too: bool) -> list[Line]:
    snapshot = await bench.register.current()
    beds = cycle(await bench.pool.fetch("select id from bed order by random() limit 1000"))
    needs, asks = cycle(bench.needs), cycle(bench.asks)

    async def look_up() -> None:
        await bench.pool.fetchrow(PK, next(beds)["id"])

    async def proved_hits() -> None:
        hits(survey(await bench.register.current(), next(asks)))

    async def whole() -> None:
        await bench.register.shortlist(next(needs))

    async def in_sql() -> None:
        await walk(bench.pool, next(asks), bench.now(), beds=1)

    async def as_objects() -> None:
        async with AsyncSession(bench.engine) as session:
            await day_by_day(session, next(asks))

    designs = [
        Design("primary-key look-up, bare asyncpg, 8 connections", at_once(8, look_up)),
        Design("hits with reasons, proved current, 32 in flight", at_once(32, proved_hits)),
        Design("whole search, proved current, 32 in flight", at_once(32, whole)),
        Design("whole search, proved current, one at a time", at_once(1, whole)),
        Design("snapshot alone: hits with reasons", in_a_row(lambda: hits(survey(snapshot, next(asks))))),
        Design("snapshot alone: hits, near misses, alternatives", in_a_row(lambda: search(snapshot, next(asks)))),
        Design("the SQL form, 8 connections", at_once(8, in_sql)),
    ]
    if day_by_day_too:
        designs.append(Design("objects counted day by day (SQLAlchemy)", at_once(1, as_objects), weight=2))
    with processes(2, url, data) as in_two:
        designs.insert(3, Design("whole search, two processes, 32 in flight in each", in_two))
        return await take_turns(designs, bench.seconds)
