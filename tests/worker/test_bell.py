"""The bell wakes a worker through Valkey, and nobody is hurt when Valkey is not there."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from gateway.embedded.valkey import Valkey
from gateway.worker.bell import connect, listen, open_bell


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    with Valkey(tmp_path) as server:
        server.start()
        server.wait_ready()
        yield server


class Woken:
    """Counts wakes, and waits for the next."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def __call__(self) -> None:
        self._event.set()

    async def again(self, seconds: float) -> None:
        await asyncio.wait_for(self._event.wait(), seconds)
        await asyncio.sleep(0.1)  # the second wake of one ring belongs to it
        self._event.clear()


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[Woken]:
    woken = Woken()
    task = asyncio.create_task(listen(url, woken))
    try:
        yield woken
    finally:
        while not task.done():  # a cancellation can get lost in arq while it answers a ring: the worker asks again too
            task.cancel()
            await asyncio.wait([task], timeout=1)


async def test_a_ring_wakes_the_worker(valkey: Valkey) -> None:
    bell = open_bell(valkey.url)
    async with listening(valkey.url) as woken:
        await woken.again(5)  # by itself, when it begins to listen
        for _ in range(3):
            bell.ring()
            await woken.again(2)
    await bell.close()


async def test_a_ring_while_nobody_listens_wakes_the_next_to_come_and_is_kept_once(valkey: Valkey) -> None:
    bell = open_bell(valkey.url)
    redis = connect(valkey.url)
    for _ in range(20):
        bell.ring()
        await asyncio.sleep(0.01)
    assert await redis.zcard(redis.default_queue_name) == 1
    async with listening(valkey.url) as woken:
        await woken.again(5)
    await bell.close()
    await redis.aclose(close_connection_pool=True)


async def test_what_is_kept_in_valkey_carries_nothing(valkey: Valkey) -> None:
    bell = open_bell(valkey.url)
    redis = connect(valkey.url)
    bell.ring()
    while not await redis.zcard(redis.default_queue_name):  # noqa: ASYNC110  # Valkey tells nobody
        await asyncio.sleep(0.01)
    (job,) = await redis.queued_jobs()
    assert (job.function, list(job.args), job.kwargs) == ("wake", [], {})
    await bell.close()
    await redis.aclose(close_connection_pool=True)


async def test_without_valkey_a_ring_takes_no_time_and_fails_nobody(tmp_path: Path) -> None:
    bell = open_bell(f"unix://{tmp_path}/nobody.sock")
    began = time.monotonic()
    for _ in range(1000):
        bell.ring()
        await asyncio.sleep(0)
    await bell.close()
    assert time.monotonic() - began < 1


@pytest.mark.faults
async def test_the_worker_hears_again_after_valkey_was_killed_flushed_and_started_again(valkey: Valkey) -> None:
    bell = open_bell(valkey.url)
    async with listening(valkey.url) as woken:
        await woken.again(5)
        assert valkey.process is not None
        valkey.process.kill()
        valkey.process.wait()
        bell.ring()
        valkey.start()
        valkey.wait_ready()
        await woken.again(5)  # by itself, when it hears again
        redis = connect(valkey.url)
        await redis.flushall()
        bell.ring()
        await woken.again(2)
        await redis.aclose(close_connection_pool=True)
    await bell.close()
