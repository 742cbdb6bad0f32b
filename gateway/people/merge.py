"""Two records made one person by somebody who says why; and two again, exactly as they were."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.people.known import person_known
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.identity import MergePeople, PeopleMerged, UnmergePeople

sql = queries(__file__)

LATE = "Something of one of them changed just now. Look at both again."
WHAT = ("nsi", "placement", "release", "contact", "sentence", "enforcement", "registration", "person_need")


async def merge_people(tx: Tx, command: MergePeople, now: datetime) -> Done[PeopleMerged]:
    """Whatever both have in ways that cannot be one is named, and nothing is moved.

    Raises `NotThere`, `Invalid` for a record and itself, and `Conflict`.
    """
    kept = await person_known(tx, command.person)
    gone = await _other(tx, command.merged)
    if gone == kept:
        raise Invalid.because("merged", "That is the same record already. Give the other one.")
    await sql.alone(tx, persons=sorted((kept, gone)))
    if {kept, gone} != {await sql.kept_of(tx, person=kept), await sql.kept_of(tx, person=gone)}:
        raise Conflict("One of the two was merged just now. Look at both again.")
    await _refuse(tx, kept, gone, now)
    merge = uuid4()
    try:
        await sql.merge(tx, merge=merge, kept=kept, gone=gone, reason=command.reason, now=now)
    except (asyncpg.ExclusionViolationError, asyncpg.UniqueViolationError) as error:
        raise Conflict(LATE) from error
    await _follow(tx, [kept], merge, "person_merged", now)
    event = Event("people_merged", f"person:{kept}", kept, {"merged": str(gone), "merge": str(merge)})
    return Done(await _answer(tx, merge), (event,), (kept, gone))


async def unmerge_people(tx: Tx, command: UnmergePeople, now: datetime) -> Done[PeopleMerged]:
    """Raises `NotThere`, and `Conflict` where it is undone already or something since stands in the way."""
    kept = await person_known(tx, command.person)
    row = await sql.merged(tx, merge=command.merge)
    if row is None or kept not in (row["kept"], await sql.kept_of(tx, person=row["kept"])):
        raise NotThere("This person has no such merge on record. Look at the case again.")
    gone: UUID = row["merged"]
    await sql.alone(tx, persons=sorted((row["kept"], gone)))
    row = await sql.merged(tx, merge=command.merge)
    if row["undone_at"] is not None:
        raise Conflict("They are two records again already.")
    if await sql.kept_of(tx, person=row["kept"]) != row["kept"]:
        raise Conflict("The record was merged into a further one since. Undo that merge first.")
    async with the_whole_nation(tx):
        resting = await sql.resting_on(tx, merge=command.merge)
    if resting:
        raise Conflict(
            f"{', '.join(resting)} rests on a decision that was made about the other record. "
            "Record a decision about this one, and refer anew, first."
        )
    answer = await _answer(tx, command.merge)
    await sql.unmerge(tx, merge=command.merge, now=now)
    await _follow(tx, [row["kept"], gone], command.merge, "person_unmerged", now)
    event = Event("people_unmerged", f"person:{kept}", kept, {"merged": str(gone), "merge": str(command.merge)})
    return Done(answer, (event,), (kept, gone))


async def _other(tx: Tx, text: str) -> UUID:
    try:
        return await person_known(tx, text)
    except NotThere as error:
        raise Invalid.because("merged", str(error)) from error


async def _refuse(tx: Tx, kept: UUID, gone: UUID, now: datetime) -> None:
    """Raises `Conflict` that names all that must be settled first."""
    async with the_whole_nation(tx):
        found = await sql.in_the_way(tx, kept=kept, gone=gone, today=london_today(now))
    if found:
        raise Conflict(" ".join(["Settle this first.", *(row["said"] for row in found)]))


async def _follow(tx: Tx, persons: list[UUID], merge: UUID, told: str, now: datetime) -> None:
    """Clocks and actions of what runs hang on the whole case; NSIs that changed their person say so."""
    async with the_whole_nation(tx):
        moved = {row["id"] for row in await sql.moved_nsis(tx, merge=merge)}
        for row in await sql.nsis(tx, persons=persons):
            if row["open"]:
                await recount(tx, row["id"], now)
            if row["id"] in moved:
                await tell(tx, row["id"], told, now)


async def _answer(tx: Tx, merge: UUID) -> PeopleMerged:
    row: Any = await sql.merged(tx, merge=merge)
    moved = {what: len(row["moved"].get(what, ())) for what in WHAT}
    return PeopleMerged(merge=merge, kept=row["kept"], merged=row["merged"], moved=moved)
