"""Freshness: staff say that the record of a bed is right, and anybody may say that it is not."""

from datetime import datetime

from bedspace.nights import london_today
from bedspace.premises.held import Held, hold_bed, hold_premises
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import NotThere
from schemas.keeping import ConfirmBed, ConfirmBeds, ReportBed
from schemas.premises import Confirmed, Reported

sql = queries(__file__)


async def confirm_beds(tx: Tx, command: ConfirmBeds, now: datetime) -> Done[Confirmed]:
    """All beds of premises that are open or will be, or those of one room. Raises `NotThere`."""
    held = await hold_premises(tx, command.code)
    rooms = [room.name for room in held.before.rooms]
    if command.room is not None and command.room not in rooms:
        raise NotThere(f"There is no room {command.room} at {command.code}. Its rooms: {', '.join(rooms)}.")
    return await _confirm(tx, held, now, room=command.room)


async def confirm_bed(tx: Tx, command: ConfirmBed, now: datetime) -> Done[Confirmed]:
    """Raises `NotThere`."""
    return await _confirm(tx, await hold_bed(tx, command.bed), now, bed=command.bed)


async def _confirm(
    tx: Tx, held: Held, now: datetime, room: str | None = None, bed: str | None = None
) -> Done[Confirmed]:
    """Settles what was reported of them. Confirming again is harmless."""
    code = held.before.code
    rows = await sql.confirm_beds(tx, premises_id=held.id, today=london_today(now), now=now, room=room, bed=bed)
    await sql.settle_reports(tx, beds=[row["id"] for row in rows], now=now)
    event = Event("beds_confirmed", f"premises:{code}", body={"beds": sorted(row["code"] for row in rows)})
    return Done(Confirmed(code=code, beds=len(rows)), (event,))


async def report_bed(tx: Tx, command: ReportBed, now: datetime) -> Done[Reported]:
    """The staff of the premises see it until they confirm the bed again. Raises `NotThere`."""
    report = await sql.report(tx, bed=command.bed, said=command.said, now=now)
    if report is None:
        raise NotThere(f"There is no bed {command.bed}. Use the code of a bed as it is shown in a search.")
    return Done(
        Reported(id=report, bed=command.bed), (Event("bed_reported", f"bed:{command.bed}", body={"report": report}),)
    )
