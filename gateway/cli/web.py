"""`bedspace web`: serve the pages and the API."""

import ctypes
import gc
import importlib
import multiprocessing
import os
import signal
import sys
from typing import Any

import rich_click as click

from gateway.settings import read_settings
from schemas.errors import Unavailable

PR_SET_PDEATHSIG = 1
PATIENCE = 4
"""Seconds that requests in flight have to end in, when the process is told to stop."""


@click.command()
@click.option("--host", help="Address to listen on; otherwise HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; otherwise PORT.")
def web(host: str | None, port: int | None) -> None:
    """Serve the pages and the API, with one worker process.

    It answers at once; `GET /health/readiness` is 200 when the database is there and migrated. For more, start more.
    """
    from granian.constants import Interfaces, Loops, RuntimeModes  # noqa: PLC0415  # only here, for a quick --help
    from granian.log import LogLevels  # noqa: PLC0415  # as above
    from granian.server import Server  # noqa: PLC0415  # as above

    settings = read_settings()
    address, number = host or settings.host, settings.port if port is None else port
    os.environ |= {"HOST": address, "PORT": str(number)}  # for the worker process, which reads its own settings
    server = Server(
        "gateway.app:create_app",
        address=address,
        port=number,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        runtime_mode=RuntimeModes.st,
        workers=1,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        workers_kill_timeout=PATIENCE,
    )
    try:
        server.serve(target_loader=load_app)
    except RuntimeError as error:  # what granian makes of every error of the operating system
        if "os error" not in str(error):
            raise
        raise Unavailable(f"{address}:{number} cannot be listened on. Set PORT to one that is free.") from error


def load_app(_target: str) -> Any:
    """The application, made in the worker process that will serve it."""
    die_with_parent()
    without_console()
    from gateway.app import create_app  # noqa: PLC0415  # imported by the worker alone
    from gateway.logs import configure_logs  # noqa: PLC0415  # as above

    settings = read_settings()
    configure_logs(settings.log_level)
    app = create_app(settings)
    leave_alone_what_stays()
    return app


def leave_alone_what_stays() -> None:
    """Have the collector of garbage look seldom, and never at what was made before the first request.

    It looked through the whole application every few requests: a fifth of the time of a search.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def without_console() -> None:
    """Keep structlog from importing rich for a console that a served process does not have: it takes 0.2 s."""
    sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # None is how Python marks what may not be imported
    importlib.import_module("structlog")
    if sys.modules["rich"] is None:
        del sys.modules["rich"]


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent dies, however that dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():
        raise SystemExit("The process that started this one is gone.")
