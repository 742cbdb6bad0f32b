"""Who a browser's session belongs to. A demo signs in its invented accounts, on loopback only."""

import ipaddress
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol

from gateway.access.accounts import SYSTEM_ROLES, accounts
from gateway.access.actors import Actor
from schemas.errors import NotAllowed

IDLE = timedelta(minutes=30)
"""A session that nobody uses ends after this long."""
LONGEST = timedelta(hours=12)
"""Every session ends after this long."""

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class Asking(Protocol):
    """A request, as far as signing in looks at it. `scope` holds the session, the application and the other end."""

    @property
    def scope(self) -> Any: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def actor_of_session(request: Asking) -> Actor | None:
    """Who is signed in, or None. Looking counts as use: it begins the idle time anew."""
    session: dict[str, Any] = request.scope.get("session") or {}
    opening = request.scope["app"].state["opening"]
    now: datetime = opening.now()
    actor = accounts().get(session.get("account", ""))
    if actor is None or not opening.local_sign_in or not _lasts(session, now):
        return None
    session["seen"] = now.timestamp()
    return actor


def _lasts(session: dict[str, Any], now: datetime) -> bool:
    since = datetime.fromtimestamp(session["since"], UTC)
    seen = datetime.fromtimestamp(session["seen"], UTC)
    return now - since < LONGEST and now - seen < IDLE


def sign_in(request: Asking, account: str) -> Actor:
    """Begin a session for a demo account. Raises `NotAllowed` where this is no demo, or not on loopback."""
    require_demo_on_loopback(request)
    actor = accounts().get(account)
    if actor is None or actor.role in SYSTEM_ROLES:
        raise NotAllowed("There is no such demo account to sign in with. Choose one from the list.")
    now = request.scope["app"].state["opening"].now().timestamp()
    request.scope["session"] = {"account": actor.id, "since": now, "seen": now}
    return actor


def sign_out(request: Asking) -> None:
    request.scope["session"] = {}


def require_demo_on_loopback(request: Asking) -> None:
    """The local issuer and the demo accounts serve this machine only. Raises `NotAllowed`."""
    if not request.scope["app"].state["opening"].local_sign_in:
        raise NotAllowed("Demo accounts are off here. Sign in through your organisation's issuer.")
    if not on_loopback(request):
        raise NotAllowed("Demo accounts work only on the machine that runs the demo, at http://127.0.0.1.")


def on_loopback(request: Asking) -> bool:
    """Whether the other end is this machine itself, and not a proxy on it."""
    client = request.scope.get("client")
    return bool(client) and is_loopback(client[0]) and not any(name in request.headers for name in FORWARDED)


@lru_cache(1024)
def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
