"""The waiting list as it is read: each entry with its true place, why there, and what is proposed to it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.nights import london_today
from bedspace.search.ask import Places
from bedspace.search.register import Register
from bedspace.search.snapshot import Snapshot
from bedspace.store import Tx, queries
from bedspace.waiting.entries import places_in_order, waiting
from bedspace.waiting.match import Entry, never
from bedspace.waiting.order import RULE, urgency, why
from bedspace.waiting.words import passed_over
from schemas.acts import Done
from schemas.errors import Invalid
from schemas.placements import Wanted
from schemas.waiting import (
    ListProposals,
    ListWaiting,
    PassedOver,
    Proposal,
    ProposalPage,
    ProposedBed,
    Skip,
    WaitingEntry,
    WaitingPage,
)

sql = queries(__file__)

MOST_PASSED = 50


class WaitingReader:
    """Looks at the register too, to say what no bed can ever meet."""

    def __init__(self, register: Register, places: Places) -> None:
        self._register = register
        self._places = places

    async def list_waiting(self, tx: Tx, command: ListWaiting, now: datetime) -> Done[WaitingPage]:
        """In order; places are those of the whole list, whoever asks. Raises `Invalid` for a cursor not of ours."""
        order = await places_in_order(tx, now)
        rows = await sql.in_reach(tx, estate=command.estate, region=command.region, only=command.placement)
        mine = sorted((order[row["id"]], row["id"]) for row in rows if row["id"] in order)
        after = _number(command.cursor) or 0
        left = [id_ for place, id_ in mine if place > after]
        shown = left[: command.limit]
        entries = await waiting(tx, self._places, now, only=shown)
        snapshot = await self._register.current()
        known, skips, proposed = await _beside(tx, shown)
        items = [
            _entry(entry, order[entry.id], known[entry.id], skips[entry.id], proposed.get(entry.id), snapshot, now)
            for entry in entries
        ]
        more = str(order[shown[-1]]) if len(left) > len(shown) else None
        page = WaitingPage(as_of=now, of=len(order), order=RULE, items=items, next=more)
        opened = tuple({row["person_id"] for row in known.values() if row["name"] is not None})
        return Done(page, persons=opened, subject="waiting")

    async def list_proposals(self, tx: Tx, command: ListProposals, now: datetime) -> Done[ProposalPage]:  # noqa: ARG002  # a verb has three parameters
        """Raises `Invalid` for a cursor not of ours."""
        rows = await sql.proposals(
            tx,
            open=command.open,
            placement=command.placement,
            premises=command.premises,
            only=command.id,
            after=_number(command.cursor),
            limit=command.limit + 1,
        )
        shown = rows[: command.limit]
        names = (await self._register.current()).shape.names
        passed: dict[int, list[PassedOver]] = defaultdict(list)
        for row in await sql.passed(tx, ids=[row["id"] for row in shown], most=MOST_PASSED):
            why_not = passed_over(row["code"], names)
            passed[row["proposal_id"]].append(PassedOver(row["reference"], row["place"], row["code"], why_not))
        items = [msgspec.convert({**row, "passed_over": passed[row["id"]]}, Proposal) for row in shown]
        page = ProposalPage(items=items, next=str(shown[-1]["id"]) if len(rows) > len(shown) else None)
        opened = tuple({row["person_id"] for row in shown if row["name"] is not None})
        return Done(page, persons=opened, subject="proposals")


async def _beside(
    tx: Tx, ids: Sequence[UUID]
) -> tuple[dict[UUID, Any], dict[UUID, list[Skip]], dict[UUID, ProposedBed]]:
    known = {row["id"]: row for row in await sql.entries(tx, ids=list(ids))}
    skips: dict[UUID, list[Skip]] = defaultdict(list)
    for row in await sql.skips(tx, ids=list(ids)):
        skips[row["placement_id"]].append(msgspec.convert(dict(row), Skip))
    proposed = {
        row["placement_id"]: msgspec.convert(dict(row), ProposedBed) for row in await sql.open_of(tx, ids=list(ids))
    }
    return known, skips, proposed


def _entry(
    entry: Entry,
    place: int,
    row: Any,
    skips: list[Skip],
    proposed: ProposedBed | None,
    snapshot: Snapshot,
    now: datetime,
) -> WaitingEntry:
    wanted = msgspec.convert(row["need"], Wanted)
    same = ("state", "crn", "name", "limited_access", "referring_pdu", "referring_region", "waiting_until")
    return WaitingEntry(
        id=entry.id,
        reference=entry.reference,
        place=place,
        why=why(entry, now),
        displaced=entry.displaced,
        gender=entry.gender,
        type=entry.type,
        timeliness=urgency(entry, london_today(now)),
        rosh=entry.rosh,
        arrives_on=entry.arrives_on,
        departs_on=entry.departs_on,
        near=wanted.near,
        needs=wanted.needs,
        waiting_since=entry.waiting_since,
        never=never(snapshot, entry),
        proposal=proposed,
        skips=skips,
        passed_over_count=row["passed_over_count"],
        **{name: row[name] for name in same},
    )


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", cursor):
        raise Invalid.because("cursor", "Send the `next` of the page before, as it came, or none for the first page.")
    return int(cursor)
