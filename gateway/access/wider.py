"""What follows from an act reaches further than whoever acts: who books a bed raises an NSI by it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bedspace.store import Tx, queries

sql = queries(__file__)


@asynccontextmanager
async def the_whole_nation(tx: Tx) -> AsyncIterator[None]:
    """Open row-level security to the nation, masked persons included, for a step whose outcome is told by ids alone.

    Who acts, and in which role, stays on record as it is. Afterwards the reach is as it was.
    """
    before = await sql.reach(tx)
    await sql.widen(tx)
    yield
    await sql.narrow(tx, **before)  # where something was raised the transaction is over, and the reach with it
