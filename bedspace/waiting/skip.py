"""A named person says why a bed is not offered to whom it is proposed; the next one gets it, or one picked ahead."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np

from bedspace.claims.change import Held, claims_in_the_way, lock_beds
from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.placements.taken import tell
from bedspace.search.ask import Places
from bedspace.search.register import Register
from bedspace.search.shape import Bed
from bedspace.search.snapshot import Snapshot
from bedspace.store import Tx
from bedspace.waiting.entries import waiting, with_barred
from bedspace.waiting.keep import keep
from bedspace.waiting.keep import sql as keep_sql
from bedspace.waiting.match import NIGHTS, Entry, Match, Passed, ground_of, window
from bedspace.waiting.match import why_not as reason_why_not
from bedspace.waiting.settle import proposal_to_decide, refuse_settled, refuse_who_does_not_decide, settle, sql
from bedspace.waiting.words import passed_over
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.waiting import ProposalDone, SkipProposal, SkipTakenBack, TakeBackSkip

FAR = date(9000, 1, 1)


class Skipper:
    """Looks at the register to see whom a bed fits, where somebody is picked ahead of the order."""

    def __init__(self, register: Register, places: Places) -> None:
        self._register = register
        self._places = places

    async def skip_proposal(self, tx: Tx, command: SkipProposal, now: datetime) -> Done[ProposalDone]:
        """The bed is kept no longer for this entry, and the next look proposes it to the next one whom it fits.

        Raises `NotThere`, `NotAllowed`, `Invalid`, or `Conflict` (it is settled; the bed does not fit who is picked).
        """
        seen = await proposal_to_decide(tx, command.id)
        refuse_settled(seen["outcome"])
        await _check(tx, command, london_today(now))
        chosen = await _chosen(tx, command.instead, seen["placement_id"])
        _, lapsed = await lock_beds(tx, now, beds=[seen["bed"]])
        who = {id_: await _lock(tx, id_) for id_ in sorted({seen["placement_id"], *([chosen] if chosen else [])})}
        refuse_settled((await sql.take(tx, id=command.id))["outcome"])
        ended = await settle(tx, command.id, seen["hold_id"], seen["bed"], "skipped", now)
        passed, picked, made = [seen["placement_id"]], None, list[Event]()
        if chosen:
            found, over = await self._pick(tx, chosen, seen, now)
            passed += over
            actor = await keep_sql.who_acts(tx)
            picked, made = await keep(tx, found, now, chosen_by=actor)
        await _keep_skips(tx, command, seen, passed, chosen, now)
        row = who[seen["placement_id"]]
        body = {"bed": seen["bed"], "reason": command.reason, "instead": command.instead}
        happened = Event("proposal_skipped", f"proposal:{command.id}", row["person_id"], body)
        answer = ProposalDone(
            id=command.id, outcome="skipped", reference=row["reference"], bed=seen["bed"], next=picked
        )
        return Done(answer, (*lapsed, *ended, happened, *made), (row["person_id"],), f"proposal:{command.id}")

    async def _pick(self, tx: Tx, chosen: UUID, seen: Any, now: datetime) -> tuple[Match, list[UUID]]:
        """The match of who is picked, and those ahead of them whom the bed fits. Raises `Conflict`."""
        entries = await with_barred(tx, await waiting(tx, self._places, now), now, everybody=True)
        snapshot = await self._register.current()
        place = next((n for n, entry in enumerate(entries, 1) if entry.id == chosen), 0)
        entry = entries[place - 1] if place else None
        if entry is None or not entry.idle:
            raise Conflict("Whom you picked does not wait, or has a bed proposed or offered. Pick another one.")
        claims = await claims_in_the_way(tx, seen["bed_id"], snapshot.base, FAR)
        why = _why_not(snapshot, entry, seen["bed_id"], claims)
        if why:
            raise Conflict(f"This bed does not fit whom you picked. {passed_over(why, snapshot.shape.names)}.")
        codes = {
            other.id: (at, _why_not(snapshot, other, seen["bed_id"], claims))
            for at, other in enumerate(entries[: place - 1], 1)
            if other.idle
        }
        first, end = window(entry, snapshot.base)
        found = Match(
            entry=entry,
            place=place,
            bed=seen["bed_id"],
            bed_code=seen["bed"],
            premises=seen["premises"],
            first=first,
            end=end,
            passed=tuple(Passed(id_, at, code) for id_, (at, code) in codes.items() if code),
        )
        return found, [id_ for id_, (_, code) in codes.items() if not code and id_ != seen["placement_id"]]

    async def take_back(self, tx: Tx, command: TakeBackSkip, now: datetime) -> Done[SkipTakenBack]:
        """Taking back twice is harmless. Raises `NotThere`, `NotAllowed`."""
        row = await sql.skip_of(tx, id=command.id)
        if row is None:
            raise NotThere("There is no such reason, or it is not yours to see.")
        await refuse_who_does_not_decide(tx, row)
        subject = f"placement:{row['placement_id']}"
        if row["taken_back_at"] is not None:
            return Done(SkipTakenBack(id=command.id), (), (row["person_id"],), subject)
        await sql.take_back(tx, id=command.id, now=now)
        await tell(tx, row["placement_id"], "skip_taken_back", now)
        happened = Event("skip_taken_back", subject, row["person_id"], {"skip": command.id})
        return Done(SkipTakenBack(id=command.id), (happened,), (row["person_id"],), subject)


async def _check(tx: Tx, command: SkipProposal, today: date) -> None:
    """Raises `Invalid`."""
    await check_listed(tx, command.reason, of="skip", field="reason", today=today, note=command.note)
    if command.reason == "higher_need" and not command.instead:
        raise Invalid.because("instead", "Say who goes first: give the reference of the entry with the higher need.")
    if command.instead and command.reason != "higher_need":
        raise Invalid.because("instead", "Only a higher need goes ahead of the order. Choose that reason, or nobody.")


async def _chosen(tx: Tx, reference: str | None, skipped: UUID) -> UUID | None:
    """Raises `Invalid`."""
    if not reference:
        return None
    found: UUID | None = await sql.id_of(tx, reference=reference.strip())
    if found is None:
        raise Invalid.because("instead", f"There is no placement {reference[:20]} in your reach. Check the reference.")
    if found == skipped:
        raise Invalid.because("instead", "This is who the bed is proposed to. Offer it, or pick another entry.")
    return found


async def _lock(tx: Tx, placement: UUID) -> Any:
    row = await sql.lock_placement(tx, id=placement)
    if row is None:
        raise NotThere("There is no such placement, or it is not yours to see.")
    return row


async def _keep_skips(
    tx: Tx, command: SkipProposal, seen: Any, passed: list[UUID], chosen: UUID | None, now: datetime
) -> None:
    await sql.skip(
        tx,
        proposal=command.id,
        placements=passed,
        bed_id=seen["bed_id"],
        premises_id=seen["premises_id"],
        reason=command.reason,
        note=command.note,
        instead=chosen,
        now=now,
    )
    for one in passed:
        await tell(tx, one, "bed_skipped", now, note=f"Bed {seen['bed']}: {command.reason}. {command.note}".strip())


def _why_not(snapshot: Snapshot, entry: Entry, bed_id: int, claims: list[Held]) -> str:
    """As a search would, but for the hold that this act has just ended. Empty where the bed fits."""
    if bed_id not in snapshot.shape.where:
        return NIGHTS
    row, bit = snapshot.shape.where[bed_id]
    bed, nobody = snapshot.shape.beds[row][bit], np.zeros(len(snapshot.shape.beds), np.uint64)
    ground = ground_of(snapshot, entry, nobody, nobody)
    if ground is None:
        return "needs:"
    return reason_why_not(ground, entry, bed, row, bit) or ("" if _free(bed, entry, claims, snapshot.base) else NIGHTS)


def _free(bed: Bed, entry: Entry, claims: list[Held], today: date) -> bool:
    first, end = window(entry, today)
    if bed.opens > first or (bed.closes is not None and bed.closes < end):
        return False
    return not any(claim.first < end and (claim.end is None or claim.end > first) for claim in claims)
