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
from gateway.cli.web import leave_alone_what_stays
from gateway.embedded.postgres import embedded_postgres
from gateway.store.migrate import migrate
from gateway.wiring import utc_now
from tests.bench.bookings import bookings, races, table_of_races
from tests.bench.in_process import agree, in_process, open_bench
from tests.bench.over_http import over_http, token_and_beds
from tests.bench.pages import pages, table_of_waits
from tests.bench.questions import questions
from tests.bench.register import make_register
from tests.bench.table import table
from tests.bench.targets import Found, table_of_verdicts, verdicts

SLOWEST = 10
"""The scale up to which the register is also counted day by day: beyond, one answer takes minutes."""


class Plan(argparse.Namespace):
    scales: list[int]
    seconds: float
    rounds: int
    without_http: bool
    quick: bool


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--scales", type=int, nargs="+", default=[1, 10, 100], help="1: 100 premises and 2,400 beds")
    options.add_argument("--seconds", type=float, default=4, help="for each line")
    options.add_argument("--rounds", type=int, default=30, help="of each race")
    options.add_argument("--without-http", action="store_true", help="neither servers nor pages")
    options.add_argument("--quick", action="store_true", help="scale 1, a second a line: to see that it works")
    plan = options.parse_args(namespace=Plan())
    if plan.quick:
        plan.scales, plan.seconds, plan.rounds = [1], 1, 5
    leave_alone_what_stays()  # as a served process does
    began = perf_counter()
    with tempfile.TemporaryDirectory() as folder, embedded_postgres(Path(folder) / "data", fsync=False) as server:
        uvloop.run(run(server, Path(folder), plan))
    say(f"The whole run took {perf_counter() - began:.0f} s.")


async def run(server: str, folder: Path, plan: Plan) -> None:
    base: Found | None = None
    for scale in plan.scales:
        say(f"## {scale}×\n")
        async with filled(server, scale, london_today(utc_now())) as url:
            found = await one_scale(url, folder, scale, plan)
        base = base or found
        say(table_of_verdicts(scale, verdicts(found, base)))


async def one_scale(url: str, folder: Path, scale: int, plan: Plan) -> Found:
    found = Found(scale)
    needs = questions(london_today(utc_now()))
    async with open_bench(url, open_postcodes(folder), needs, utc_now, plan.seconds) as bench:
        slow = scale <= SLOWEST
        await agree(bench, day_by_day_too=slow)
        found.lines += (lines := await in_process(bench, url, folder, day_by_day_too=slow))
        say(table("Search", lines))
    found.lines += (lines := await bookings(url, utc_now, plan.seconds))
    say(table("Claims of three nights, eight callers", lines))
    found.races = await races(url, utc_now, plan.rounds)
    say(table_of_races(found.races))
    if not plan.without_http:
        token, beds, premises = await token_and_beds(url, utc_now())
        found.lines += (lines := await over_http(url, folder, needs, token, beds, plan.seconds, day_by_day_too=slow))
        say(table("Search over HTTP, 32 connections, one worker process", lines))
        found.waits = pages(url, folder, needs, premises, token, plan.seconds)
        say(table_of_waits(found.waits))
    return found


@asynccontextmanager
async def filled(server: str, scale: int, today: date) -> AsyncIterator[str]:
    """A migrated database with a register in it, which is gone afterwards."""
    owner = await asyncpg.connect(server)
    await owner.execute("alter system set max_wal_size = '16GB'")  # no checkpoint while it is made
    await owner.execute("select pg_reload_conf()")
    await owner.execute("create database bench")
    head, _, tail = server.partition("?")
    url = head.rsplit("/", 1)[0] + "/bench" + (f"?{tail}" if tail else "")
    began = perf_counter()
    await migrate(url, "demo")
    size = await make_register(url, scale, today)
    took = perf_counter() - began
    held = f"{size.premises:,} premises, {size.beds:,} beds, {size.live:,} claims, {size.past:,} past ones"
    say(f"{held}, made in {took:.0f} s.\n")
    try:
        yield url
    finally:
        await owner.execute("drop database bench with (force)")
        await owner.close()


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
