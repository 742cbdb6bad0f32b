"""What is started again when it dies, later each time."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from signal import SIGKILL, SIGTERM
from typing import Protocol

from gateway.embedded.account import Account

FIRST_PAUSE, LONGEST_PAUSE, LIVED_WELL = 0.2, 30.0, 30.0
"""Seconds. What lived well is given the first pause again."""

log = logging.getLogger(__name__)


class Living(Protocol):
    """A process that can be started any number of times."""

    name: str

    def start(self) -> None: ...
    def alive(self) -> bool: ...


class Supervised:
    """Looks after one process; `look` is called a few times a second."""

    def __init__(self, what: Living, *, now: Callable[[], float] = time.monotonic) -> None:
        self.what = what
        self._now = now
        self._started = now()
        self._pause = FIRST_PAUSE
        self._again_at: float | None = None

    def start(self) -> None:
        self._started = self._now()
        self._again_at = None
        self.what.start()

    def look(self) -> None:
        if self.what.alive():
            return
        if self._again_at is None:
            self._plan()
        elif self._now() >= self._again_at:
            self.start()

    def _plan(self) -> None:
        lived = self._now() - self._started
        self._pause = FIRST_PAUSE if lived > LIVED_WELL else self._pause
        log.warning("%s ended after %.0f s; it is started again in %.1f s", self.what.name, lived, self._pause)
        self._again_at = self._now() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)


class Child:
    """A process of ours, `bedspace NAME`, with all it starts in one group. It ends when we end, however we end."""

    def __init__(self, name: str, environment: Mapping[str, str]) -> None:
        self.name = name
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.sweep()
        self.process = subprocess.Popen(  # noqa: S603  # this very program
            Account().command(sys.executable, "-m", "gateway", self.name),
            stdin=subprocess.DEVNULL,
            env=self.environment,
            process_group=0,  # Ctrl-C reaches us, and we stop all in order
        )

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.alive():
            self.process.send_signal(SIGTERM)

    def wait(self, until: float) -> None:
        """Until it has gone or it is `until`; then all of it is killed."""
        if self.process is not None:
            try:
                self.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("%s did not stop in time and is killed", self.name)
            self.sweep()
            self.process.wait()

    def sweep(self) -> None:
        """Kill what is left of its group."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, SIGKILL)
            except ProcessLookupError:
                return
