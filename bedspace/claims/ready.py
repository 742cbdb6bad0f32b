"""A bed that is made before its turnaround is over is free again at once."""

from datetime import datetime

from bedspace.claims.change import end_claim, lock_beds
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.claims import BedReady, MarkReady
from schemas.errors import NotThere

sql = queries(__file__)


async def mark_ready(tx: Tx, command: MarkReady, now: datetime) -> Done[BedReady]:
    """Its turnaround ends today. A bed that is in none is ready, and saying so is harmless. Raises `NotThere`."""
    today = london_today(now)
    if await sql.rest_of_tonight(tx, bed=command.bed, today=today) is None:
        raise NotThere(f"There is no bed {command.bed} at premises whose beds you keep. Check its code.")
    _, lapsed = await lock_beds(tx, now, beds=[command.bed])
    rest = await sql.rest_of_tonight(tx, bed=command.bed, today=today)
    if rest["id"] is None:
        return Done(BedReady(bed=command.bed), lapsed, subject=f"bed:{command.bed}")
    if rest["first"] < today:
        await sql.shorten(tx, id=rest["id"], today=today)
    else:
        await end_claim(tx, rest["id"], how="ended", now=now)
    return Done(BedReady(bed=command.bed), (*lapsed, Event("bed_ready", f"bed:{command.bed}")))
