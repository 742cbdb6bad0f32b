"""One thing done for all who wait: one in flight, one queued."""

import asyncio
from collections.abc import Awaitable, Callable


class Together:
    """`await done_after_now()` answers once `work` has been done by a run that began after the call."""

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work = work
        self._waiting: list[asyncio.Future[None]] = []
        """Of those whose run has not begun: whoever comes now may share it."""
        self._runs: asyncio.Task[None] | None = None

    async def done_after_now(self) -> None:
        """Raises what the run raises, to everybody who shared it. Cancelling one who waits cancels no run."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        if self._runs is None:
            self._runs = asyncio.create_task(self._run())
        await waiter

    async def _run(self) -> None:
        sharing: list[asyncio.Future[None]] = []
        try:
            while self._waiting:
                sharing, self._waiting = self._waiting, []
                try:
                    await self._work()
                except Exception as error:  # noqa: BLE001  # it is theirs who wait
                    _tell(sharing, error)
                else:
                    _tell(sharing)
        finally:
            self._runs = None
            for waiter in (*sharing, *self._waiting):  # nobody is left waiting where the run is cancelled
                waiter.cancel()
            self._waiting = []

    async def stop(self) -> None:
        """Lets what runs come to its end, for a second; then cancels it."""
        runs = self._runs
        if runs is not None:
            await asyncio.wait([runs], timeout=1)
            runs.cancel()
            await asyncio.gather(runs, return_exceptions=True)


def _tell(sharing: list[asyncio.Future[None]], error: Exception | None = None) -> None:
    for waiter in sharing:
        if waiter.done():  # it has given up
            continue
        if error is None:
            waiter.set_result(None)
        else:
            waiter.set_exception(error)
            waiter.exception()  # so that nothing is logged where one gives up at this very moment
