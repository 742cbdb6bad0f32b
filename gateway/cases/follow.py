"""What a change of the case brings with it for the NSIs of the person: clocks and action lists are counted anew."""

from datetime import datetime
from uuid import UUID

from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount

sql = queries(__file__)


async def recount_open(tx: Tx, person: UUID, now: datetime, *, told: str = "", note: str = "") -> None:
    """Those that are not over, between whatever areas, one after another; with a line of history where it is `told`."""
    async with the_whole_nation(tx):
        for row in await sql.open_nsis(tx, person=person):
            await recount(tx, row["id"], now)
            if told:
                await tell(tx, row["id"], told, now, note=note)
