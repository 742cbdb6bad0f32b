"""Roads in that are looked at again and again: what is found is stored, and only then acknowledged."""

from collections.abc import Callable
from typing import Any

import structlog
from msgspec import Struct

from adapters.contract import Arrived, Inlet
from bedspace.store import queries
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.connections.health import note_health
from gateway.intake.store import store_message
from gateway.store.database import transaction
from schemas.connections import NoteHealth
from schemas.errors import BedspaceError
from schemas.inbox import StoreMessage

log = structlog.get_logger("bedspace.inlets")
sql = queries(__file__)


class Road(Struct, frozen=True, kw_only=True):
    """A connection in, and where it leads."""

    code: str
    channel: str
    settings: dict[str, Any]

    def __hash__(self) -> int:
        return hash(self.code)


async def roads_in(house: House) -> dict[Road, bool]:
    """Those that are neither paused nor broken, each with whether it failed when it was last looked along."""
    async with transaction(house.pool, readonly=True) as tx:
        rows = await sql.roads(tx, now=house.now())
    return {
        Road(code=row["code"], channel=row["channel"], settings=row["settings"]): row["failures"] > 0 for row in rows
    }


async def store_arrived(house: House, road: Road, arrived: Arrived) -> None:
    """As it came. What was stored before under its key is not again. Raises `Unavailable`, `Invalid`, `TooLarge`."""
    message = StoreMessage(
        raw=arrived.raw,
        content_type=arrived.content_type,
        source_key=arrived.source_key,
        channel=road.channel,
        filename="".join(letter for letter in arrived.filename if letter.isprintable())[-200:],
        connection=road.code,
    )
    await act(house, GATEWAY, store_message, message)


Way = Callable[[str, dict[str, Any]], Inlet | None]
"""Channel and settings → what is looked at, or None where the far side comes to us. Raises `Invalid`."""


class Inlets:
    """Looks along every road that is neither paused nor broken. What a road needs stays open until it changes."""

    def __init__(self, house: House, way: Way) -> None:
        self._house, self._way = house, way
        self._open: dict[str, tuple[Road, Inlet | None]] = {}

    async def look(self) -> int:
        """Take what waits; answers how much that was. Raises `Unavailable` when the database does not answer."""
        taken = 0
        for road, failing in (await roads_in(self._house)).items():
            taken += await self._look_along(road, failing=failing)
        return taken

    async def close(self) -> None:
        for _, inlet in self._open.values():
            if inlet is not None:
                await inlet.close()
        self._open = {}

    async def _look_along(self, road: Road, *, failing: bool) -> int:
        """One that does not answer is left for the others' sake, and for a while once it has failed in a row."""
        taken = 0
        try:
            inlet = await self._inlet(road)
            if inlet is None:
                return 0
            async for arrived in inlet.look():
                await store_arrived(self._house, road, arrived)
                await inlet.acknowledge(arrived)
                taken += 1
        except BedspaceError as error:
            log.warning("road_failed", connection=road.code, why=str(error))
            await self._note(road, str(error))
        else:
            if taken or failing:  # each note is on record, and a look that finds nothing is no news
                await self._note(road, None)
        return taken

    async def _inlet(self, road: Road) -> Inlet | None:
        known = self._open.get(road.code)
        if known is None or known[0] != road:
            if known is not None and known[1] is not None:
                await known[1].close()
            self._open[road.code] = known = (road, self._way(road.channel, road.settings))
        return known[1]

    async def _note(self, road: Road, error: str | None) -> None:
        await act(self._house, GATEWAY, note_health, NoteHealth(code=road.code, error=error))
