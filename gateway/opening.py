"""Opens the works of a web process as soon as the database is there, so that the process may start first."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import asyncpg
import structlog

from bedspace.store import GONE
from gateway.access.sign_in import is_loopback
from gateway.access.tokens import KnownTokens
from gateway.settings import Settings
from gateway.store.migrate import schema_state
from gateway.wiring import Works, open_works, running, utc_now
from schemas.errors import BedspaceError, Unavailable

if TYPE_CHECKING:
    from gateway.worker.bell import Bell  # at run time it is imported late, for a quick start

log = structlog.get_logger("bedspace.web")

WAITS = (0.05, 0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds between looks at a database that is not ready; the last one from then on."""


class LateBell:
    """A bell that is hung after the doors are open. A ring before that is lost, and the workers sweep."""

    def __init__(self) -> None:
        self._bell: Bell | None = None

    def ring(self) -> None:
        if self._bell is not None:
            self._bell.ring()

    async def hang(self, settings: Settings) -> None:
        """Needs no Valkey to be there; where none is named there is no bell."""
        try:
            url = settings.redis_url or running(settings)["redis_url"]
        except (Unavailable, KeyError):
            return
        module = await asyncio.to_thread(importlib.import_module, "gateway.worker.bell")
        self._bell = module.open_bell(url)

    async def close(self) -> None:
        if self._bell is not None:
            await self._bell.close()


class Opening:
    """The works once they are open, and until then why not."""

    def __init__(
        self,
        settings: Settings,
        *,
        when_open: Callable[[Works], None],
        once_open: Callable[[], None] = lambda: None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """`when_open` is called just before the doors open, `once_open` just after, in a thread."""
        self.settings = settings
        self.now = now
        self.why_not = "The service is starting."
        self._when_open = when_open
        self._once_open = once_open
        self._works: Works | None = None
        self._tokens = KnownTokens(b"")
        self._close = asyncio.Event()

    @property
    def is_open(self) -> bool:
        return self._works is not None

    @property
    def works(self) -> Works:
        """Raises `Unavailable` until the database is there and migrated."""
        if self._works is None:
            raise Unavailable(f"{self.why_not} Try again in a few seconds.")
        return self._works

    @property
    def tokens(self) -> KnownTokens:
        """Raises `Unavailable` as `works` does."""
        self.works  # noqa: B018  # the keys come with the works
        return self._tokens

    @property
    def local_sign_in(self) -> bool:
        """Whether the demo's own accounts and tokens are good here."""
        return self._works is not None and self._works.stamp == "demo" and self.settings.oidc_issuer is None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep trying in the background until open; close at the end."""
        self._close = asyncio.Event()  # one of the loop that runs now
        task = asyncio.create_task(self._keep_open())
        try:
            yield
        finally:
            self._close.set()
            await task

    async def _keep_open(self) -> None:
        looks = 0
        while not self._close.is_set():
            try:
                await self._open()
            except (BedspaceError, *GONE, asyncpg.PostgresError, TimeoutError) as error:
                self._say_why_not(error)
            await self._pause(WAITS[min(looks, len(WAITS) - 1)])
            looks += 1

    async def _open(self) -> None:
        bell = LateBell()
        async with open_works(self.settings, now=self.now, ring=bell.ring) as works:
            async with works.pool.acquire() as connection:
                state = await schema_state(connection)
            if state != "current":
                raise Unavailable(schema_words(state))
            refuse_a_mismatch(self.settings, works.stamp)
            self._tokens = KnownTokens(works.secret)
            self._when_open(works)
            self._works = works
            log.info("open", stamp=works.stamp)
            try:
                await asyncio.to_thread(self._once_open)
                await bell.hang(self.settings)
                await self._close.wait()
            finally:
                self._works = None
                await bell.close()

    def _say_why_not(self, error: BaseException) -> None:
        ours = isinstance(error, BedspaceError)
        why = str(error) if ours else "The database is not there, or not set up yet."
        if why != self.why_not:
            log.warning("not_open_yet", why=why, error=type(error).__name__)
            self.why_not = why

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._close.wait(), seconds)
        except TimeoutError:
            return


def refuse_a_mismatch(settings: Settings, stamp: str) -> None:
    """Raises `Unavailable` for a demo that others could reach, and for real data that nobody is signed in to."""
    if settings.oidc_issuer is None and stamp == "real":
        raise Unavailable("This database is real, so people sign in through an issuer. Set OIDC_ISSUER.")
    if stamp == "demo" and not is_loopback(settings.host):
        raise Unavailable("This database is a demo, which answers only on this machine. Unset HOST.")


def schema_words(state: str) -> str:
    """Why this version cannot work with the schema it found."""
    if state == "unknown":
        return "The database has a newer schema than this version knows. Start a newer version."
    return "The database waits for its migrations. Run `bedspace migrate`."
