"""How a search of the nation ends: as somebody says, or by itself with what it is about.

An NSI that is completed and a referral that is accepted have found a place; what is withdrawn seeks none.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from bedspace.placements.taken import tell as tell_placement
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.transfers.fold import FINAL
from gateway.transfers.prepare import tell
from schemas.acts import Event
from schemas.national import SoughtOutcome
from schemas.words import NsiStatus

sql = queries(__file__, "national")

SETTLES: dict[str, SoughtOutcome] = {
    "placement_accepted": "placed",
    "placement_withdrawn": "withdrawn",
    "placement_cancelled": "withdrawn",
}


async def close(tx: Tx, row: Any, outcome: SoughtOutcome, said: str, now: datetime) -> Event:
    """`row` is that of `taken`, open."""
    await sql.close(tx, id=row["id"], outcome=outcome, now=now)
    await sql.step(tx, id=row["id"], now=now, kind=outcome, said=said)
    if row["nsi_id"]:
        await sql.mark(tx, nsi=row["nsi_id"], since=None)
    await tell_of(tx, row, "hard_to_place_decided", now, f"{row['reference']}: {outcome}.")
    kind = "hard_to_place_decided" if row["nsi_id"] else "placement_search_decided"
    body = {"search": row["reference"], "outcome": outcome, "tell": _whom(row)}
    return Event(kind, subject_of(row), row["person_id"], body)


def _whom(row: Any) -> list[str]:
    if row["placement_id"]:
        return ["referrer"] if row["officer_email"] else []
    if row["quiet"]:
        return []
    return ["sending", "receiving"] if row["sender_email"] or row["sending_pdu"] else ["receiving"]


async def settle_searches(tx: Tx, nsi: UUID, outcome: SoughtOutcome, now: datetime) -> None:
    """An NSI is over, and with it what was sought for it."""
    for one in await sql.open_of(tx, nsi=nsi, placement=None):
        await close(tx, await sql.taken(tx, id=one["id"]), outcome, f"The NSI is {outcome}.", now)


async def settle_if_over(tx: Tx, nsi: UUID, status: NsiStatus, now: datetime) -> None:
    if status in FINAL:
        await settle_searches(tx, nsi, "placed" if status == "completed" else "withdrawn", now)


async def carry_search(tx: Tx, nsi: UUID, into: UUID, now: datetime) -> None:
    """An NSI was found to be another one: what is sought for it is sought for that, once."""
    for one in await sql.open_of(tx, nsi=nsi, placement=None):
        row = await sql.taken(tx, id=one["id"])
        if await sql.open_one(tx, nsi=into, placement=None):
            await close(tx, row, "withdrawn", "Its NSI was found to be another one, which is in the queue.", now)
            continue
        await sql.mark(tx, nsi=nsi, since=None)
        await sql.carry(tx, id=one["id"], nsi=into)
        await sql.mark(tx, nsi=into, since=row["sought_at"])


async def follow_searches(tx: Tx, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """What follows for a search from what happens to its placement: in the same transaction, by whichever door."""
    about = [one for one in events if one.kind in SETTLES and one.subject.startswith("placement:")]
    if not about:
        return ()
    followed: list[Event] = []
    async with the_whole_nation(tx):
        for one in about:
            outcome = SETTLES[one.kind]
            said = "A bed is booked." if outcome == "placed" else "The referral is withdrawn."
            open_ones = await sql.open_of(tx, nsi=None, placement=UUID(one.subject.partition(":")[2]))
            followed += [await close(tx, await sql.taken(tx, id=it["id"]), outcome, said, now) for it in open_ones]
    return tuple(followed)


async def tell_of(tx: Tx, row: Any, kind: str, now: datetime, note: str) -> None:
    if row["nsi_id"]:
        await tell(tx, row["nsi_id"], kind, now, note=note)
    else:
        await tell_placement(tx, row["placement_id"], kind, now, note=note)


def subject_of(row: Any) -> str:
    return f"nsi:{row['nsi_id']}" if row["nsi_id"] else f"placement:{row['placement_id']}"
