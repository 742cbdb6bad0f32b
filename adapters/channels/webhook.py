"""An address of the far side that we call, as Standard Webhooks say.

The id is the same over all attempts, the signature is over id, time and body. No redirect is followed, an address that
is not public is not called, and whatever is answered, only its first bytes are read.
"""

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Callable
from functools import cache
from typing import Annotated
from urllib.parse import urlsplit

import httpx
from msgspec import Meta, Struct

from adapters.contract import Channel, Parcel, Receipt
from schemas.errors import Invalid, Refused, Unavailable

SECONDS = 15.0
"""For one attempt, from the first packet to the last."""
MOST_ANSWERED = 4096
"""Bytes of an answer that are looked at."""
PASSES = frozenset({408, 409, 423, 425, 429})
"""What is refused just now, and may be taken later."""


class WebhookSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where to, and how we prove that it is we."""

    url: Annotated[str, Meta(pattern=r"^https?://[^\s]+$", max_length=500)]
    secret_variable: Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{2,80}$")]
    """Name of the environment variable that holds the secret, as `whsec_` and Base64."""
    private: bool = False
    """Whether it may be an address that is not public, and HTTP without TLS: in a demo, or within one network."""


class Webhook(Struct, frozen=True, kw_only=True):
    """One far side that is called."""

    settings: WebhookSettings
    secret: Callable[[str], str | None] = os.environ.get
    now: Callable[[], float] = time.time
    seconds: float = SECONDS

    async def hand_over(self, parcel: Parcel) -> Receipt:
        """Raises `Refused` for what will not be better later, `Unavailable` for all that may pass."""
        key = self._key()
        try:
            async with asyncio.timeout(self.seconds):
                address = await self._address()
                return await self._call(parcel, key, address)
        except TimeoutError as error:
            raise Unavailable(f"The far side has not answered within {self.seconds:.0f} seconds.") from error
        except httpx.HTTPError as error:
            raise Unavailable(f"The far side cannot be reached ({type(error).__name__}).") from error

    async def _call(self, parcel: Parcel, key: bytes, address: str) -> Receipt:
        parts = urlsplit(self.settings.url)
        host = f"[{address}]" if ":" in address else address
        port = f":{parts.port}" if parts.port else ""
        # The address that was looked at is the one that is called: a name that answers otherwise the second time is no
        # way in.
        url = parts._replace(netloc=f"{host}{port}").geturl()
        headers = {
            "host": parts.netloc.rpartition("@")[2],
            "content-type": parcel.content_type,
            "user-agent": "Bedspace",
            **signed(parcel, key, int(self.now())),
        }
        async with (
            httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=self.seconds, verify=_trust()) as client,
            client.stream(
                "POST", url, content=parcel.raw, headers=headers, extensions={"sni_hostname": parts.hostname or ""}
            ) as answer,
        ):
            said = b""
            async for chunk in answer.aiter_raw(MOST_ANSWERED):
                said += chunk
                if len(said) >= MOST_ANSWERED:
                    break
        return _come_to(answer.status_code)

    async def _address(self) -> str:
        parts = urlsplit(self.settings.url)
        if parts.scheme != "https" and not self.settings.private:
            raise Refused("The address does not begin with https://. Correct the connection.")
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise Unavailable("The name of the far side is not known just now.") from error
        addresses = [str(one[4][0]) for one in found]
        if not self.settings.private and not all(is_public(address) for address in addresses):
            raise Refused("The far side's name leads to an address that is not public. Correct the connection.")
        return addresses[0]

    def _key(self) -> bytes:
        said = self.secret(self.settings.secret_variable)
        if not said:
            raise Unavailable(f"The environment does not hold {self.settings.secret_variable}. Set it and start again.")
        return key_of(said)


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are believed: read once, for it takes longer than a call."""
    return ssl.create_default_context()


def key_of(secret: str) -> bytes:
    """The bytes of `whsec_…`. Raises `Invalid` without quoting it."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    if not 24 <= len(key) <= 64:
        raise Invalid.because("secret", "must be whsec_ and then 24 to 64 bytes in Base64")
    return key


def signed(parcel: Parcel, key: bytes, at: int) -> dict[str, str]:
    """The three headers: id, Unix time, and HMAC-SHA256 over `id.time.body`."""
    content = f"{parcel.id}.{at}.".encode() + parcel.raw
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {"webhook-id": parcel.id, "webhook-timestamp": str(at), "webhook-signature": f"v1,{signature}"}


def is_public(address: str) -> bool:
    """Of the whole internet, and not of a machine, a network or a protocol of its own."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)


def _come_to(status: int) -> Receipt:
    if 200 <= status < 300:
        return Receipt()
    if 300 <= status < 400:
        raise Refused(f"The far side sends us elsewhere ({status}), and we do not follow. Correct the connection.")
    if status == 410:
        raise Refused("The far side wants no more of these (410). Close the connection.")
    if 400 <= status < 500 and status not in PASSES:
        raise Refused(f"The far side refuses it ({status}).")
    raise Unavailable(f"The far side cannot take it just now ({status}).")


CHANNEL = Channel(
    name="webhook",
    describes="An address of the far side that we call (Standard Webhooks).",
    settings=WebhookSettings,
    outlet=lambda settings: Webhook(settings=settings),
)
