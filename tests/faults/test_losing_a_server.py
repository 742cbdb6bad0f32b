"""Valkey may vanish, and PostgreSQL may restart: what is acknowledged is stored, and work goes on."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from tests.browser.register import fill
from tests.embedded.owner import processes_of
from tests.faults.test_lifecycle import child
from tests.journeys.posting import letters_about, mail_of, post, settled
from tests.journeys.running import Running, free_port, start, stop
from tests.journeys.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]

NEED = {"near": "LS1 4AP", "from": "2027-01-11", "nights": 84, "gender": "male"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    up = start(tmp_path_factory.mktemp("losing") / "data", free_port())
    asyncio.run(fill(up.facts()["database_url"], up.data))
    yield up
    stop(up)
    assert not processes_of(up.data)


@pytest.fixture
def without_valkey(running: Running) -> Iterator[None]:
    """Frozen: connections stay open and nothing answers, which is worse than a refused connection."""
    valkey = child(running, "valkey-server")
    assert valkey is not None
    os.kill(valkey, signal.SIGSTOP)
    yield
    os.kill(valkey, signal.SIGCONT)


@pytest.mark.usefixtures("without_valkey")
def test_without_valkey_intake_search_and_hold_succeed_and_mail_goes_out_within_15_s(running: Running) -> None:
    with running.client("practitioner") as client:
        asked = time.monotonic()
        item = settled(client, post(client, mail_of("0101")).raise_for_status().json()["inbox_id"])
        assert item["state"] == "prepared"
        hits = client.post("/api/v1/bedspaces/search", json=NEED).raise_for_status().json()["hits"]
        hold = {"bed": hits[0]["bed"], "from": "2027-01-11", "nights": 84, "reason": "while Valkey is away"}
        held = client.post("/api/v1/holds", json=hold)
        assert held.status_code == 201
        assert client.delete(f"/api/v1/holds/{held.json()['id']}").is_success
        reference = client.get(f"/api/v1/nsis/{item['nsi_ids'][0]}").raise_for_status().json()["reference"]
    wait_for(lambda: letters_about(running, reference), seconds=15, why="both letters are out without Valkey")
    assert time.monotonic() - asked < 25


def test_with_postgresql_killed_requests_fail_for_seconds_with_503_and_nothing_acknowledged_is_lost(
    running: Running,
) -> None:
    with running.client("practitioner") as client:
        postgres = child(running, "bin/postgres", "-D")
        assert postgres is not None
        os.kill(postgres, signal.SIGKILL)
        acknowledged: list[str] = []
        killed, refused, back = time.monotonic(), 0, 0.0
        while time.monotonic() - killed < 30 and len(acknowledged) < 5:
            answer = _try(client, uuid4().hex)
            if answer is not None and answer.status_code == 202:
                back = back or time.monotonic() - killed
                acknowledged.append(answer.json()["inbox_id"])
            elif answer is not None:
                assert answer.status_code == 503, answer.text
                assert int(answer.headers["Retry-After"]) >= 1
                assert answer.headers["Content-Type"].startswith("application/problem+json")
                refused += 1
            time.sleep(0.1)
        assert len(acknowledged) == 5, "requests succeed again"
        assert back < 15
        for inbox in acknowledged:
            assert settled(client, inbox)["state"] in {"prepared", "review", "duplicate"}
    assert running.command("verify").returncode == 0


def _try(client: httpx.Client, key: str) -> httpx.Response | None:
    try:
        return post(client, mail_of(f"{int(key[:6], 16) % 10_000:04}"), key)
    except httpx.TransportError:
        return None
