"""The worker's process: loops beside one another, each able to fail and go on, all stopped within five seconds."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any

import asyncpg
import structlog

from bedspace.store import GONE
from gateway.access.seal import Sealer
from gateway.delivery.captured import Capture
from gateway.delivery.compose import Writer
from gateway.delivery.courier import Courier
from gateway.delivery.relay import Relay, Transport, explain_waiting
from gateway.delivery.smtp import smtp_of
from gateway.intake.inlets import Inlets
from gateway.intake.listeners import Listeners
from gateway.intake.readers import Readers
from gateway.intake.settle import Settler
from gateway.intake.work import read_waiting
from gateway.settings import Settings
from gateway.store.migrate import schema_state
from gateway.wiring import Works, door, inlet, open_readers, open_works, packer_of, reading_ways, road, running, utc_now
from gateway.worker.bell import listen
from gateway.worker.clocks import chasing
from gateway.worker.releases import alert_releases
from gateway.worker.repeat import Loop, Pulse, repeat
from gateway.worker.ticks import alert, archive, lapse, lapse_answers, lengthen, prune
from gateway.worker.waiting import WaitingTick
from schemas.errors import BedspaceError, Unavailable

log = structlog.get_logger("bedspace.worker")

READERS = 2
"""Messages read at once, so that one that takes its ten seconds does not keep the others."""
LOOK = 0.5
"""Seconds between looks into the inbox that no bell asked for."""
SWEEP = 2.0
"""The same for the outbox, when it holds nothing that is due sooner."""
SOON = 0.1
"""Seconds until the next look at a delivery that is due, and waits for a transaction to end."""
ALONG = 5.0
"""Seconds between looks along the roads in."""
GRACE, END = 2.5, 1.5
"""Seconds to finish what is under way when told to stop, and then to hand back what is not finished."""


async def work(settings: Settings, pulse: Pulse) -> None:
    """Work until the pulse stops, as soon as the database is there and migrated."""
    woken = pulse.listen()
    told = ""
    while not pulse.stopped:
        try:
            await _work_once(settings, pulse)
        except (BedspaceError, *GONE, asyncpg.PostgresError) as error:
            if told != repr(error):
                log.warning("cannot_work_yet", exc_info=error)
            told = repr(error)
        if not pulse.stopped:
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), 1)


async def _work_once(settings: Settings, pulse: Pulse) -> None:
    async with AsyncExitStack() as stack:
        works = await stack.enter_async_context(open_works(settings, now=utc_now, ring=pulse.wake))
        async with works.pool.acquire() as connection:
            if await schema_state(connection) != "current":
                raise Unavailable("The database waits for its migrations, or has newer ones. Run `bedspace migrate`.")
        readers = await stack.enter_async_context(open_readers(size=READERS))
        log.info("working", stamp=works.stamp)
        jobs = [_warm(readers), *(repeat(loop, pulse) for loop in _loops(works, readers))]
        url = _bell_url(settings)
        bells = [listen(url, pulse.wake)] if url else []
        await _until_stopped(jobs, bells, pulse)
        log.info("stopped")


async def _warm(readers: Readers) -> None:
    """Start a reading process now, so that the first message does not wait for it."""
    with suppress(BedspaceError):
        await readers.read(next(iter(reading_ways())), b"")


def _loops(works: Works, readers: Readers) -> list[Loop]:
    settler = Settler(works.postcodes)
    sealer = Sealer(works.pool)
    waits = WaitingTick(works.house, works.register, works.postcodes)

    async def inbox() -> float:
        return 0 if await read_waiting(works.house, readers, settler, limit=5) else LOOK

    async def holds() -> float:
        await lapse(works.house)
        return 5

    async def stays() -> float:
        await lengthen(works.house)
        return 30

    async def answers_due() -> float:
        await lapse_answers(works.house)
        return 30

    async def arrivals() -> float:
        await alert(works.house)
        return 20

    async def past() -> float:
        await archive(works.house)
        return 600

    async def waiting() -> float:
        return 0 if await waits.tick() else 5

    async def audit() -> float:
        await sealer.seal()
        return 10

    async def answers() -> float:
        await prune(works.house)
        return 3600

    return [
        Loop("outbox", outbox(works), bells=True),
        deliveries(works),
        roads(works),
        listeners(works),
        *(Loop(f"inbox {n}", inbox, bells=True) for n in range(1, READERS + 1)),
        Loop("holds", holds),
        Loop("stays", stays),
        Loop("answers due", answers_due),
        Loop("arrivals", arrivals),
        *chasing(works.house),
        Loop("releases", releases(works)),
        Loop("past", past),
        Loop("waiting", waiting),
        Loop("audit", audit),
        Loop("answers", answers),
    ]


def releases(works: Works) -> Callable[[], Coroutine[Any, Any, float]]:
    async def tell() -> float:
        await alert_releases(works.house)
        return 60

    return tell


def outbox(works: Works) -> Callable[[], Coroutine[Any, Any, float]]:
    transport = transport_of(works)
    if transport is None:
        return lambda: _say_that_mail_waits(works)
    relay = Relay(
        house=works.house,
        writer=Writer(secret=works.secret, link_base=works.settings.link_base, invented=works.stamp == "demo"),
        transport=transport,
        sender=works.settings.mail_from,
    )

    async def deliver() -> float:
        if await relay.deliver_due():
            return 0
        seconds = await relay.seconds_to_next()
        return SWEEP if seconds is None else min(max(seconds, SOON), SWEEP)

    return deliver


def deliveries(works: Works) -> Loop:
    courier = Courier(works.house, packer_of(works), road)

    async def deliver() -> float:
        seconds = await courier.deliver_due()
        return SWEEP if seconds is None else min(max(seconds, 0), SWEEP)

    return Loop("deliveries", deliver, bells=True, end=courier.finish)


def roads(works: Works) -> Loop:
    inlets = Inlets(works.house, inlet)

    async def look() -> float:
        if await inlets.look():
            works.house.ring()
            return 0
        return ALONG

    return Loop("roads", look, end=inlets.close)


def listeners(works: Works) -> Loop:
    open_ = Listeners(works.house, door)

    async def keep() -> float:
        await open_.keep()
        return ALONG

    return Loop("listeners", keep, end=open_.close)


def transport_of(works: Works) -> Transport | None:
    """Mail goes where `SMTP_URL` says; without it a demo keeps it for its page, and a real gateway lets it wait."""
    if works.settings.smtp_url:
        return smtp_of(works.settings.smtp_url)
    return Capture(works.pool) if works.stamp == "demo" else None


async def _say_that_mail_waits(works: Works) -> float:
    waiting = await explain_waiting(works.house, "Mail waits: SMTP_URL is not set.")
    if waiting:
        log.warning("mail_waits", rows=waiting, why="SMTP_URL is not set: set it and start the worker again")
    return 60


def _bell_url(settings: Settings) -> str | None:
    """Without a bell we sweep."""
    try:
        return settings.redis_url or running(settings).get("redis_url")
    except Unavailable:
        return None


async def _until_stopped(
    jobs: list[Coroutine[Any, Any, None]], bells: list[Coroutine[Any, Any, None]], pulse: Pulse
) -> None:
    """Jobs end by themselves when the pulse stops; what has not ended by then is cancelled and hands back its lease."""
    stopped = pulse.listen()
    tasks = {asyncio.create_task(job) for job in jobs}
    listening = {asyncio.create_task(bell) for bell in bells}
    while not pulse.stopped:
        stopped.clear()
        await stopped.wait()
    for task in listening:
        task.cancel()
    _, late = await asyncio.wait(tasks, timeout=GRACE)
    for task in late:
        task.cancel()
    await asyncio.wait(tasks | listening, timeout=END)
