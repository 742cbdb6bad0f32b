"""A whole Bedspace: killed at any place it comes back; stopped or killed it leaves nothing behind."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import httpx
import pytest

from tests.embedded.owner import TOP, processes_of, wait_until
from tests.journeys.running import Running, free_port, start, stop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    up = start(tmp_path_factory.mktemp("lifecycle") / "data", free_port())
    yield up
    stop(up)
    assert not processes_of(up.data)


def status(running: Running, path: str = "/health/readiness") -> int:
    try:
        return httpx.get(f"{running.base}{path}", timeout=2).status_code
    except httpx.HTTPError:
        return 0


def child(running: Running, *words: str) -> int | None:
    """The child of `bedspace up` whose arguments have these words."""
    for pid, said in processes_of(running.data).items():
        if all(word in said for word in words) and parent_of(pid) == running.process.pid:
            return pid
    return None


def parent_of(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


CHILDREN = [("-m gateway web",), ("-m gateway worker",), ("bin/postgres", "-D"), ("valkey-server",)]


@pytest.mark.parametrize("words", CHILDREN, ids=["web", "worker", "postgres", "valkey"])
def test_whatever_is_killed_with_9_is_started_again(running: Running, words: tuple[str, ...]) -> None:
    wait_until(lambda: child(running, *words) is not None, "it runs")
    victim = child(running, *words)
    assert victim is not None
    os.kill(victim, SIGKILL)
    wait_until(lambda: child(running, *words) not in {None, victim}, "it is started again", seconds=30)
    wait_until(lambda: status(running) == 200, "ready again", seconds=30)
    assert running.process.poll() is None


def test_without_valkey_it_stays_ready(running: Running) -> None:
    victim = child(running, "valkey-server")
    assert victim is not None
    os.kill(victim, SIGKILL)
    assert status(running) == 200
    wait_until(lambda: child(running, "valkey-server") not in {None, victim}, "it is started again", seconds=30)


def up(data: Path, port: int, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A `bedspace up` that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "gateway", "up", "--data", data, "--port", str(port)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_second_one_on_the_same_data_is_refused_at_once(running: Running) -> None:
    started = time.monotonic()
    refused = up(running.data, free_port())
    assert refused.returncode == 1
    assert f"Another `bedspace up` is using {running.data}" in refused.stderr
    assert time.monotonic() - started < 8
    assert status(running) == 200


def test_a_port_in_use_is_said_before_anything_is_started(running: Running, tmp_path: Path) -> None:
    refused = up(tmp_path / "other", running.port)
    assert refused.returncode == 1
    assert f"Port {running.port}" in refused.stderr
    assert not (tmp_path / "other" / "postgres").exists()


def test_ctrl_c_stops_all_of_it_in_order_and_the_next_start_is_quick(tmp_path: Path) -> None:
    first = start(tmp_path / "data", free_port())
    note = tmp_path / "data" / "run.json"
    assert note.stat().st_mode & 0o777 == 0o600
    started = time.monotonic()
    os.killpg(first.process.pid, signal.SIGINT)
    assert first.process.wait(10) == 0
    assert time.monotonic() - started < 8
    assert not processes_of(tmp_path)
    assert not note.exists()
    assert "shutting down" in (tmp_path / "data" / "postgres.log").read_text()
    second = start(tmp_path / "data", first.port)
    os.kill(second.process.pid, signal.SIGTERM)
    assert second.process.wait(10) == 0
    assert not processes_of(tmp_path)


def test_killed_with_9_it_leaves_nothing_running_and_the_next_start_works(tmp_path: Path) -> None:
    first = start(tmp_path / "data", free_port())
    first.process.send_signal(SIGKILL)
    first.process.wait()
    wait_until(lambda: not processes_of(tmp_path), "nothing is left", seconds=5)
    stop(start(tmp_path / "data", first.port))
    assert not processes_of(tmp_path)


def test_a_first_start_killed_while_it_fills_the_database_is_made_anew(tmp_path: Path) -> None:
    data = tmp_path / "data"
    command = [sys.executable, "-m", "gateway", "up", "--data", str(data), "--port", str(free_port())]
    first = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    wait_until((data / "postgres" / "postmaster.pid").exists, "PostgreSQL starts", seconds=30)
    first.send_signal(SIGKILL)
    first.wait()
    assert (data / "postgres.unfilled").exists()
    stop(start(data, free_port()))
    assert not (data / "postgres.unfilled").exists()


def test_a_database_is_a_demo_or_real_for_good(tmp_path: Path) -> None:
    issuer = {"OIDC_ISSUER": "https://issuer.invalid"}
    stop(start(tmp_path / "data", free_port()))
    as_real = up(tmp_path / "data", free_port(), **issuer)
    assert as_real.returncode == 1
    assert "stamped 'demo'" in as_real.stderr
    assert not processes_of(tmp_path)


def test_urls_replace_the_embedded_servers(database: str, running: Running, tmp_path: Path) -> None:
    given = {"DATABASE_URL": database, "REDIS_URL": running.facts()["redis_url"]}
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gateway", "up", "--data", tmp_path / "data", "--port", str(port)],
        env={**os.environ, **given},
        start_new_session=True,
    )
    other = Running(tmp_path / "data", port, process)
    try:
        wait_until(lambda: status(other) == 200, "ready", seconds=60)
        assert other.facts()["database_url"] == database
        assert child(other, "bin/postgres") is child(other, "valkey-server") is None
    finally:
        stop(other)


def ordinary_user() -> str | None:
    """Somebody who can run this very Python, for root to become."""
    if os.geteuid() != 0 or shutil.which("runuser") is None:
        return None
    for person in pwd.getpwall():
        if 1000 <= person.pw_uid < 60000:
            tried = ["runuser", "-u", person.pw_name, "--", sys.executable, "-c", "import gateway.cli.up"]
            if subprocess.run(tried, cwd=TOP, capture_output=True, check=False).returncode == 0:
                return person.pw_name
    return None


def test_an_ordinary_user_starts_it_below_a_folder_closed_to_all_others() -> None:
    user = ordinary_user()
    if user is None:
        pytest.skip("needs root, runuser, and a user who can enter the folder of this Python")
    closed = Path(f"/var/tmp/bedspace-closed-{os.getpid()}")  # noqa: S108  # pytest's own folders are closed to the user
    closed.mkdir(mode=0o700)
    shutil.chown(closed, user)
    port = free_port()
    process = subprocess.Popen(
        [
            "runuser",
            "-u",
            user,
            "--",
            sys.executable,
            "-m",
            "gateway",
            "up",
            "--data",
            closed / "data",
            "--port",
            str(port),
        ],
        cwd=TOP,
        start_new_session=True,
    )
    theirs = Running(closed / "data", port, process)
    try:
        wait_until(lambda: status(theirs) == 200, "ready", seconds=60)
        owners = {Path(f"/proc/{pid}").owner() for pid, said in processes_of(closed).items() if "runuser" not in said}
        assert owners == {user}
    finally:
        stop(theirs)
        wait_until(lambda: not processes_of(closed), "nothing is left")
        shutil.rmtree(closed)
