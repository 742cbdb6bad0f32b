"""Roads in by which the far side comes to a port of ours: open while the connection goes, closed when it is paused."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

import structlog

from adapters.contract import Arrived, Take
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.connections.health import note_health
from gateway.intake.inlets import Road, roads_in, store_arrived
from schemas.connections import NoteHealth
from schemas.errors import BedspaceError

log = structlog.get_logger("bedspace.inlets")

Door = Callable[[str, dict[str, Any], Take], AbstractAsyncContextManager[int] | None]
"""Channel, settings and who stores → a listener, or None where nobody is listened for. Raises `Invalid`."""


class Listeners:
    """One process's. A port is one process's: the others of a machine are told so, and try again."""

    def __init__(self, house: House, door: Door) -> None:
        self._house, self._door = house, door
        self._open: dict[Road, AsyncExitStack] = {}
        self.ports: dict[str, int] = {}
        """By the code of the connection."""

    async def keep(self) -> None:
        """Open what is not open, and close what should not be. Raises `Unavailable` without a database."""
        roads = await roads_in(self._house)
        for road in [one for one in self._open if one not in roads]:
            await self._open.pop(road).aclose()
            self.ports.pop(road.code, None)
        for road, failing in roads.items():
            if road not in self._open:
                await self._listen(road, failing=failing)

    async def close(self) -> None:
        for stack in self._open.values():
            await stack.aclose()
        self._open, self.ports = {}, {}

    async def _listen(self, road: Road, *, failing: bool) -> None:
        async def take(arrived: Arrived) -> None:
            await store_arrived(self._house, road, arrived)

        stack = AsyncExitStack()
        try:
            listener = self._door(road.channel, road.settings, take)
            if listener is None:
                return
            port = await stack.enter_async_context(listener)
        except BedspaceError as error:
            log.warning("road_failed", connection=road.code, why=str(error))
            await act(self._house, GATEWAY, note_health, NoteHealth(code=road.code, error=str(error)))
            return
        self._open[road], self.ports[road.code] = stack, port
        log.info("listening", connection=road.code, port=port)
        if failing:
            await act(self._house, GATEWAY, note_health, NoteHealth(code=road.code))
