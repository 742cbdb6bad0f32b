"""The token endpoint of the demo's local issuer: client credentials (RFC 6749, section 4.4)."""

import hmac

from litestar import post
from litestar.params import URLEncodedBody
from msgspec import Struct

from gateway.access.accounts import SYSTEM_ROLES, accounts
from gateway.access.sign_in import require_demo_on_loopback
from gateway.access.tokens import LASTS, client_secret, issue
from gateway.api.documented import problems
from gateway.given import Ask, GivenWorks
from schemas.errors import NotSignedIn


class Credentials(Struct, frozen=True, kw_only=True):
    grant_type: str
    client_id: str
    client_secret: str


class AccessToken(Struct, frozen=True, kw_only=True):
    access_token: str
    expires_in: int
    """Seconds."""
    token_type: str = "Bearer"  # noqa: S105  # a word of the protocol


@post("/oauth/token", status_code=200, summary="Get a token", tags=["Access"], responses=problems(401, 403, 413, 422))
async def token(request: Ask, works: GivenWorks, data: URLEncodedBody[Credentials]) -> AccessToken:
    """For systems, in a demo on this machine only. `bedspace token --client NAME --secret` prints the secret."""
    require_demo_on_loopback(request)
    actor = accounts().get(data.client_id)
    right = client_secret(works.secret, data.client_id)
    if (
        data.grant_type != "client_credentials"
        or actor is None
        or actor.role not in SYSTEM_ROLES
        or not hmac.compare_digest(right.encode(), data.client_secret.encode())
    ):
        raise NotSignedIn(
            "These client credentials are not valid. Send grant_type=client_credentials, client_id and client_secret."
        )
    return AccessToken(
        access_token=issue(works.secret, actor, works.house.now()), expires_in=int(LASTS.total_seconds())
    )


doors = [token]
