"""What a change of the case brings with it for the NSIs of the person: clocks and action lists are counted anew."""

from datetime import datetime
from uuid import UUID

from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount

sql = queries(__file__)


async def recount_open(tx: Tx, person: UUID, now: datetime, *, told: str = "", note: str = "") -> None:
    """Those of which a clock may run, between whatever areas, one after another.

    With `told`, those that are not over have a line of history.
    """
    async with the_whole_nation(tx):
        for row in await sql.counting_nsis(tx, person=person):
            await recount(tx, row["id"], now)
            if told and row["open"]:
                await tell(tx, row["id"], told, now, note=note)
