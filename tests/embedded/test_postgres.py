"""PostgreSQL of our own: started, restarted, killed, and never shared."""

import asyncio
import os
import shutil
import subprocess
from pathlib import Path
from signal import SIGKILL

import asyncpg
import pytest

from gateway.embedded.folder import LONGEST_SOCKET_PATH
from gateway.embedded.postgres import Postgres, embedded_postgres
from schemas.errors import Conflict, Unavailable
from tests.embedded.owner import owner, processes_of, wait_until


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a cluster in it, to be copied: making one takes most of a second."""
    folder = tmp_path_factory.mktemp("cluster") / "data"
    with embedded_postgres(folder, fsync=False):
        pass
    return folder


@pytest.fixture
def data(cluster: Path, tmp_path: Path) -> Path:
    shutil.copytree(cluster, tmp_path / "data")
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "nobody", tmp_path / "data" / "postgres"], check=True)
    return tmp_path / "data"


def moved(data: Path, place: str) -> Path:
    target = data.with_name("elsewhere") / place
    target.parent.mkdir(parents=True)
    return data.rename(target)


def ask(url: str, question: str) -> object:
    async def asked() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(asked())


def test_a_new_folder_becomes_a_database_of_its_own_that_sorts_alike_everywhere(tmp_path: Path) -> None:
    with embedded_postgres(tmp_path / "data", fsync=False) as url:
        assert ask(url, "select current_database()") == "bedspace"
        assert ask(url, "select datlocale from pg_database where datname = 'bedspace'") == "C.UTF-8"
        assert ask(url, "show listen_addresses") == ""
        assert ask(url, "select rolcreatedb and rolsuper from pg_roles where rolname = current_user")
    assert not processes_of(tmp_path)


def test_what_is_stored_is_there_after_a_restart_under_the_same_url(data: Path) -> None:
    with embedded_postgres(data, fsync=False) as first:
        ask(first, "create table kept as select 1 as one")
    with embedded_postgres(data, fsync=False) as second:
        assert second == first
        assert ask(second, "select one from kept") == 1


def test_nobody_connects_without_the_password(data: Path) -> None:
    with embedded_postgres(data, fsync=False) as url, pytest.raises(asyncpg.InvalidPasswordError):
        ask(url.replace(url.split(":")[2].split("@")[0], "guessed"), "select 1")
    assert (data / "postgres.password").stat().st_mode & 0o777 == 0o600


def test_neither_statements_nor_values_reach_the_log(data: Path) -> None:
    with embedded_postgres(data, fsync=False) as url:
        ask(url, "create table person (name text primary key)")
        ask(url, "insert into person values ('Imaginary Canary')")
        with pytest.raises(asyncpg.UniqueViolationError):
            ask(url, "insert into person values ('Imaginary Canary')")
    log = (data / "postgres.log").read_text()
    assert "duplicate key" in log
    assert "Canary" not in log


def test_a_second_owner_of_the_same_folder_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.embedded.server.PATIENCE", 0.1)
    with (
        embedded_postgres(data, fsync=False),
        pytest.raises(Conflict, match="in use by another"),
        embedded_postgres(data),
    ):
        pass


def test_behind_the_door_nobody_answers_until_it_is_opened(data: Path) -> None:
    for _ in range(2):
        with Postgres(data, fsync=False) as server:
            server.start()
            server.wait_ready()
            with pytest.raises(FileNotFoundError):
                ask(server.url_behind_door, "select 1")
            server.open_door()
            assert ask(server.url_behind_door, "select 1") == 1


def test_a_server_killed_with_9_is_started_again_and_lost_nothing(data: Path) -> None:
    with Postgres(data) as server:
        server.start()
        server.wait_ready()
        ask(server.url, "create table kept as select 1 as one")
        assert server.process is not None
        server.process.send_signal(SIGKILL)
        wait_until(lambda: not server.alive(), "the server is dead")
        server.start()
        server.wait_ready()
        assert ask(server.url, "select one from kept") == 1


def test_when_its_owner_is_killed_the_server_ends_and_the_next_start_works(data: Path) -> None:
    with owner("postgres", data) as (url, process):
        ask(url, "create table kept as select 1 as one")
        process.send_signal(SIGKILL)
        process.wait()
        wait_until(lambda: not processes_of(data), "nothing outlives its owner", seconds=2)
    with embedded_postgres(data) as url:
        assert ask(url, "select one from kept") == 1


def test_the_next_owner_waits_for_the_server_of_one_that_was_killed(data: Path) -> None:
    with owner("postgres", data) as (_, process):
        process.send_signal(SIGKILL)
        process.wait()
        with embedded_postgres(data) as url:
            assert ask(url, "select 1") == 1


def test_an_interrupted_first_start_leaves_no_half_of_a_cluster(tmp_path: Path) -> None:
    half = tmp_path / "data" / "postgres.new" / "base"
    half.mkdir(parents=True)
    with embedded_postgres(tmp_path / "data", fsync=False) as url:
        assert ask(url, "select 1") == 1
    assert not half.exists()


SERVING = "nobody" if os.geteuid() == 0 else None
"""Whoever serves: only its own processes stand in PostgreSQL's way."""


def test_a_pid_that_now_belongs_to_something_else_does_not_stand_in_the_way(data: Path) -> None:
    with subprocess.Popen(["sleep", "30"], user=SERVING) as other:
        (data / "postgres" / "postmaster.pid").write_text(f"{other.pid}\n{data / 'postgres'}\n")
        with embedded_postgres(data, fsync=False) as url:
            assert ask(url, "select 1") == 1
        assert other.poll() is None
        other.kill()


def test_the_pid_of_a_zombie_does_not_stand_in_the_way(data: Path) -> None:
    with subprocess.Popen(["true"], user=SERVING) as zombie:
        wait_until(lambda: "Z" in Path(f"/proc/{zombie.pid}/stat").read_text().split()[2], "it is a zombie")
        (data / "postgres" / "postmaster.pid").write_text(f"{zombie.pid}\n{data / 'postgres'}\n")
        with embedded_postgres(data, fsync=False) as url:
            assert ask(url, "select 1") == 1


def test_a_server_started_by_hand_is_left_alone_and_named(data: Path) -> None:
    by_hand = subprocess.Popen(["tail", "-f", "/dev/null", data / "postgres"], stderr=subprocess.DEVNULL)
    (data / "postgres" / "postmaster.pid").write_text(f"{by_hand.pid}\n{data / 'postgres'}\n")
    try:
        with pytest.raises(Conflict, match=f"not ours \\(process {by_hand.pid}\\)"), embedded_postgres(data):
            pass
        assert by_hand.poll() is None
    finally:
        by_hand.kill()
        by_hand.wait()


def test_a_folder_too_deep_for_a_socket_gets_one_elsewhere_that_is_removed(data: Path) -> None:
    deep = moved(data, "/".join(["deep" * 10] * 3))
    assert len(str(deep)) > LONGEST_SOCKET_PATH
    with embedded_postgres(deep, fsync=False) as url:
        assert ask(url, "select 1") == 1
        elsewhere = Path((deep / "postgres.elsewhere").read_text())
        assert elsewhere.stat().st_mode & 0o777 == 0o700
    assert not elsewhere.exists()


def test_a_socket_elsewhere_that_a_kill_left_is_removed_by_the_next_start(data: Path) -> None:
    deep = moved(data, "/".join(["deep" * 10] * 3))
    with owner("postgres", deep) as (_, process):
        process.send_signal(SIGKILL)
        process.wait()
    left = Path((deep / "postgres.elsewhere").read_text())
    assert left.exists()
    with embedded_postgres(deep, fsync=False) as url:
        assert not left.exists()
        assert ask(url, "select 1") == 1


def test_a_folder_with_strange_characters_works(data: Path) -> None:
    with embedded_postgres(moved(data, "a,b @c%20 ü"), fsync=False) as url:
        assert ask(url, "select 1") == 1


def test_a_lost_password_is_said_and_not_invented_anew(data: Path) -> None:
    (data / "postgres.password").unlink()
    with pytest.raises(Unavailable, match="Put it back"), embedded_postgres(data):
        pass


def test_a_server_that_cannot_start_says_the_end_of_its_log(data: Path) -> None:
    (data / "postgres" / "postgresql.auto.conf").write_text("shared_buffers = nonsense\n")
    with pytest.raises(Unavailable, match="shared_buffers"), embedded_postgres(data):
        pass
