"""The one file that knows arq: a ring in any process wakes a worker. It carries nothing, and may be lost."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import structlog
from arq.connections import ArqRedis
from arq.worker import Worker, func
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

log = structlog.get_logger("bedspace.bell")

QUEUE = "bedspace:bell"
GONE = (OSError, RedisError, TimeoutError)
PATIENCE = 1.0
"""Seconds that Valkey may take to answer anything."""
AGAIN = 0.05
"""Seconds after a wake until a second one, for a ring that came while the first was being taken off the queue."""


def connect(url: str) -> ArqRedis:
    """A client that gives up soon. Nothing is opened until it is used."""
    pool: Any = ConnectionPool.from_url(
        url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry_on_error=[OSError]
    )
    return ArqRedis(
        pool,
        job_serializer=msgspec.msgpack.encode,
        job_deserializer=msgspec.msgpack.decode,
        default_queue_name=QUEUE,
    )


class Bell:
    """Rings for the workers. Never blocks, never fails; many rings at once are one."""

    def __init__(self, url: str) -> None:
        self._redis = connect(url)
        self._owed = False
        self._ringing: asyncio.Task[None] | None = None
        self._silent = False

    def ring(self) -> None:
        self._owed = True
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.get_running_loop().create_task(self._ring())

    async def _ring(self) -> None:
        while self._owed:
            self._owed = False
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._redis.enqueue_job("wake", _job_id="wake")
            except GONE as error:
                self._tell(silent=True, error=type(error).__name__)
            else:
                self._tell(silent=False)

    def _tell(self, *, silent: bool, **why: str) -> None:
        if silent != self._silent:
            self._silent = silent
            log.info("bell_silent_so_workers_sweep" if silent else "bell_rings", **why)

    async def close(self) -> None:
        if self._ringing is not None:
            self._ringing.cancel()
            await asyncio.wait([self._ringing])
        with suppress(*GONE):
            await self._redis.aclose(close_connection_pool=True)


def open_bell(redis_url: str) -> Bell:
    """Needs no Valkey to be there, now or later. Close it at the end."""
    return Bell(redis_url)


async def listen(url: str, woken: Callable[[], None]) -> None:
    """Call `woken` at every ring, for ever, whatever becomes of Valkey."""
    heard: bool | None = None

    def hears() -> None:
        nonlocal heard
        if heard is False:
            log.info("bell_heard_again")
        heard = True
        woken()  # for whatever was rung while nobody listened

    while True:
        try:
            await _listen_once(url, hears, woken)
        except Exception as error:  # nothing that goes wrong in arq may end the worker
            if heard is not False or not isinstance(error, GONE):
                log.warning("bell_unheard_so_we_sweep", exc_info=error)
            heard = False
        await asyncio.sleep(PATIENCE)


async def _listen_once(url: str, hears: Callable[[], None], woken: Callable[[], None]) -> None:
    async def wake(ctx: dict[Any, Any], *_args: Any, **_named: Any) -> None:  # noqa: ARG001  # a job's signature
        woken()
        asyncio.get_running_loop().call_later(AGAIN, woken)

    worker = Worker(
        [func(wake, name="wake", timeout=PATIENCE, keep_result=0)],
        queue_name=QUEUE,
        redis_pool=connect(url),
        handle_signals=False,
        keep_result=0,
        job_timeout=PATIENCE,
        poll_delay=0.1,
        max_jobs=4,
        job_serializer=msgspec.msgpack.encode,
        job_deserializer=msgspec.msgpack.decode,
    )
    try:
        await worker.pool.ping()
        hears()
        await worker.main()
    finally:
        with suppress(*GONE):
            async with asyncio.timeout(PATIENCE):
                await _close(worker)


async def _close(worker: Worker) -> None:
    for task in worker.tasks.values():
        task.cancel()
    await asyncio.gather(*worker.tasks.values(), return_exceptions=True)
    await worker.pool.aclose(close_connection_pool=True)
