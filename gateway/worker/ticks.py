"""The clocks of the worker: what happens by itself as time goes by."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from bedspace.claims.archive import archive_past
from bedspace.claims.archive import sql as past
from bedspace.claims.holds import lapse_holds
from bedspace.claims.overdue import lengthen_stay, overdue_stays
from bedspace.nights import london_today
from bedspace.placements.ticks import alert_arrival, due_to_alert, due_to_lapse, lapse_approaches
from bedspace.store import Reader, queries
from gateway.access.act import KEPT, House, act, set_scope
from gateway.access.actors import GATEWAY
from gateway.store.database import transaction
from schemas.claims import LapseHolds
from schemas.errors import Conflict
from schemas.placing import AlertArrival, LapseApproaches
from schemas.stays import ArchivePast, LengthenStay

log = structlog.get_logger("bedspace.worker")

sql = queries(__file__)


async def lapse(house: House) -> int:
    """End holds whose time is over, and answer how many."""
    async with transaction(house.pool, readonly=True) as tx:
        if not await sql.a_hold_lapses(tx, now=house.now()):
            return 0
    return (await act(house, GATEWAY, lapse_holds, LapseHolds())).holds


async def lengthen(house: House) -> int:
    """Lengthen stays that were to end and have no departure, each in its own transaction; answer how many."""
    async with transaction(house.pool, readonly=True) as tx:
        found = await overdue_stays(tx, house.now())
    lengthened = 0
    for stay in found:
        try:
            done = await act(house, GATEWAY, lengthen_stay, LengthenStay(claim=stay.id))
        except Conflict:
            log.warning("stay_not_lengthened_yet", claim=stay.id)
        else:
            lengthened += done.until is not None
    return lengthened


async def lapse_answers(house: House) -> int:
    """Let approaches lapse that nobody answered in time, one placement an act; answer how many placements."""
    due = await _due(house, due_to_lapse)
    return sum([await _done(house, lapse_approaches, LapseApproaches(id=one)) for one in due])


async def alert(house: House) -> int:
    """Tell people who has not arrived by the agreed hour; answer how many they are."""
    due = await _due(house, due_to_alert)
    return sum([await _done(house, alert_arrival, AlertArrival(id=one)) for one in due])


async def _due(house: House, look: Callable[[Reader, datetime], Awaitable[list[UUID]]]) -> list[UUID]:
    async with transaction(house.pool, readonly=True) as tx:
        await set_scope(tx, GATEWAY, "nation")
        return await look(tx, house.now())


async def _done(house: House, verb: Any, command: LapseApproaches | AlertArrival) -> bool:
    """One that just changes is left for the next time."""
    try:
        await act(house, GATEWAY, verb, command)
    except Conflict:
        log.warning("placement_left_for_later", placement=str(command.id), action=command.action)
        return False
    return True


async def archive(house: House) -> int:
    """Move claims whose nights are over to the history, batch by batch; answer how many."""
    moved = 0
    while await _something_is_past(house):
        batch = (await act(house, GATEWAY, archive_past, ArchivePast())).claims
        moved += batch
        if not batch:
            break
    return moved


async def _something_is_past(house: House) -> bool:
    async with transaction(house.pool, readonly=True) as tx:
        await set_scope(tx, GATEWAY, "nation")
        return bool(await past.something_is_past(tx, today=london_today(house.now())))


async def prune(house: House) -> None:
    """Forget answers that no repeat may ask for any more."""
    async with transaction(house.pool) as tx:
        await sql.prune(tx, before=house.now() - KEPT)
