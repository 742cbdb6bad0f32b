"""A whole Bedspace, started as a newcomer starts it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from msgspec import Struct


class Running(Struct, frozen=True):
    """A running `bedspace up --demo`, and what a person at its keyboard can do."""

    data: Path
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def facts(self) -> dict[str, str]:
        return dict(json.loads((self.data / "run.json").read_text()))

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `bedspace …` against it."""
        return subprocess.run(
            [sys.executable, "-m", "gateway", *arguments],
            env={**os.environ, "DATA": str(self.data), "PORT": str(self.port)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def client(self, role: str) -> httpx.Client:
        token = self.command("token", role).stdout.strip()
        return httpx.Client(base_url=self.base, headers={"Authorization": f"Bearer {token}"}, timeout=15)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def start(data: Path, port: int, *options: str) -> Running:
    """`bedspace up`, answered for when it is ready. Fails with the end of its log when it is not within a minute."""
    log = data.parent / f"up-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gateway", "up", "--data", str(data), "--port", str(port), *options],
            env={
                key: value
                for key, value in os.environ.items()
                if key not in {"DATABASE_URL", "REDIS_URL", "OIDC_ISSUER"}
            },
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Running(data, port, process)
    wait_until_ready(running, log)
    return running


def wait_until_ready(running: Running, log: Path) -> None:
    for _ in range(600):
        if running.process.poll() is not None:
            break
        try:
            if httpx.get(f"{running.base}/health/readiness", timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    pytest.fail(f"`bedspace up` was not ready:\n{log.read_text()[-3000:]}")


def stop(running: Running) -> None:
    if running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGINT)
        running.process.wait(20)
