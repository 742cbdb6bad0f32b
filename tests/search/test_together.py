"""One thing done for all who wait."""

import asyncio

import pytest

from bedspace.search.together import Together


class Work:
    """Counts its runs; each takes until it is let go."""

    def __init__(self) -> None:
        self.runs = 0
        self.gate = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self) -> None:
        self.runs += 1
        await self.gate.wait()
        if self.error:
            raise self.error


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_all_who_come_before_a_run_begins_share_it() -> None:
    work = Work()
    together = Together(work)
    work.gate.set()
    await asyncio.gather(*(together.done_after_now() for _ in range(100)))
    assert work.runs == 1


async def test_whoever_comes_during_a_run_waits_for_the_next_one_and_all_of_them_share_it() -> None:
    work = Work()
    together = Together(work)
    first = asyncio.create_task(together.done_after_now())
    await settle()
    late = [asyncio.create_task(together.done_after_now()) for _ in range(5)]
    await settle()
    assert (work.runs, first.done()) == (1, False), "one in flight, one queued"
    work.gate.set()
    await asyncio.gather(first, *late)
    assert work.runs == 2


async def test_each_call_after_another_is_a_run_of_its_own() -> None:
    work = Work()
    work.gate.set()
    together = Together(work)
    for _ in range(3):
        await together.done_after_now()
    assert work.runs == 3


async def test_an_error_reaches_everybody_who_shared_the_run_and_nobody_after() -> None:
    work = Work()
    work.gate.set()
    together = Together(work)
    work.error = ValueError("gone")
    results = await asyncio.gather(*(together.done_after_now() for _ in range(3)), return_exceptions=True)
    assert [str(result) for result in results] == ["gone"] * 3
    work.error = None
    await together.done_after_now()


async def test_one_who_gives_up_does_not_end_the_run_of_the_others() -> None:
    work = Work()
    together = Together(work)
    impatient, patient = (asyncio.create_task(together.done_after_now()) for _ in range(2))
    await settle()
    impatient.cancel()
    await settle()
    work.gate.set()
    await patient
    assert impatient.cancelled()
    assert work.runs == 1


async def test_stopping_cancels_what_is_in_flight_and_what_is_queued() -> None:
    work = Work()
    together = Together(work)
    tasks = [asyncio.create_task(together.done_after_now())]
    await settle()
    tasks.append(asyncio.create_task(together.done_after_now()))
    await settle()
    await together.stop()
    for task in tasks:
        with pytest.raises(asyncio.CancelledError):
            await task
