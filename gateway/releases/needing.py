"""What must exist before a release: met by somebody, or not applicable; people are told once of what lacks."""

from datetime import datetime
from uuid import UUID

from bedspace.nights import london_today
from bedspace.store import Reader, Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.releases.needs import need_called, title_of
from gateway.releases.needs import sql as needs_sql
from gateway.releases.record import OVER, done, event, look, refuse_over, take, tell
from schemas.acts import Done
from schemas.errors import NotThere
from schemas.releases import AlertRelease, ReleaseDone, SettleNeed

sql = queries(__file__)


async def settle_need(tx: Tx, command: SettleNeed, now: datetime) -> Done[ReleaseDone]:
    """Twice is harmless: who said so first stands. Raises `NotThere`, `Conflict`."""
    row = await look(tx, command.id)
    refuse_over(row)
    async with the_whole_nation(tx):
        await take(tx, command.id)
        known = {one["kind"] for one in await needs_sql.needs(tx, release=command.id)}
        if command.need not in known:
            raise NotThere(
                f"{row['reference']} does not ask for {command.need}. It asks for: {', '.join(sorted(known))}."
            )
        why = command.not_applicable
        if await needs_sql.settle(tx, release=command.id, kind=command.need, why=why, now=now):
            kind = "need_not_applicable" if why else "need_met"
            await tell(tx, command.id, kind, now, f"{title_of(command.need)}.{f' {why}' if why else ''}")
            happened = event(row, "release_need_settled", need=command.need, tell=[])
            return await done(tx, command.id, now, [happened])
        return await done(tx, command.id, now)


async def alert_release(tx: Tx, command: AlertRelease, now: datetime) -> Done[ReleaseDone]:
    """The responsible officer and the SPOC of resettlement, once for each thing that lacks; and who must say whether
    somebody was released whose day is past."""
    row = await take(tx, command.id)
    if row["state"] in OVER:
        return await done(tx, command.id, now)
    today = london_today(now)
    lacking = [one["kind"] for one in await needs_sql.lacking(tx, release=command.id, today=today)]
    events = []
    if lacking:
        await needs_sql.told(tx, release=command.id, kinds=lacking, now=now)
        await tell(tx, command.id, "lacking_told", now, f"{'; '.join(title_of(one) for one in lacking)}.")
        whom = [one for one in ("spoc", "officer") if one == "spoc" or row["officer_email"]]
        events.append(event(row, "release_lacking", needs=lacking, tell=whom))
    if row["release_on"] < today and await sql.ask_whether_released(tx, release=command.id, now=now):
        await tell(tx, command.id, "was_released_asked", now)
        events.append(event(row, "release_not_recorded"))
    return await done(tx, command.id, now, events)


async def due_to_alert(tx: Reader, now: datetime) -> list[UUID]:
    """Releases about which people are to be told something."""
    return [row["id"] for row in await sql.due_to_alert(tx, today=london_today(now))]


def owner_of(kind: str) -> str:
    need = need_called(kind)
    return need.owner if need else "responsible officer"
