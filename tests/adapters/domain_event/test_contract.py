"""Domain events keep the promises of every system."""

import json
from pathlib import Path

import pytest

from adapters.contract import plain
from adapters.systems import domain_event
from adapters.systems.domain_event.read import read
from schemas.errors import Unreadable
from tests.adapters.hostile import hostile_json
from tests.contract.suite import SystemContract

LONG_NAME = b'"' + b"k" * 1_000_000 + b'": [' + b"1," * 100_000 + b"1]"
OPENED = b'{"eventType": "a.b", "occurredAt": "2026-11-20T09:30:00Z", "additionalInformation": {'


def _inside(depth: int) -> bytes:
    """An event as text within text within text."""
    message = '{"eventType": "a.b", "occurredAt": "2026-11-20T09:30:00Z"}'
    for _ in range(depth):
        message = json.dumps({"Message": message})
    return message.encode()


class TestDomainEvent(SystemContract):
    system = domain_event.SYSTEM
    fixtures = Path(__file__).parent / "fixtures"
    suffix = ".json"
    hostile = (
        *hostile_json(b'{"eventType": "a.b", "occurredAt": "2026-11-20"', b"detailUrl", b"}"),
        OPENED + LONG_NAME + b"}}",
        OPENED + b'"a": ' + b'{"k": ' * 900 + b"1" + b"}" * 902,
        _inside(12),
        b'{"Records": [' + b"{}," * 100_000 + b"{}]}",
        b'{"Records": [' + (OPENED + b"}},") * 10_000 + b"{}]}",
    )


@pytest.mark.parametrize(
    "message",
    [
        {"Type": "SubscriptionConfirmation", "SubscribeURL": "https://example.invalid/"},
        {"eventType": "no words with dots", "occurredAt": "2026-11-20T09:30:00Z"},
        {"eventType": "a.b"},
        {"Message": {"eventType": "a.b", "occurredAt": "2026-11-20T09:30:00Z"}},
    ],
)
def test_what_is_no_event_is_unreadable(message: object) -> None:
    with pytest.raises(Unreadable):
        read(json.dumps(message).encode(), plain(domain_event.SYSTEM))
