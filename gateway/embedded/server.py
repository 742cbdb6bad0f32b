"""A server process: it ends with its owner, and its folder is free only when the last of it has gone."""

import contextlib
import os
import subprocess
import time
from pathlib import Path
from signal import SIGKILL, Signals
from types import TracebackType
from typing import Self

from gateway.embedded.account import Account
from gateway.embedded.folder import hold, make_data
from schemas.errors import Unavailable

QUIET = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}
"""All a server sees of the environment."""

PATIENCE = 10.0
"""Seconds in which a server whose owner was killed has gone."""


class Server:
    """Held from `prepare` to `close`; in between it is started, found dead and started again, and stopped."""

    name = ""
    ends: tuple[tuple[Signals, float], ...] = ()
    """Signals that end it, gentle ones first, each with the seconds it is given."""

    def __init__(self, data: Path) -> None:
        self.data = make_data(data)
        self.process: subprocess.Popen[bytes] | None = None
        self._lock = -1

    @property
    def log(self) -> Path:
        return self.data / f"{self.name}.log"

    def prepare(self) -> None:
        """Take the folder; wait while a predecessor, whose owner was killed, is still going down."""
        self._lock = hold(
            self.data / f"{self.name}.lock",
            refusal=f"{self.data} is in use by another {self.name}. Stop that `bedspace up`, or set another DATA.",
            patience=PATIENCE,
        )

    def spawn(self, account: Account, *command: str | Path) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # a program of our own wheels
                account.command(*command, at_death_of_parent=self.ends[0][0]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=QUIET,
                cwd="/",
                umask=0o077,
                process_group=0,  # Ctrl-C reaches the owner, who stops all in order
                pass_fds=(self._lock,),
            )

    def start(self) -> None:
        """Start and return at once; `wait_ready` waits."""
        raise NotImplementedError

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ready(self) -> bool:
        raise NotImplementedError

    def wait_ready(self, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not self.ready():
            if not self.alive() or time.monotonic() > until:
                raise Unavailable(f"{self.name} did not start. The end of {self.log} says:\n{self.last_lines()}")
            time.sleep(0.01)

    def last_lines(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])

    def stop(self) -> None:
        if self.process is None:
            return
        for signal, seconds in (*self.ends, (SIGKILL, 5.0)):
            if self.process.poll() is None:
                self.process.send_signal(signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
                break
        self.process = None

    def close(self) -> None:
        self.stop()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> Self:
        try:
            self.prepare()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
