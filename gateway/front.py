"""The outermost layer of the web process: headers on every answer, one line of log, one measurement."""

import time
from typing import Any

from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from gateway.measures import Measures
from gateway.requests_log import RequestsLog

METHODS = {method.value for method in HttpMethod}

ALWAYS: dict[bytes, bytes] = {
    b"content-security-policy": (
        b"default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        b"frame-ancestors 'none'"
    ),
    b"cache-control": b"no-store",
    b"referrer-policy": b"same-origin",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
"""Sent unless a page says otherwise for itself: a page with a script gives its own policy, with a nonce."""


class Front:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, measures: Measures, log: RequestsLog, *, https: bool) -> None:
        self._app = app
        self._measures = measures
        self._log = log
        self._always = dict(ALWAYS)
        if https:
            self._always[b"strict-transport-security"] = b"max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.WEBSOCKET:
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._with_ours(message["headers"])
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _with_ours(self, headers: Any) -> list[tuple[bytes, bytes]]:
        given = [(name.lower(), value) for name, value in headers]
        names = {name for name, _ in given}
        return given + [(name, value) for name, value in self._always.items() if name not in names]

    def _note(self, scope: HTTPScope, status: int, seconds: float) -> None:
        route = scope.get("path_template") or "unmatched"
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._measures.request(method, route, status, seconds)
        self._log.write(method, route, status, seconds)
