"""`bedspace web` as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from msgspec import Struct

from tests.journeys.running import free_port


class Web(Struct, frozen=True):
    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def get(self, path: str) -> int:
        with suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=5).status_code
        return 0

    def workers(self) -> list[int]:
        """The processes that it started."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]


def wait_for(true: Callable[[], bool], seconds: float, log: Path) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def start(tmp_path: Path, port: int, **environment: str) -> Web:
    log = tmp_path / "web.log"
    inherited = {k: v for k, v in os.environ.items() if k not in {"REDIS_URL", "OIDC_ISSUER", "DATABASE_URL"}}
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "gateway", "web"],
            env=inherited | {"PORT": str(port), "DATA": str(tmp_path)} | environment,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    return Web(process, port, log)


@pytest.fixture
def web(database: str, tmp_path: Path) -> Iterator[Web]:
    one = start(tmp_path, free_port(), DATABASE_URL=database)
    try:
        wait_for(lambda: one.get("/health/readiness") == 200, 60, one.log)
        yield one
    finally:
        one.process.terminate()
        one.process.wait(10)


def test_it_serves_and_stops_within_five_seconds_when_asked(web: Web) -> None:
    assert web.get("/api/v1/premises") == 401
    with httpx.Client() as kept_open:
        kept_open.get(f"http://127.0.0.1:{web.port}/health")
        worker = web.workers()[0]
        asked = time.monotonic()
        web.process.send_signal(signal.SIGTERM)
        assert web.process.wait(10) == 0
        assert time.monotonic() - asked < 5
    assert not alive(worker)


def test_when_it_is_killed_its_worker_ends_too(web: Web) -> None:
    worker = web.workers()[0]
    web.process.kill()
    web.process.wait()
    wait_for(lambda: not alive(worker), 5, web.log)
    assert web.get("/health") == 0


def test_a_body_of_forty_megabytes_is_413_over_a_real_connection(web: Web, tmp_path: Path) -> None:
    """And the answer arrives although the body was not read to its end."""
    kinds = {"/oauth/token": "application/x-www-form-urlencoded", "/sign-in": "multipart/form-data; boundary=x"}
    for path, kind in kinds.items():
        with httpx.Client(timeout=30) as client:
            answer = client.post(
                f"http://127.0.0.1:{web.port}{path}", content=b"x" * 40_000_000, headers={"Content-Type": kind}
            )
        assert answer.status_code == 413, path


def test_its_log_is_one_json_object_a_line(web: Web) -> None:
    web.get("/nothing?name=canary")
    wait_for(lambda: "unmatched" in web.log.read_text(), 5, web.log)
    lines = web.log.read_text().splitlines()
    assert all(line.startswith("{") for line in lines), lines
    assert "canary" not in web.log.read_text()


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        one = start(tmp_path, taken.getsockname()[1])
        assert one.process.wait(60) == 1
    assert one.log.read_text().strip().splitlines() == [
        f"Not available just now: 127.0.0.1:{one.port} cannot be listened on. Set PORT to one that is free."
    ]
