"""A loop goes on whatever goes wrong, is woken by a bell, and ends when told."""

import asyncio
import time

from gateway.worker.repeat import Loop, Pulse, repeat
from schemas.errors import Unavailable


async def test_a_loop_goes_on_after_every_kind_of_failure() -> None:
    pulse = Pulse()
    faults: list[Exception] = [Unavailable("gone"), ZeroDivisionError(), OSError(), Unavailable("gone")]
    done = 0

    async def once() -> float:
        nonlocal done
        if faults:
            raise faults.pop()
        done += 1
        if done == 3:
            pulse.stop()
        return 0

    await asyncio.wait_for(repeat(Loop("test", once), pulse), 5)
    assert done == 3


async def test_a_bell_wakes_those_who_asked_for_bells_also_when_it_rings_while_they_work() -> None:
    pulse = Pulse()
    passes = {"inbox": 0, "audit": 0}

    def loop(name: str, *, bells: bool) -> Loop:
        async def once() -> float:
            passes[name] += 1
            if name == "inbox" and passes[name] < 5:
                pulse.wake()
            elif name == "inbox":
                asyncio.get_running_loop().call_later(0.05, pulse.stop)
            return 3600

        return Loop(name, once, bells=bells)

    began = time.monotonic()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        group.create_task(repeat(loop("audit", bells=False), pulse))
        group.create_task(repeat(loop("inbox", bells=True), pulse))
    assert passes == {"inbox": 5, "audit": 1}
    assert time.monotonic() - began < 3
