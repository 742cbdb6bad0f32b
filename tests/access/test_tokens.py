"""Tokens of the local issuer: what is in one, and every way to forge one."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from gateway.access.accounts import client, demo_actor
from gateway.access.actors import Actor
from gateway.access.tokens import AUDIENCE, ISSUER, KnownTokens, actor_of, client_secret, derived_key, issue
from schemas.errors import Invalid, NotSignedIn

SECRET = b"an invented secret of 32 bytes.."
LEEDS = Actor(
    id="practitioner-1",
    name="Robin Invented",
    role="practitioner",
    regions=("N55",),
    pdus=("N55LEE",),
    email="r@x.invalid",
)


def claims(now: datetime, **changed: Any) -> dict[str, Any]:
    whole = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": LEEDS.id,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(hours=1)).timestamp()),
        "actor": {"id": LEEDS.id, "name": LEEDS.name, "role": "national_lead"},
    }
    return {name: value for name, value in (whole | changed).items() if value is not None}


def signed(header: dict[str, Any], body: dict[str, Any], key: bytes) -> str:
    """By hand, as a forger would."""

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    head = f"{part(json.dumps(header).encode())}.{part(json.dumps(body).encode())}"
    return f"{head}.{part(hmac.new(key, head.encode(), hashlib.sha256).digest())}"


def ours() -> bytes:
    return derived_key(SECRET, "access tokens")


HEADER = {"alg": "HS256", "typ": "at+jwt"}


def test_a_token_brings_its_actor_back(now: datetime) -> None:
    assert actor_of(SECRET, issue(SECRET, LEEDS, now), now) == LEEDS


def test_the_hand_made_token_of_these_tests_would_pass_if_it_were_right(now: datetime) -> None:
    assert actor_of(SECRET, signed(HEADER, claims(now), ours()), now).role == "national_lead"


def test_a_token_ends_when_it_says(now: datetime) -> None:
    token = issue(SECRET, LEEDS, now, lifetime=timedelta(hours=1))
    assert actor_of(SECRET, token, now + timedelta(minutes=59))
    with pytest.raises(NotSignedIn):
        actor_of(SECRET, token, now + timedelta(hours=1, seconds=1))


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "urn:somebody:else"},
        {"iss": None},
        {"aud": "urn:another:api"},
        {"aud": None},
        {"exp": None},
        {"exp": 0},
        {"exp": "tomorrow"},
        {"sub": None},
        {"iat": 99999999999},
        {"actor": None},
        {"actor": "practitioner"},
        {"actor": {"id": "x", "name": "x", "role": "king"}},
    ],
)
def test_a_well_signed_token_with_a_wrong_claim_is_refused(now: datetime, changed: dict[str, Any]) -> None:
    with pytest.raises(NotSignedIn):
        actor_of(SECRET, signed(HEADER, claims(now, **changed), ours()), now)


@pytest.mark.parametrize("typ", ["JWT", "at+jwt ", "id+jwt", None])
def test_a_token_of_another_type_is_refused(now: datetime, typ: str | None) -> None:
    header = {"alg": "HS256"} | ({"typ": typ} if typ else {})
    with pytest.raises(NotSignedIn):
        actor_of(SECRET, signed(header, claims(now), ours()), now)


@pytest.mark.parametrize("key", [b"", b"secret", SECRET, derived_key(b"another installation", "access tokens")])
def test_a_token_signed_with_another_key_is_refused(now: datetime, key: bytes) -> None:
    with pytest.raises(NotSignedIn):
        actor_of(SECRET, signed(HEADER, claims(now), key), now)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", "HS384", "RS256", "ES256"])
def test_a_token_that_names_another_algorithm_is_refused(now: datetime, alg: str) -> None:
    whole = signed(HEADER | {"alg": alg}, claims(now), ours())
    for token in (whole, whole.rpartition(".")[0] + "."):
        with pytest.raises(NotSignedIn):
            actor_of(SECRET, token, now)


def test_a_token_signed_with_a_private_key_is_refused(now: datetime) -> None:
    key = RSAKey.generate_key(2048)
    token = jwt.encode({"alg": "RS256", "typ": "at+jwt"}, claims(now), key, algorithms=["RS256"])
    with pytest.raises(NotSignedIn):
        actor_of(SECRET, token, now)


def test_a_token_that_brings_its_own_key_is_refused(now: datetime) -> None:
    key = OctKey.import_key(b"the forger's own key, 32 bytes..")
    forged = signed(HEADER | {"jwk": key.as_dict(private=True)}, claims(now), key.raw_value)
    with pytest.raises(NotSignedIn):
        actor_of(SECRET, forged, now)


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "é.é.é", "x" * 10_000, "eyJhbGciOiJIUzI1NiJ9"])
def test_what_is_no_token_is_refused(now: datetime, token: str) -> None:
    with pytest.raises(NotSignedIn):
        actor_of(SECRET, token, now)


def test_a_token_with_one_letter_changed_is_refused(now: datetime) -> None:
    token = issue(SECRET, LEEDS, now)
    head, body, seal = token.split(".")
    other = "A" if body[10] != "A" else "B"
    with pytest.raises(NotSignedIn):
        actor_of(SECRET, f"{head}.{body[:10]}{other}{body[11:]}.{seal}", now)


def test_a_known_token_is_not_verified_again_and_still_ends_when_it_says(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = KnownTokens(SECRET)
    token = issue(SECRET, LEEDS, now, lifetime=timedelta(hours=1))
    assert known.actor_of(token, now) == LEEDS
    with monkeypatch.context() as patch:
        patch.setattr("gateway.access.tokens.read_token", None)
        assert known.actor_of(token, now) == LEEDS
    with pytest.raises(NotSignedIn):
        known.actor_of(token, now + timedelta(hours=2))


def test_only_so_many_tokens_are_remembered(now: datetime) -> None:
    known = KnownTokens(SECRET)
    known.MOST = 2
    for n in range(5):
        known.actor_of(issue(SECRET, LEEDS, now, lifetime=timedelta(hours=1 + n)), now)
        assert len(known._known) <= 2


def test_a_token_that_was_refused_is_not_remembered(now: datetime) -> None:
    known = KnownTokens(SECRET)
    forged = signed(HEADER, claims(now), b"secret")
    for _ in range(2):
        with pytest.raises(NotSignedIn):
            known.actor_of(forged, now)


def test_no_key_serves_two_purposes() -> None:
    purposes = ("access tokens", "session cookie", "forms", "client secret of leeds-case-system")
    assert len({derived_key(SECRET, purpose) for purpose in purposes}) == len(purposes)
    assert client_secret(SECRET, "a") != client_secret(SECRET, "b")


def test_a_role_or_client_that_is_not_there_is_refused_with_those_there_are() -> None:
    with pytest.raises(Invalid, match="practitioner"):
        demo_actor("king")
    with pytest.raises(Invalid, match="leeds-case-system"):
        client("demo-practitioner")
