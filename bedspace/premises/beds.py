"""Beds that are added, moved to another room, closed and opened, each from a night on."""

from datetime import datetime

from bedspace.nights import spoken
from bedspace.premises.change import day_of, written
from bedspace.premises.held import hold_bed, hold_premises
from bedspace.premises.record import Draft, DraftBed
from bedspace.premises.write import sql
from bedspace.store import Tx
from schemas.acts import Done
from schemas.errors import Conflict, Invalid
from schemas.keeping import AddBed, CloseBed, MoveBed, OpenBed
from schemas.premises import PremisesChanged


async def add_bed(tx: Tx, command: AddBed, now: datetime) -> Done[PremisesChanged]:
    """Raises `NotThere`, `Conflict` (the code is taken) or `Invalid`."""
    held = await hold_premises(tx, command.code)
    add, draft = command.add, Draft(held.before)
    opens = day_of(add.opens, now, "opens")
    if add.bed in draft.beds:
        raise Conflict(f"{command.code} has a bed {add.bed} already. Give the new bed another code, or open that one.")
    if add.room not in draft.rooms:
        draft.rooms[add.room] = set(add.characteristics)
    elif add.characteristics and set(add.characteristics) != draft.rooms[add.room]:
        raise Invalid.because(
            "characteristics", f"{add.room} is there already and offers something else. Change the room in its own act."
        )
    draft.beds[add.bed] = DraftBed(add.room, opens)
    return await written(tx, held, draft, now, "bed_added", opens)


async def move_bed(tx: Tx, command: MoveBed, now: datetime) -> Done[PremisesChanged]:
    """To another room, or to another code, its claims with it. Raises `NotThere`, `Conflict` or `Invalid`."""
    held = await hold_bed(tx, command.bed)
    move, draft, bed = command.move, Draft(held.before), command.bed
    if move.rename_to is not None and move.rename_to != bed:
        taken = await sql.is_bed(tx, code=move.rename_to)
        if taken:
            raise Conflict(f"There is a bed {move.rename_to} already. Choose another code.")
        await sql.rename_bed(tx, premises_id=held.id, code=bed, rename_to=move.rename_to)
        bed = move.rename_to
        draft = Draft((await hold_bed(tx, bed)).before)
    if move.room is not None:
        draft.rooms.setdefault(move.room, set())
        draft.beds[bed].room = move.room
    return await written(tx, held, draft, now, "bed_moved")


async def close_bed(tx: Tx, command: CloseBed, now: datetime) -> Done[PremisesChanged]:
    """Raises `Conflict` naming the nights that are claimed after that, or where it is the last bed of the premises."""
    held = await hold_bed(tx, command.bed)
    first, draft = day_of(command.from_, now), Draft(held.before)
    bed = draft.beds[command.bed]
    if bed.closes is None or bed.closes > first:
        bed.close(first, day_of(None, now))
    elif bed.closes > day_of(None, now):
        bed.closes = first  # it would have closed before; now it closes later
    else:
        raise Conflict(f"{command.bed} has been closed since {spoken(bed.closes)}. Open it before you close it again.")
    return await written(tx, held, draft, now, "bed_closed", first)


async def open_bed(tx: Tx, command: OpenBed, now: datetime) -> Done[PremisesChanged]:
    """Raises `Conflict` where its premises are closed, or close."""
    held = await hold_bed(tx, command.bed)
    first, draft = day_of(command.from_, now), Draft(held.before)
    bed = draft.beds[command.bed]
    if bed.opens > day_of(None, now):
        bed.opens = first
    bed.reopen(first)
    return await written(tx, held, draft, now, "bed_opened", first)
