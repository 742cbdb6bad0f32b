"""A webhook out, to a receiver that behaves well and in ten bad ways."""

import asyncio
import base64
import hashlib
import hmac
import time

import pytest

from adapters.channels.webhook import Webhook, WebhookSettings, is_public, key_of
from adapters.contract import Parcel, Receipt
from schemas.errors import Invalid, Refused, Unavailable
from tests.adapters.channels.receiver import Receiver, receiving

KEY = b"k" * 32
SECRET = "whsec_" + base64.b64encode(KEY).decode()
PARCEL = Parcel(
    id="msg_1",
    content_type="application/json",
    raw=b'{"kind":"nsi_routed"}',
    filename="event.json",
    reference="NSI-000001",
)


def webhook(receiver: Receiver, seconds: float = 5.0, secret: str | None = SECRET) -> Webhook:
    settings = WebhookSettings(
        url=f"http://127.0.0.1:{receiver.port}/hook?area=n55", secret_variable="HOOK_SECRET", private=True
    )
    return Webhook(settings=settings, secret={"HOOK_SECRET": secret}.get, now=lambda: 1_800_000_000.9, seconds=seconds)


async def test_a_far_side_can_tell_that_it_is_we_and_that_it_is_the_same_again() -> None:
    async with receiving() as receiver:
        assert await webhook(receiver).hand_over(PARCEL) == Receipt()
        await webhook(receiver).hand_over(PARCEL)
    (headers, body), (again, _) = receiver.requests
    signature = hmac.new(KEY, b"msg_1.1800000000." + body, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(signature).decode()
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("msg_1", "1800000000")
    assert again["webhook-id"] == headers["webhook-id"]
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert body == PARCEL.raw


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("fails", Unavailable),
        ("is busy", Unavailable),
        ("hangs up", Unavailable),
        ("hangs", Unavailable),
        ("drips", Unavailable),
        ("speaks nonsense", Unavailable),
        ("refuses", Refused),
        ("wants no more", Refused),
        ("redirects", Refused),
    ],
)
async def test_each_way_to_fail_comes_to_waiting_or_to_telling_somebody(how: str, error: type[Exception]) -> None:
    async with receiving(how) as receiver:
        began = time.monotonic()
        with pytest.raises(error) as said:
            await webhook(receiver, seconds=0.5).hand_over(PARCEL)
        assert time.monotonic() - began < 3
    assert len(receiver.requests) == 1
    assert "canary" not in str(said.value)


async def test_of_an_endless_answer_only_the_beginning_is_read() -> None:
    async with receiving("floods") as receiver:
        await webhook(receiver).hand_over(PARCEL)
        await asyncio.sleep(0)
    assert receiver.answered < 20_000_000


async def test_nobody_there_is_waited_for() -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        await webhook(Receiver(port=9)).hand_over(PARCEL)


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://169.254.169.254/", "https://10.0.0.8/x"],
)
async def test_an_address_that_is_not_public_is_not_called(url: str) -> None:
    one = Webhook(
        settings=WebhookSettings(url=url, secret_variable="HOOK_SECRET"), secret={"HOOK_SECRET": SECRET}.get, seconds=2
    )
    with pytest.raises(Refused, match="not public"):
        await one.hand_over(PARCEL)


async def test_without_tls_nothing_is_sent_outside() -> None:
    one = Webhook(
        settings=WebhookSettings(url="http://example.invalid/", secret_variable="HOOK_SECRET"),
        secret={"HOOK_SECRET": SECRET}.get,
    )
    with pytest.raises(Refused, match="https"):
        await one.hand_over(PARCEL)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  # nobody binds to it here
        ("not an address", False),
    ],
)
def test_what_is_public(address: str, *, public: bool) -> None:
    assert is_public(address) == public


async def test_a_secret_that_is_missing_or_unfit_is_said_without_it() -> None:
    async with receiving() as receiver:
        with pytest.raises(Unavailable, match="HOOK_SECRET"):
            await webhook(receiver, secret=None).hand_over(PARCEL)
        with pytest.raises(Invalid) as said:
            await webhook(receiver, secret="whsec_canary").hand_over(PARCEL)
    assert "canary" not in str(said.value)
    assert receiver.requests == []
    assert key_of(SECRET) == KEY
