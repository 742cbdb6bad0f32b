"""Bearer tokens of the local issuer: for a demo on loopback, never beside an OIDC issuer.

A token is an `at+jwt` (RFC 9068), signed with HS256 by a key that is derived from the installation's secret.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec

from gateway.access.actors import Actor
from schemas.errors import NotSignedIn

ISSUER = "urn:bedspace:local-issuer"
AUDIENCE = "urn:bedspace:api"
ALGORITHMS = ["HS256"]
TYPE = "at+jwt"
LASTS = timedelta(hours=8)
LONGEST = 4096
"""Characters of a token that are looked at."""

HINT = "For trying the API, get a token with `bedspace token practitioner`."


def derived_key(secret: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose, so that no key serves two."""
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()


def issue(secret: bytes, actor: Actor, now: datetime, *, lifetime: timedelta = LASTS) -> str:
    """A token that lets its bearer act as the actor until it expires."""
    from joserfc import jwk, jwt  # noqa: PLC0415  # a third of a second, and readiness needs no tokens

    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": actor.id,
        "client_id": actor.id,
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "jti": uuid4().hex,
        "actor": msgspec.to_builtins(actor),
    }
    key = jwk.OctKey.import_key(derived_key(secret, "access tokens"))
    return jwt.encode({"alg": ALGORITHMS[0], "typ": TYPE}, claims, key, algorithms=ALGORITHMS)


def actor_of(secret: bytes, token: str, now: datetime) -> Actor:
    """Who bears a token. Raises `NotSignedIn`."""
    actor, _ = read_token(secret, token, now)
    return actor


def read_token(secret: bytes, token: str, now: datetime) -> tuple[Actor, int]:
    """Who bears a token, and when it expires in seconds since 1970. Raises `NotSignedIn`."""
    from joserfc import errors, jwk, jwt  # noqa: PLC0415  # as above

    if len(token) > LONGEST:
        raise NotSignedIn(f"This token is not one of ours. {HINT}")
    wanted = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": AUDIENCE},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        key = jwk.OctKey.import_key(derived_key(secret, "access tokens"))
        read = jwt.decode(token, key, algorithms=ALGORITHMS)
        wanted.validate(read.claims)
        if read.header.get("typ") != TYPE:
            raise NotSignedIn(f"This token is not an access token. {HINT}")
        actor = msgspec.convert(read.claims["actor"], Actor)
    except (errors.JoseError, ValueError, KeyError, msgspec.ValidationError) as error:
        raise NotSignedIn(f"This token is not valid, or not valid any more. {HINT}") from error
    return actor, int(read.claims["exp"])


class KnownTokens:
    """Tokens already verified, by their hash and until they expire, so that each is verified once a process."""

    MOST = 4096

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._known: dict[bytes, tuple[Actor, int]] = {}

    def actor_of(self, token: str, now: datetime) -> Actor:
        """As the function of that name. Raises `NotSignedIn`."""
        digest = hashlib.sha256(token.encode()).digest()
        known = self._known.get(digest)
        if known is not None and known[1] > now.timestamp():
            return known[0]
        self._known.pop(digest, None)
        read = read_token(self._secret, token, now)
        if len(self._known) >= self.MOST:
            self._known.clear()
        self._known[digest] = read
        return read[0]


def client_secret(secret: bytes, client_id: str) -> str:
    """What a demo client shows at the token endpoint: derived, so that it is stored nowhere."""
    return derived_key(secret, f"client secret of {client_id}").hex()
