"""What `bedspace up` has to do with the rest of the machine: its port, its signals, and the note for other commands."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from gateway.settings import Settings
from schemas.errors import Conflict

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # looked up, not listened on
"""What to ask when the server listens on all."""


def free_port(settings: Settings) -> int:
    """The port, or for 0 a free one. Raises `Conflict` when it is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise Conflict(
                f"Port {settings.port} of {settings.host} cannot be used ({error.strerror}). "
                "Stop what listens there, or set PORT to another number."
            ) from error
        return int(listener.getsockname()[1])


def ready(settings: Settings) -> bool:
    """Whether `GET /health/readiness` answers 200. Plain sockets: a client library would take longer to import."""
    host = EVERY_ADDRESS.get(settings.host, settings.host)
    asked = f"GET /health/readiness HTTP/1.1\r\nHost: 127.0.0.1:{settings.port}\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((host, settings.port), timeout=1) as client:
            client.sendall(asked.encode())
            return b" 200 " in client.recv(32)
    except OSError:
        return False


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Ctrl-C, a plain kill and a closed terminal end the block once, in order; further ones change nothing."""
    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(_number: int, _frame: FrameType | None) -> None:
        for one in asked:
            signal.signal(one, signal.SIG_IGN)
        raise SystemExit(0)

    before = {one: signal.signal(one, stop) for one in asked}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def written_down(settings: Settings) -> Iterator[None]:
    """`DATA/run.json`, readable by its owner only: where other commands find what runs."""
    note = settings.data / "run.json"
    fresh = settings.data / "run.json.new"
    fresh.unlink(missing_ok=True)
    facts = {
        "database_url": settings.database_url,
        "redis_url": settings.redis_url,
        "port": str(settings.port),
        "pid": str(os.getpid()),
    }
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(facts, file)
    fresh.replace(note)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)
