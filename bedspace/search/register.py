"""The register as a process knows it: a snapshot, proved current for every search."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import asyncpg

from bedspace.nights import london_today, refuse_past
from bedspace.placements.deadlines import timeliness_of
from bedspace.search.ask import Ask, Places
from bedspace.search.load import load, refresh
from bedspace.search.search import search
from bedspace.search.snapshot import Snapshot, Words
from bedspace.search.sql_form import busy_by_sql
from bedspace.search.survey import past_horizon
from bedspace.search.together import Together
from bedspace.search.understand import check, understand, with_register
from bedspace.store import GONE
from schemas.errors import Unavailable
from schemas.meetings import RuledOut
from schemas.search import Association, Need, Shortlist

WAIT = 5.0
"""Seconds after which the database counts as gone."""
WAIT_TO_LOAD = 60.0
NOT_CHECKED = Association()


class Register:
    """Loads at the first search. Keeps one connection of the pool, which should plan generically
    (`plan_cache_mode=force_generic_plan`: a third of the time)."""

    def __init__(
        self,
        pool: "asyncpg.Pool[asyncpg.Record]",
        postcodes: Places,
        *,
        now: Callable[[], datetime],
        invented: bool = False,
    ) -> None:
        self._pool = pool
        self._places = postcodes
        self._now = now
        self._invented = invented
        self._connection: asyncpg.pool.PoolConnectionProxy[asyncpg.Record] | None = None
        self._snapshot: Snapshot | None = None
        self._xmin = 0
        self._as_of: datetime
        self._refreshing = Together(self._refresh)

    async def shortlist(self, need: Need, ruled_out: RuledOut | None = None) -> Shortlist:
        """`ruled_out` is what a person must be kept away from, asked of the database beforehand.

        Raises `Invalid`, or `Unavailable` when the database does not answer: no old answer is given.
        """
        self.check(need)
        ask = understand(need, self._places, ruled_out)
        snapshot = await self.current()
        refuse_past(need.from_, snapshot.base)
        ask = with_register(ask, need, snapshot.shape)
        as_of = self._as_of
        past = past_horizon(snapshot, ask)
        busy = await self._busy_past_the_horizon(snapshot, ask, past, as_of) if past else None
        found = search(snapshot, ask, busy)
        return Shortlist(
            as_of=as_of,
            hits=found.hits,
            near_misses=found.near_misses,
            timeliness=timeliness_of(need.from_, snapshot.base),
            association=ruled_out.association if ruled_out else NOT_CHECKED,
            invented=self._invented,
        )

    def check(self, need: Need) -> None:
        """What can be told before anything is read. Raises `Invalid`."""
        refuse_past(need.from_, london_today(self._now()))
        check(need)

    async def current(self) -> Snapshot:
        """The snapshot, in a state read after this call. Use it before the next `await`. Raises `Unavailable`."""
        await self._refreshing.done_after_now()
        if self._snapshot is None:
            raise _unavailable()
        return self._snapshot

    async def close(self) -> None:
        """Give the connection back, before the pool is closed."""
        await self._refreshing.stop()
        await self._drop()

    async def _busy_past_the_horizon(
        self, snapshot: Snapshot, ask: Ask, past: list[int], now: datetime
    ) -> dict[int, Words]:
        try:
            async with asyncio.timeout(WAIT):
                return {moved: await busy_by_sql(self._pool, snapshot.shape, ask, moved, now) for moved in past}
        except GONE as error:
            raise _unavailable() from error

    async def _refresh(self) -> None:
        now = self._now()
        try:
            snapshot = await self._brought_up_to(now)
        except BaseException as error:
            await self._drop()
            if isinstance(error, GONE):
                raise _unavailable() from error
            raise
        snapshot.advance(now)
        self._snapshot, self._as_of = snapshot, now

    async def _brought_up_to(self, now: datetime) -> Snapshot:
        """What has changed, or all of it: at first, on a new day, on a new connection, and when its shape has changed.

        A new connection may be to another server, a restored copy, whose transactions are numbered anew.
        """
        connection, snapshot, base = self._connection, self._snapshot, london_today(now)
        if connection is not None and _lives(connection) and snapshot is not None and snapshot.base == base:
            async with asyncio.timeout(WAIT):
                xmin = await refresh(connection, snapshot, self._xmin)
            if xmin is not None:
                self._xmin = xmin
                return snapshot
        async with asyncio.timeout(WAIT_TO_LOAD):
            if connection is None or not _lives(connection):
                await self._drop()
                self._connection = connection = await self._pool.acquire(timeout=WAIT)
            snapshot, self._xmin = await load(connection, base, now)
        return snapshot

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*GONE):
                connection.terminate()
            with suppress(*GONE):
                await self._pool.release(connection)


def _lives(connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> bool:
    """The pool takes a connection back by itself when the server closes it."""
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:
        return False


def _unavailable() -> Unavailable:
    return Unavailable(
        "The register cannot be read just now, and an old answer is not given. Try again in a few seconds."
    )
