"""Two NSIs found to be one by a named person; and found to be two after all.

The one that is merged keeps its reports, notes and history. What far systems reported of it, and report of it from now
on, counts for the other as well. So nothing is lost by taking a merge back.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.transfers.follow import carry_challenge
from gateway.transfers.prepare import tell
from gateway.transfers.reports import refold
from gateway.transfers.search_ends import carry_search, settle_if_over
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.nsi_life import MergeNsi, UnmergeNsi
from schemas.nsis import NsiState

sql = queries(__file__)

NO_NSI = "There is no such NSI, or it is not yours to see."


async def alone_with(tx: Tx, nsi: UUID) -> UUID:
    """Wait for whatever merges or reports NSIs of the same person. Raises `NotThere`."""
    person: UUID | None = await sql.person_of(tx, id=nsi)
    if person is None:
        raise NotThere(NO_NSI)
    await sql.alone(tx, person=person)
    return person


async def merge_nsi(tx: Tx, command: MergeNsi, now: datetime) -> Done[NsiState]:
    """Nobody is written to. Merging twice is harmless.

    Raises `NotThere`, `Invalid`, and `Conflict` for another person or kind, or where either is merged elsewhere.
    """
    await alone_with(tx, command.id)
    into: UUID | None = await sql.id_called(tx, called=command.into.strip())
    if into is None:
        raise Invalid.because("into", "There is no such NSI within your reach. Give its id or reference.")
    if into == command.id:
        raise Invalid.because("into", "An NSI is not merged into itself. Give the other one.")
    rows = {row["id"]: row for row in await sql.both(tx, ids=[command.id, into])}
    one, other = rows[command.id], rows[into]
    if one["merged_into"] == into:
        return _answer(other)
    _check(one, other)
    await sql.merge(tx, id=one["id"], into_=into, today=london_today(now))
    await carry_search(tx, one["id"], into, now)
    await carry_challenge(tx, one["id"], into, now)
    await tell(tx, one["id"], "merged", now, status="withdrawn", note=f"It is one with {other['reference']}.")
    return await _anew(tx, other, now, "merged_here", one["reference"], "nsi_merged")


async def unmerge_nsi(tx: Tx, command: UnmergeNsi, now: datetime) -> Done[NsiState]:
    """Each is again what is reported of it, with whatever was reported meanwhile.

    Raises `NotThere`, and `Conflict` where it is not merged.
    """
    await alone_with(tx, command.id)
    found = await sql.both(tx, ids=[command.id])
    if found[0]["merged_into"] is None:
        raise Conflict(f"{found[0]['reference']} is not merged into another NSI.")
    rows = {row["id"]: row for row in await sql.both(tx, ids=[command.id, found[0]["merged_into"]])}
    one = rows.pop(command.id)
    await sql.unmerge(tx, id=one["id"])
    folded = await refold(tx, one["id"], one["type"], one["move_on"], now)
    await tell(tx, one["id"], "unmerged", now, status=folded.status, note=f"It is {folded.status.replace('_', ' ')}.")
    for other in rows.values():
        await _anew(tx, other, now, "unmerged_here", one["reference"], "")
    state = NsiState(id=one["id"], reference=one["reference"], status=folded.status)
    event = Event("nsi_unmerged", f"nsi:{one['id']}", one["person_id"], {"status": folded.status})
    return Done(state, (event,), (one["person_id"],))


def _check(one: Any, other: Any) -> None:
    for row in (one, other):
        if row["merged_into"] is not None:
            raise Conflict(f"{row['reference']} is merged into another NSI already. Take that back first.")
    if one["merged"]:
        others = ", ".join(one["merged"])
        raise Conflict(f"{others} is merged into {one['reference']}. Merge {other['reference']} into it instead.")
    if one["person_id"] != other["person_id"]:
        raise Conflict("They are about two people on record. Only where those are one can their NSIs be one.")
    if one["type"] != other["type"]:
        raise Conflict("One is a case transfer and the other a temporary move: these are two.")


async def _anew(tx: Tx, row: Any, now: datetime, kind: str, which: str, event: str) -> Done[NsiState]:
    folded = await refold(tx, row["id"], row["type"], row["move_on"], now)
    changed = folded.status if folded.status != row["status"] else None
    await tell(tx, row["id"], kind, now, status=changed, note=f"{which}.")
    await settle_if_over(tx, row["id"], folded.status, now)
    state = NsiState(id=row["id"], reference=row["reference"], status=folded.status)
    subject = f"nsi:{row['id']}"
    events = (Event(event, subject, row["person_id"], {"status": folded.status}),) if event else ()
    return Done(state, events, (row["person_id"],), subject)


def _answer(row: Any) -> Done[NsiState]:
    state = NsiState(id=row["id"], reference=row["reference"], status=row["status"])
    return Done(state, (), (row["person_id"],), f"nsi:{row['id']}")
