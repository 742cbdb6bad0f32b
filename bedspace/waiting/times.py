"""What time does to the waiting list: nothing silently, and nothing that a person would have to decide."""

from datetime import datetime
from typing import Any

from bedspace.claims.change import claims_in_the_way, lock_beds
from bedspace.nights import london_today
from bedspace.placements.taken import audience, tell
from bedspace.search.ask import Places
from bedspace.store import Reader, Tx, queries
from bedspace.waiting.entries import waiting, with_barred
from bedspace.waiting.keep import keep
from bedspace.waiting.keep import sql as keep_sql
from bedspace.waiting.match import Match, window
from bedspace.waiting.settle import settle
from schemas.acts import Done, Event
from schemas.waiting import SettleWaiting, Ticked

sql = queries(__file__)

AT_ONCE = 50


async def anything_due(reader: Reader, now: datetime) -> bool:
    return bool(await sql.anything_due(reader, now=now))


class Clock:
    """Renews what nobody decided, closes what is over, reminds, and takes off the list whose time is over."""

    def __init__(self, places: Places) -> None:
        self._places = places

    async def settle_waiting(self, tx: Tx, command: SettleWaiting, now: datetime) -> Done[Ticked]:  # noqa: ARG002  # it says it all
        await keep_sql.one_at_a_time(tx)
        due = await sql.due(tx, now=now, limit=AT_ONCE)
        _, lapsed = await lock_beds(tx, now, beds=[row["bed"] for row in due])
        await sql.lock_placements(tx, ids=[row["placement_id"] for row in due])
        events: list[Event] = [*lapsed]
        rows = await sql.take(tx, ids=[row["id"] for row in due], now=now)
        for row in rows:
            events += await (self._renew(tx, row, now) if row["over"] and row["waits"] else _close(tx, row, now))
        left, reminded = await _expire(tx, now), await _remind(tx, now)
        return Done(Ticked(count=len(rows) + len(left) + len(reminded)), (*events, *left, *reminded), subject="waiting")

    async def _renew(self, tx: Tx, row: Any, now: datetime) -> list[Event]:
        """Nobody decided: that is told, and the same bed is proposed to the same person again, if it is still free."""
        ended = await settle(tx, row["id"], row["hold_id"], row["bed"], "lapsed", now)
        await tell(tx, row["placement_id"], "proposal_lapsed", now, note=f"Bed {row['bed']}")
        whom = await audience(tx, row["premises_id"], row["officer_email"]) if _worth_a_letter(row["times"]) else []
        body = {"bed": row["bed"], "premises": row["premises"], "times": row["times"], "tell": whom}
        alert = Event("proposal_lapsed", f"proposal:{row['id']}", row["person_id"], body)
        entries = await waiting(tx, self._places, now, only=[row["placement_id"]])
        if not entries or not entries[0].idle:
            return [*ended, alert]
        (entry,) = await with_barred(tx, entries, now)
        first, end = window(entry, london_today(now))
        if row["premises"] in entry.barred | entry.not_at:
            return [*ended, alert]
        if await claims_in_the_way(tx, row["bed_id"], first, end):
            return [*ended, alert]
        again = Match(
            entry=entry,
            place=row["place"],
            bed=row["bed_id"],
            bed_code=row["bed"],
            premises=row["premises"],
            first=first,
            end=end,
        )
        _, made = await keep(tx, again, now, chosen_by=row["chosen_by"], times=row["times"] + 1)
        return [*ended, alert, *made]


def _worth_a_letter(times: int) -> bool:
    """The first time, the second, the fourth, the eighth: a letter each time would soon be read by nobody."""
    return times & (times - 1) == 0


async def _close(tx: Tx, row: Any, now: datetime) -> list[Event]:
    ended = await settle(tx, row["id"], row["hold_id"], row["bed"], "closed", now)
    return [*ended, Event("proposal_closed", f"proposal:{row['id']}", row["person_id"], {"bed": row["bed"]})]


async def _expire(tx: Tx, now: datetime) -> list[Event]:
    """Nobody leaves silently: the referrer and the responsible officer are told."""
    events = []
    for row in await sql.expired(tx, now=now, limit=AT_ONCE):
        await sql.leave(tx, id=row["id"], now=now)
        await tell(tx, row["id"], "waiting_expired", now)
        events.append(_to_referrer("waiting_expired", row))
    return events


async def _remind(tx: Tx, now: datetime) -> list[Event]:
    events = []
    for row in await sql.to_remind(tx, now=now, limit=AT_ONCE):
        await sql.reminded(tx, id=row["id"], now=now)
        await tell(tx, row["id"], "waiting_reminded", now)
        events.append(_to_referrer("waiting_reminded", row))
    return events


def _to_referrer(kind: str, row: Any) -> Event:
    until: datetime = row["waiting_until"]
    body = {"until": until, "tell": ["officer", "referrer"] if row["officer_email"] else []}
    return Event(kind, f"placement:{row['id']}", row["person_id"], body)
