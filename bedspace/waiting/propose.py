"""A bed that frees is proposed to the first whom it fits. It is a look for a person to decide on, and no decision."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bedspace.claims.change import claims_in_the_way, lock_beds
from bedspace.nights import london_today
from bedspace.search.ask import Places
from bedspace.search.register import Register
from bedspace.search.snapshot import Words
from bedspace.search.sql_form import busy_by_sql
from bedspace.search.survey import past_horizon
from bedspace.store import Tx
from bedspace.waiting.entries import beds_proposed, waiting, with_barred
from bedspace.waiting.keep import keep, sql
from bedspace.waiting.match import Entry, Match, ask_of, match
from schemas.acts import Done, Event
from schemas.waiting import ProposeBeds, Ticked


class Proposer:
    """Looks at who waits and at the register, as a search does."""

    def __init__(self, register: Register, places: Places) -> None:
        self._register = register
        self._places = places

    async def look(self, tx: Tx, now: datetime, *, limit: int = 1 << 30) -> list[Match]:
        """What would be proposed just now. Reads only. Raises `Unavailable`."""
        entries = await with_barred(tx, await waiting(tx, self._places, now), now)
        if not any(entry.idle for entry in entries):
            return []
        taken = await beds_proposed(tx)
        far = await self._far(tx, entries, now)
        snapshot = await self._register.current()
        if snapshot.base != london_today(now):
            return []  # the day has just changed: the next look is of the new one
        words = {id_: busy for id_, busy in far.items() if len(busy) == len(snapshot.shape.beds)}
        return match(
            snapshot,
            [entry for entry in entries if entry.id not in far or entry.id in words],
            taken=taken,
            far=words,
            limit=limit,
        )

    async def _far(self, tx: Tx, entries: Sequence[Entry], now: datetime) -> dict[UUID, Words]:
        """Busy words of those whose nights go past what the snapshot holds."""
        snapshot = await self._register.current()
        asks = {entry.id: ask_of(entry, snapshot.base) for entry in entries if entry.idle}
        return {
            id_: await busy_by_sql(tx, snapshot.shape, ask, 0, now)
            for id_, ask in asks.items()
            if past_horizon(snapshot, ask)
        }

    async def propose_beds(self, tx: Tx, command: ProposeBeds, now: datetime) -> Done[Ticked]:
        """At most `limit` in one act. What has changed between the look and the locks is left for the next look.

        Raises `Unavailable`.
        """
        await sql.one_at_a_time(tx)
        found = await self.look(tx, now, limit=command.limit)
        _, lapsed = await lock_beds(tx, now, beds=[one.bed_code for one in found])
        events: list[Event] = [*lapsed]
        kept = await _unchanged(tx, found)
        for one in kept:
            events += (await keep(tx, one, now))[1]
        return Done(Ticked(count=len(kept)), tuple(events), subject="waiting")


async def _unchanged(tx: Tx, found: Sequence[Match]) -> list[Match]:
    """Those ahead of the first whose bed or entry has changed since it was seen: what is behind may change with it."""
    rows = await sql.lock_entries(tx, ids=[one.entry.id for one in found])
    stamps = {row["id"]: row["stamp"] for row in rows}
    kept = []
    for one in found:
        if stamps.get(one.entry.id) != one.entry.stamp or await claims_in_the_way(tx, one.bed, one.first, one.end):
            break
        kept.append(one)
    return kept
