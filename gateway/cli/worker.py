"""`bedspace worker`."""

import asyncio
import os
import signal

import rich_click as click
import uvloop

from gateway.delivery.smtp import smtp_of
from gateway.logs import configure_logs
from gateway.settings import read_settings
from gateway.worker.loop import work
from gateway.worker.repeat import Pulse

LATEST = 4.8
"""Seconds after SIGTERM until the process is gone, whatever it waits for."""


@click.command()
def worker() -> None:
    """Read messages, deliver, and tick the clocks, until told to stop.

    It starts before its database or without Valkey, and goes on when either has gone and comes back.
    Any number may run. On SIGTERM it finishes or hands back what it has, and ends within five seconds.
    """
    settings = read_settings()
    if settings.smtp_url:
        smtp_of(settings.smtp_url)  # what is written wrong is said now
    configure_logs(settings.log_level)

    async def main() -> None:
        pulse = Pulse()
        loop = asyncio.get_running_loop()

        def stop() -> None:
            pulse.stop()
            loop.call_later(LATEST, os._exit, 1)  # something hangs: what is leased ends by itself

        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop)
        await work(settings, pulse)

    uvloop.run(main())
