"""The search over HTTP: ours, a look-up by primary key behind the same authentication, and FastAPI with SQLAlchemy."""

import asyncio
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep

import asyncpg
import msgspec

from gateway.access.accounts import demo_actor
from gateway.access.tokens import issue
from schemas.search import Need
from tests.bench.load import Request, driven
from tests.bench.table import Design, Line, take_turns


async def over_http(
    url: str,
    data: Path,
    needs: Sequence[Need],
    token: str,
    beds: Sequence[int],
    seconds: float,
    *,
    day_by_day_too: bool,
) -> list[Line]:
    asked = [msgspec.json.encode(need) for need in needs]

    def posted(path: str) -> list[Request]:
        return [Request("POST", path, body) for body in asked]

    with served("ours", url, data) as ours, served("rival", url, data) as rival:
        look_ups = [Request("GET", f"/api/v1/bench/beds/{bed}") for bed in beds]
        designs = [
            Design("primary-key look-up behind the same authentication", driven(ours, look_ups, token)),
            Design(
                "POST search: hits, near misses, alternatives", driven(ours, posted("/api/v1/bedspaces/search"), token)
            ),
            Design("FastAPI + SQLAlchemy, the same SQL", driven(rival, posted("/sql"))),
        ]
        await asyncio.to_thread(_first_search, ours, asked[0], token)  # it loads the snapshot
        await take_turns(designs, 4)  # to warm up
        if day_by_day_too:
            slow = driven(rival, posted("/day-by-day"), connections=1)
            designs.append(Design("FastAPI + SQLAlchemy, day by day", slow, weight=4))
        return await take_turns(designs, max(4, seconds))


async def token_and_beds(url: str, now: datetime) -> tuple[str, list[int], list[str]]:
    """A practitioner's token, and a thousand beds and a hundred premises to look at."""
    connection = await asyncpg.connect(url)
    try:
        secret = await connection.fetchval("select secret from installation")
        rows = await connection.fetch("select id from bed order by random() limit 1000")
        premises = await connection.fetch("select code from premises order by random() limit 100")
        token = issue(secret, demo_actor("practitioner"), now)
        return token, [row["id"] for row in rows], [row["code"] for row in premises]
    finally:
        await connection.close()


def _first_search(port: int, body: bytes, token: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/bedspaces/search", body, headers)
    answer = connection.getresponse()
    if answer.status != 200:
        raise AssertionError(answer.read())
    connection.close()


@contextmanager
def served(which: str, url: str, data: Path) -> Iterator[int]:
    """A server process on a free port, answering; stopped at the end with its worker."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": url, "DATA": str(data), "PORT": str(port), "LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "tests.bench.served", which, str(port)]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        _wait_until_ready(port, process, "/health/readiness" if which == "ours" else "/openapi.json")
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait_until_ready(port: int, process: "subprocess.Popen[bytes]", path: str) -> None:
    until = monotonic() + 30
    while monotonic() < until and process.poll() is None:
        if _answers(port, path):
            return
        sleep(0.05)
    raise AssertionError(f"{process.args!r} did not get ready")


def _answers(port: int, path: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.settimeout(5)
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            return b" 200 " in connection.recv(20)
    except OSError:
        return False
