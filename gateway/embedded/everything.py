"""Everything on one machine: servers, database, web and worker; started in order, watched, stopped in order."""

import logging
import os
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gateway.embedded.folder import hold, make_data
from gateway.embedded.outside import free_port, ready, stopping_on_signals, written_down
from gateway.embedded.postgres import Postgres
from gateway.embedded.server import Server
from gateway.embedded.supervised import Child, Supervised
from gateway.embedded.valkey import Valkey
from gateway.settings import Settings

STOP_SECONDS = 5.0
"""Given to web and worker before they are killed."""
TICK = 0.1

log = logging.getLogger(__name__)


class Plan(Struct, frozen=True):
    """What `bedspace up` adds to the settings."""

    prepare: Callable[[Settings], None]
    """Brings the database to the newest schema and fills it."""
    announce: Callable[[Settings], None]
    """Called once, when readiness first answers 200."""


def run_everything(settings: Settings, plan: Plan, environment: Mapping[str, str] = os.environ) -> None:
    """Serve until a signal asks to stop. Raises what a user can put right; nothing is left running then."""
    settings = replace(settings, data=make_data(settings.data))
    with stopping_on_signals(), ExitStack() as stack:
        stack.callback(os.close, _sole_owner(settings))
        settings = replace(settings, port=free_port(settings))
        postgres, servers, settings = _servers(stack, settings)
        web, worker = (Supervised(child) for child in _children(stack, settings, postgres, environment))
        if postgres:
            _drop_unfilled(settings, postgres)
            web.start()  # its imports take longest; it waits at the door
        watched = [Supervised(server) for server in servers]
        for one in watched:
            one.start()
        for server in servers:
            server.wait_ready()
        plan.prepare(settings)
        stack.enter_context(written_down(settings))
        if postgres:
            _unfilled(settings).unlink(missing_ok=True)
            postgres.open_door()
        else:
            web.start()
        worker.start()
        _watch(settings, plan, [*watched, web, worker])


def _sole_owner(settings: Settings) -> int:
    return hold(
        settings.data / "up.lock",
        refusal=f"Another `bedspace up` is using {settings.data}. Stop it first, or set DATA to another folder.",
        patience=0.2,
    )


def _servers(stack: ExitStack, settings: Settings) -> tuple[Postgres | None, list[Server], Settings]:
    """Those that no URL replaces, prepared; and the settings with the URL of each."""
    postgres, servers = None, list[Server]()
    if settings.database_url is None:
        postgres = stack.enter_context(Postgres(settings.data))
        servers.append(postgres)
        settings = replace(settings, database_url=postgres.url)
    if settings.redis_url is None:
        valkey = stack.enter_context(Valkey(settings.data))
        servers.append(valkey)
        settings = replace(settings, redis_url=valkey.url)
    return postgres, servers, settings


def _children(
    stack: ExitStack, settings: Settings, postgres: Postgres | None, environment: Mapping[str, str]
) -> list[Child]:
    given = {
        **environment,
        "DATABASE_URL": postgres.url_behind_door if postgres else settings.database_url or "",
        "REDIS_URL": settings.redis_url or "",
        "DATA": str(settings.data),
        "PORT": str(settings.port),
        "HOST": settings.host,
    }
    children = [Child(name, given) for name in ("web", "worker")]
    stack.callback(_stop, children)
    return children


def _stop(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.wait(until)


def _drop_unfilled(settings: Settings, postgres: Postgres) -> None:
    """A first start that was interrupted left half of what it fills in: nobody has used it, so it is made anew."""
    if _unfilled(settings).exists() and postgres.cluster.exists():
        log.warning("The first start was interrupted: the database is made anew")
        shutil.rmtree(postgres.cluster)
    if not postgres.cluster.exists():
        _unfilled(settings).touch()


def _unfilled(settings: Settings) -> Path:
    """The mark of a new database, there until it has been filled."""
    return settings.data / "postgres.unfilled"


def _watch(settings: Settings, plan: Plan, watched: list[Supervised]) -> None:
    announced = False
    while True:
        for one in watched:
            one.look()
        if not announced and ready(settings):
            plan.announce(settings)
            announced = True
        time.sleep(TICK)
