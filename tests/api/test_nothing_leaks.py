"""What callers send is neither said back in an error nor written in a log."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from gateway.api import premises
from tests.api.problem import problem
from tests.api.serving import Served

CANARY = "Canary-Surname"

SENT: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", f"/{CANARY}", {}),
    ("GET", f"/health?{CANARY}={CANARY}", {}),
    ("GET", f"/api/v1/nsis?status={CANARY}&limit={CANARY}&cursor={CANARY}&pdu={CANARY}{'x' * 30}", {}),
    ("GET", f"/api/v1/nsis/{CANARY}", {}),
    ("GET", "/api/v1/locate", {"params": {"near": "LS1 4AP", "on": CANARY, "purpose": CANARY}}),
    ("POST", "/api/v1/bedspaces/search", {"json": {CANARY: CANARY}}),
    ("POST", "/api/v1/bedspaces/search", {"json": CANARY}),
    ("POST", "/api/v1/bedspaces/search", {"content": f'{{"{CANARY}'}),
    ("POST", "/api/v1/bedspaces/search", {"json": {"gender": CANARY, "nights": CANARY, "from": CANARY}}),
    ("POST", "/api/v1/holds", {"json": {"bed": 1, "reason": CANARY}}),
    ("POST", "/api/v1/holds", {"json": {}, "headers": {"Idempotency-Key": CANARY * 20}}),
    ("POST", "/api/v1/intake", {"content": CANARY, "headers": {"Content-Type": "message/rfc822"}}),
    ("POST", "/api/v1/intake", {"content": CANARY, "headers": {"Content-Type": f"x/{CANARY}"}}),
    (
        "POST",
        "/api/v1/intake",
        {"content": f"Subject: {CANARY}\r\n\r\n{CANARY}", "headers": {"Content-Type": "message/rfc822"}},
    ),
    ("POST", "/api/v1/nsis", {"json": {"person": {"name": CANARY, "crn": CANARY}, "rosh": CANARY}}),
    (
        "POST",
        "/api/v1/nsis",
        {
            "json": {
                "type": "case_transfer",
                "person": {"name": CANARY, "crn": CANARY},
                "move_on": "2026-12-18",
                "destination": "LS1 4AP",
            }
        },
    ),
    ("POST", "/oauth/token", {"data": {"client_id": CANARY, "client_secret": CANARY, "grant_type": CANARY}}),
    ("POST", "/sign-in", {"data": {"role": CANARY, "_csrf_token": CANARY}}),
]


async def test_nothing_that_was_sent_is_said_back_or_logged(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    with capture_logs() as logged:
        async with served.caller() as caller:
            answers = [await caller.request(method, path, **what) for method, path, what in SENT]
    for answer, (method, path, _) in zip(answers, SENT, strict=True):
        assert answer.status_code < 500
        assert CANARY.lower() not in answer.text.lower(), (method, path)
    written = capsys.readouterr().err
    assert written.count('"event":"request"') == len(SENT) - 1  # one is to /health
    assert CANARY.lower() not in (written + repr(logged)).lower()


async def test_our_own_mistake_says_nothing_of_what_went_wrong(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    async def mistaken(*_: Any, **__: Any) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(premises, "list_premises", mistaken)
    async with served.caller() as caller:
        answer = await caller.get("/api/v1/premises")
    assert CANARY not in answer.text
    assert "on our side" in problem(answer, 500)["detail"]
