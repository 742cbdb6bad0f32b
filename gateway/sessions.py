"""Cookies of the pages: the session, encrypted, and the token against forged forms.

Both are keyed from the installation's secret, which is known only once the database is there. Until then no page
is served, so no cookie is read or written.
"""

import re
import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from litestar.config.csrf import CSRFConfig
from litestar.enums import ScopeType
from litestar.middleware import DefineMiddleware
from litestar.middleware.session.base import SessionMiddleware
from litestar.middleware.session.client_side import ClientSideSessionBackend, CookieBackendConfig
from litestar.types import ASGIApp, Receive, Scope, Send

from gateway.access.sign_in import LONGEST
from gateway.access.tokens import derived_key

PAGELESS = ("/api/", "/oauth/", "/health", "/info", "/metrics", "/schema", "/static/")
"""Where no page is: neither session nor form. The API takes bearer tokens and nothing else."""


def is_page(path: str) -> bool:
    return not path.startswith(PAGELESS)


class Cookies:
    """The two cookies of one application."""

    def __init__(self, *, https: bool) -> None:
        without = [f"^{re.escape(start)}" for start in PAGELESS]
        config = CookieBackendConfig(
            secret=secrets.token_bytes(32),
            key="bedspace_session",
            max_age=int(LONGEST.total_seconds()),
            secure=https,
            exclude=without,
        )
        self._sessions = ClientSideSessionBackend(config)
        self.csrf = CSRFConfig(
            secret=secrets.token_hex(32),
            cookie_name="bedspace_csrf",
            cookie_secure=https,
            cookie_httponly=True,
            exclude=without,
        )

    @property
    def middleware(self) -> DefineMiddleware:
        return DefineMiddleware(SessionMiddleware, backend=self._sessions)

    def key(self, secret: bytes) -> None:
        """Use the keys of this installation from now on."""
        self._sessions.aesgcm = AESGCM(derived_key(secret, "session cookie"))
        self.csrf.secret = derived_key(secret, "forms").hex()


class Gate:
    """Lets nothing pass to a page before the database is there: its cookies could not be read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and is_page(scope["path"]):
            opening: Any = scope["litestar_app"].state["opening"]
            opening.works  # noqa: B018  # raises until open
        await self._app(scope, receive, send)
