"""What every handler of the API and of the pages is given by name: `works: GivenWorks`, `actor: GivenActor`."""

from typing import Annotated, Any

from litestar import Request
from litestar.di import Dependency
from litestar.params import SkipValidationMarker

from gateway.access.actors import Actor
from gateway.access.sign_in import actor_of_session, on_loopback
from gateway.access.tokens import HINT
from gateway.opening import Opening
from gateway.wiring import Works
from schemas.errors import NotSignedIn

GivenWorks = Annotated[Works, Dependency(), SkipValidationMarker()]
"""Raises `Unavailable` until the database is there and migrated."""
GivenActor = Annotated[Actor, Dependency(), SkipValidationMarker()]
"""In the API the bearer of the token, on a page who is signed in. Raises `NotSignedIn` where there is nobody."""

Ask = Request[Any, Any, Any]


def opening_of(request: Ask) -> Opening:
    opening: Opening = request.app.state["opening"]
    return opening


def works(request: Ask) -> Works:
    return opening_of(request).works


def signed_in(request: Ask, works: GivenWorks) -> Actor:  # noqa: ARG001  # not open goes before not signed in
    actor = actor_of_session(request)
    if actor is None:
        raise NotSignedIn("Your session is over, or you have not signed in. Sign in, then try again.")
    return actor


async def require_bearer(request: Ask) -> None:
    """Before each request of the API: looks at the token before a byte of the body is read."""
    request.scope["caller"] = bearer(request)  # type: ignore[typeddict-unknown-key]  # ours


def caller(request: Ask, works: GivenWorks) -> Actor:  # noqa: ARG001  # one after the other is quicker than at once
    """Whom `require_bearer` let in."""
    actor: Actor = request.scope["caller"]  # type: ignore[typeddict-item]  # put there by it
    return actor


def bearer(request: Ask) -> Actor:
    """Who bears the token of this request. Raises `NotSignedIn`, or `Unavailable` until tokens can be checked."""
    opening = opening_of(request)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise NotSignedIn(f"Send the header `Authorization: Bearer TOKEN`. {HINT}")
    known = opening.tokens
    if not opening.local_sign_in:
        raise NotSignedIn("Tokens of the local issuer are not taken here, and no other issuer is connected yet.")
    if not on_loopback(request):
        raise NotSignedIn("Tokens of a demo are taken only on the machine that runs it, at http://127.0.0.1.")
    return known.actor_of(token.strip(), opening.now())
