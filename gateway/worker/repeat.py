"""Doing something again and again, whatever goes wrong, until told to stop."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from msgspec import Struct

from schemas.errors import Unavailable

log = structlog.get_logger("bedspace.worker")

PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)
"""Seconds after the first, second, … failure in a row; the last one from then on."""


class Pulse:
    """Wakes those who wait: a bell those who asked for bells, the end everybody."""

    def __init__(self) -> None:
        self._all: list[asyncio.Event] = []
        self._for_bells: list[asyncio.Event] = []
        self.stopped = False

    def wake(self) -> None:
        for event in self._for_bells:
            event.set()

    def stop(self) -> None:
        self.stopped = True
        for event in self._all:
            event.set()

    def listen(self, *, bells: bool = False) -> asyncio.Event:
        event = asyncio.Event()
        self._all.append(event)
        if bells:
            self._for_bells.append(event)
        return event


class Loop(Struct, frozen=True):
    """What is done again and again. `once` answers the seconds until the next time."""

    name: str
    once: Callable[[], Awaitable[float]]
    bells: bool = False
    """Whether a bell wakes it sooner."""
    end: Callable[[], Awaitable[None]] | None = None
    """What is done once, when it is not done again."""


async def repeat(loop: Loop, pulse: Pulse) -> None:
    """Until the pulse stops."""
    woken = pulse.listen(bells=loop.bells)
    failures = 0
    while not pulse.stopped:
        woken.clear()
        try:
            seconds = await loop.once()
        except Exception as error:  # noqa: BLE001  # a loop of the worker outlives everything but the worker
            seconds = PAUSES[min(failures, len(PAUSES) - 1)]
            failures += 1
            _tell(loop.name, error, failures)
        else:
            if failures:
                log.info("again", loop=loop.name, after=failures)
            failures = 0
        await _pause(woken, seconds if failures == 0 else max(seconds, PAUSES[0]))
    if loop.end is not None:
        await loop.end()


def _tell(name: str, error: Exception, failures: int) -> None:
    """What is not there is said once; a fault of ours each time."""
    if not isinstance(error, Unavailable):
        log.error("loop_failed", loop=name, exc_info=error)
    elif failures == 1:
        log.warning("waiting", loop=name, why=str(error))


async def _pause(woken: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(woken.wait(), seconds)
    except TimeoutError:
        return
