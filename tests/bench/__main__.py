"""`python -m tests.bench`, or `make bench`: the tables of speed, every design in one run over the same data."""

import argparse
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

import asyncpg
import uvloop

from bedspace.geography.postcodes import open_postcodes
from bedspace.nights import london_today
from gateway.embedded.postgres import embedded_postgres
from gateway.store.migrate import migrate
from gateway.wiring import utc_now
from tests.bench.in_process import agree, in_process, open_bench
from tests.bench.over_http import over_http
from tests.bench.questions import questions
from tests.bench.register import make_register
from tests.bench.table import Line, table, times


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--scale", type=int, default=1, help="1: 100 premises, 2,400 beds, five years of stays")
    options.add_argument("--seconds", type=float, default=4, help="for each line")
    options.add_argument("--without-http", action="store_true", help="only in one process")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, embedded_postgres(Path(folder) / "data", fsync=False) as server:
        uvloop.run(run(server, Path(folder), given.scale, given.seconds, http=not given.without_http))


async def run(server: str, folder: Path, scale: int, seconds: float, *, http: bool) -> None:
    today = london_today(utc_now())
    async with filled(server, scale, today) as url:
        needs = questions(today)
        async with open_bench(url, open_postcodes(folder), needs, utc_now, seconds) as bench:
            await agree(bench)
            lines = await in_process(bench)
        say(table("Search in one process", lines))
        if http:
            lines += (served := await over_http(url, folder, needs, utc_now(), seconds))
            say(table("Search over HTTP, 32 connections, one worker process", served))
        say(ratios(lines))


@asynccontextmanager
async def filled(server: str, scale: int, today: date) -> AsyncIterator[str]:
    """A migrated database with a register in it."""
    owner = await asyncpg.connect(server)
    await owner.execute("create database bench")
    await owner.close()
    head, _, tail = server.partition("?")
    url = head.rsplit("/", 1)[0] + "/bench" + (f"?{tail}" if tail else "")
    began = perf_counter()
    await migrate(url, "demo")
    size = await make_register(url, scale, today)
    took = perf_counter() - began
    held = f"{size.premises:,} premises, {size.beds:,} beds, {size.live:,} claims, {size.past:,} past ones"
    say(f"{held}, made in {took:.0f} s.\n")
    yield url


def ratios(lines: list[Line]) -> str:
    """What the targets are about, by the words their lines begin with."""

    def of(beginning: str) -> Line:
        return next(line for line in lines if line.what.startswith(beginning))

    look_up = of("primary-key look-up, bare")
    found = [
        ("hits, proved current, 32 in flight: of a bare look-up", of("hits with"), look_up),
        ("whole search, 32 in flight: of a bare look-up", of("whole search"), look_up),
    ]
    if any(line.what.startswith("POST search") for line in lines):
        post = of("POST search")
        found += [
            ("search over HTTP: of a look-up over HTTP", post, of("primary-key look-up behind")),
            ("search over HTTP: of FastAPI + SQLAlchemy, the same SQL", post, of("FastAPI + SQLAlchemy, the")),
            ("search over HTTP: of FastAPI + SQLAlchemy, day by day", post, of("FastAPI + SQLAlchemy, day")),
        ]
    return "\n".join(f"- {what}: {times(one, other)}" for what, one, other in found)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
