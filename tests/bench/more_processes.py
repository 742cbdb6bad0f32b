"""The whole search in more than one process: each has a register of its own, and they know nothing of one another.

`python -m tests.bench.more_processes` is one of them: for each line it reads, so many seconds of searching.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import median

import msgspec
import uvloop

from bedspace.geography.postcodes import open_postcodes
from bedspace.nights import london_today
from bedspace.search.register import Register
from gateway.cli.web import leave_alone_what_stays
from gateway.store.database import open_pool
from gateway.wiring import utc_now
from tests.bench.questions import questions
from tests.bench.table import Sample, at_once

IN_FLIGHT = 32


@contextmanager
def processes(count: int, url: str, data: Path) -> Iterator[Callable[[float], Awaitable[Sample]]]:
    """Rounds of searching in all of them at once."""
    environment = {**os.environ, "DATABASE_URL": url, "DATA": str(data)}
    command = [sys.executable, "-m", "tests.bench.more_processes"]
    started = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(count)
    ]

    async def round_of(seconds: float) -> Sample:
        return _sum(await asyncio.gather(*(asyncio.to_thread(_ask, one, seconds) for one in started)))

    try:
        yield round_of
    finally:
        for one in started:
            if one.stdin:
                one.stdin.close()
            one.wait(20)


def _ask(process: "subprocess.Popen[str]", seconds: float) -> Sample:
    if process.stdin is None or process.stdout is None:
        raise AssertionError("A process without pipes")
    process.stdin.write(f"{seconds}\n")
    process.stdin.flush()
    return msgspec.json.decode(process.stdout.readline(), type=Sample)


def _sum(samples: Sequence[Sample]) -> Sample:
    return Sample(
        sum(one.count for one in samples),
        max(one.seconds for one in samples),
        median(one.p50_ms for one in samples),
    )


async def search_when_told() -> None:
    postcodes = open_postcodes(Path(os.environ["DATA"]))
    pool = await open_pool(os.environ["DATABASE_URL"], size=2, plan_cache_mode="force_generic_plan")
    register, needs = Register(pool, postcodes, now=utc_now), cycle(questions(london_today(utc_now())))
    leave_alone_what_stays()

    async def whole() -> None:
        await register.shortlist(next(needs))

    await whole()  # loads the snapshot
    while line := await asyncio.to_thread(sys.stdin.readline):
        sample = await at_once(IN_FLIGHT, whole)(float(line))
        sys.stdout.write(msgspec.json.encode(sample).decode() + "\n")
        sys.stdout.flush()
    await register.close()
    await pool.close()


if __name__ == "__main__":
    uvloop.run(search_when_told())
