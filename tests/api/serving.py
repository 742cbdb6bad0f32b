"""The application in this process, and callers of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from litestar import Litestar
from msgspec import Struct

from gateway.access.accounts import demo_actor
from gateway.access.actors import Actor
from gateway.access.tokens import issue
from gateway.app import create_app
from gateway.opening import Opening
from gateway.settings import Settings

HERE = ("127.0.0.1", 50000)


class Served(Struct, frozen=True):
    """A served application."""

    app: Litestar
    settings: Settings

    @property
    def opening(self) -> Opening:
        opening: Opening = self.app.state["opening"]
        return opening

    def client(self, *, at: tuple[str, int] = HERE, **more: Any) -> httpx.AsyncClient:
        """Somebody without a token."""
        transport = httpx.ASGITransport(app=self.app, client=at)  # type: ignore[arg-type]  # the same protocol, typed twice
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", **more)

    def caller(self, who: str | Actor = "practitioner", **more: Any) -> httpx.AsyncClient:
        """The demo account of a role, or an actor, with a token."""
        actor = demo_actor(who) if isinstance(who, str) else who
        token = issue(self.opening.works.secret, actor, self.opening.now())
        return self.client(headers={"Authorization": f"Bearer {token}"}, **more)


IDLE: dict[tuple[Any, ...], list[Litestar]] = {}
"""Applications that no test uses now. To make one takes half a second, so it serves again over another database."""


@asynccontextmanager
async def serving(database: str, now: datetime, **settings: Any) -> AsyncIterator[Served]:
    """Serve over a database, and be open unless it is not there."""
    given = Settings(**{"data": Path("/nonexistent"), "database_url": database, "pool_size": 4, **settings})
    idle = IDLE.setdefault((given.link_base, given.log_level), [])
    app = _again(idle.pop(), given) if idle else create_app(given)
    app.state["opening"].now = lambda: now
    async with _living(app):
        yield Served(app, given)
    idle.append(app)


def _again(app: Litestar, settings: Settings) -> Litestar:
    """As it was when it was made, with other settings."""
    opening: Opening = app.state["opening"]
    opening.settings = settings
    opening.why_not = "The service is starting."
    return app


@asynccontextmanager
async def _living(app: Litestar) -> AsyncIterator[None]:
    started, stop = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await stop.wait()

    living = asyncio.create_task(live())
    await started.wait()
    try:
        yield
    finally:
        stop.set()
        await living


async def until_open(served: Served) -> None:
    await _until(lambda: served.opening.is_open, served)


async def until_closed_because(served: Served, word: str) -> None:
    """Until it says with this word why it is not open."""
    await _until(lambda: word in served.opening.why_not, served)
    assert not served.opening.is_open


async def _until(true: Callable[[], bool], served: Served) -> None:
    for _ in range(500):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(served.opening.why_not)
