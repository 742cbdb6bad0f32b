"""Claims whose nights are over move out of the live table, so that it stays small."""

from datetime import datetime

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.stays import ArchivePast, PastArchived

sql = queries(__file__)


async def archive_past(tx: Tx, command: ArchivePast, now: datetime) -> Done[PastArchived]:
    """A batch of beds, locked in the order of their ids. There is no event: nothing has happened to anybody."""
    today = london_today(now)
    beds = [row["bed_id"] for row in await sql.past_beds(tx, today=today, most=command.most)]
    gone = await sql.archive(tx, beds=beds, today=today, now=now)
    return Done(PastArchived(claims=len(gone)), subject="claims")
