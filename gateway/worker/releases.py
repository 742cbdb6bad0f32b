"""The clock of releases: people are told what must exist, and does not."""

import structlog

from gateway.access.act import House, act, set_scope
from gateway.access.actors import GATEWAY
from gateway.releases.needing import alert_release, due_to_alert
from gateway.store.database import transaction
from schemas.errors import BedspaceError
from schemas.releases import AlertRelease

log = structlog.get_logger("bedspace.worker")


async def alert_releases(house: House) -> int:
    """One release an act; answer how many. One that just changes is left for the next time."""
    async with transaction(house.pool, readonly=True) as tx:
        await set_scope(tx, GATEWAY, "nation")
        due = await due_to_alert(tx, house.now())
    told = 0
    for release in due:
        try:
            await act(house, GATEWAY, alert_release, AlertRelease(id=release))
        except BedspaceError:
            log.warning("release_left_for_later", release=str(release))
        else:
            told += 1
    return told
