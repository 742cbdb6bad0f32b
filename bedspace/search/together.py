"""One thing done for all who wait: one in flight, one queued."""

import asyncio
from collections.abc import Awaitable, Callable


class Together:
    """`await done_after_now()` answers once `work` has been done by a run that began after the call."""

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work = work
        self._waiting: asyncio.Task[None] | None = None
        """Has not begun: whoever comes now may share it."""
        self._flying: asyncio.Task[None] | None = None

    async def done_after_now(self) -> None:
        """Raises what the run raises, to everybody who shared it. Cancelling one who waits cancels no run."""
        if self._waiting is None:
            before = self._flying if self._flying is not None and not self._flying.done() else None
            self._waiting = asyncio.create_task(self._turn(before))
            self._waiting.add_done_callback(lambda task: task.cancelled() or task.exception())
        await asyncio.shield(self._waiting)

    async def _turn(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        self._flying, self._waiting = self._waiting, None
        await self._work()

    async def stop(self) -> None:
        """Lets what runs come to its end, for a second; then cancels it."""
        tasks = [task for task in (self._flying, self._waiting) if task is not None and not task.done()]
        if tasks:
            await asyncio.wait(tasks, timeout=1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
