"""Whether the snapshot that searches see is what the database says."""

from datetime import datetime, timedelta
from typing import get_args

from bedspace.nights import london_today
from bedspace.search.ask import Ask
from bedspace.search.load import load
from bedspace.search.snapshot import Snapshot
from bedspace.search.sql_form import walk
from bedspace.store import GONE
from gateway.store.database import Pool
from schemas.errors import Unavailable
from schemas.words import Gender

HOLDS = "The snapshot that searches see has the free beds that the database has"
WINDOWS = ((0, 1), (0, 84), (30, 7), (200, 128), (365, 365))
"""First night from today, and nights."""


async def snapshot_differs(pool: Pool, now: datetime) -> list[str]:
    """A fresh snapshot beside the search in SQL, both of one moment. Raises `Unavailable`."""
    try:
        async with pool.acquire(timeout=5) as tx, tx.transaction(isolation="repeatable_read", readonly=True):
            snapshot, _ = await load(tx, london_today(now), now)
            asks = [
                Ask(
                    lat=52.5,
                    lon=-1.9,
                    first=snapshot.base + timedelta(days=first),
                    nights=nights,
                    gender=gender,
                    limit=len(snapshot.shape.sites) + 1,
                )
                for first, nights in WINDOWS
                for gender in get_args(Gender)
            ]
            wrong = []
            for ask in asks:
                differing = _free(snapshot, ask) ^ {bed for site in await walk(tx, ask, now) for bed in site.beds}
                wrong += [f"bed {bed}, {ask.nights} nights from {ask.first}" for bed in sorted(differing)]
    except GONE as error:
        raise Unavailable("The database does not answer just now. Try again in a few seconds.") from error
    return wrong[:20]


def _free(snapshot: Snapshot, ask: Ask) -> set[int]:
    words = snapshot.shape.estate[ask.gender] & ~snapshot.window((ask.first - snapshot.base).days, ask.nights)
    return {bed for bed, (row, bit) in snapshot.shape.where.items() if int(words[row]) >> bit & 1}
