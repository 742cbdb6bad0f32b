"""What `bedspace up` refuses before it starts anything, and what it leaves for other commands to find."""

import json
import os
import signal
import socket
from pathlib import Path

import pytest

from gateway.cli.migrate import stamp_of
from gateway.cli.up import check
from gateway.embedded.folder import hold, is_held, make_data
from gateway.embedded.found import found_database, running
from gateway.embedded.outside import free_port, stopping_on_signals, written_down
from gateway.settings import Settings
from schemas.errors import Conflict, Invalid, Unavailable


def test_a_port_that_is_taken_is_named_with_what_to_do() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(Conflict, match=f"Port {port} of 127.0.0.1 cannot be used .* set PORT to another"):
            free_port(Settings(port=port))


def test_port_0_is_a_free_one() -> None:
    assert free_port(Settings(port=0)) > 0


def test_without_an_issuer_it_is_a_demo_and_with_one_real() -> None:
    assert stamp_of(Settings()) == "demo"
    assert stamp_of(Settings(oidc_issuer="https://issuer.invalid")) == "real"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.invalid"])  # noqa: S104  # refused
def test_a_demo_answers_on_loopback_only(host: str) -> None:
    with pytest.raises(Invalid, match="HOST"):
        check(Settings(host=host), demo=False)
    check(Settings(host=host, oidc_issuer="https://issuer.invalid"), demo=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.2"])
def test_every_loopback_address_will_do_for_a_demo(host: str) -> None:
    check(Settings(host=host), demo=True)


def test_invented_people_are_not_put_beside_an_issuer() -> None:
    with pytest.raises(Invalid, match="OIDC_ISSUER"):
        check(Settings(oidc_issuer="https://issuer.invalid"), demo=True)


def test_what_runs_is_written_down_for_its_owner_only_and_not_longer_than_it_runs(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, port=8123, database_url="postgresql://x", redis_url="unix:///x")
    note = tmp_path / "run.json"
    with written_down(settings):
        assert note.stat().st_mode & 0o777 == 0o600
        assert json.loads(note.read_text()) == {
            "database_url": "postgresql://x",
            "redis_url": "unix:///x",
            "port": "8123",
            "pid": str(os.getpid()),
        }
    assert list(tmp_path.iterdir()) == []


def test_the_note_of_one_that_was_killed_is_not_believed(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with written_down(settings):
        with pytest.raises(Unavailable, match="no `bedspace up` is running"):
            running(settings)
        with pytest.raises(Unavailable, match="there is none"), found_database(settings):
            pass


def test_a_command_finds_the_database_of_the_bedspace_that_runs(tmp_path: Path) -> None:
    held = hold(tmp_path / "up.lock", refusal="")
    with (
        written_down(Settings(data=tmp_path, database_url="postgresql://x")),
        found_database(Settings(data=tmp_path)) as url,
    ):
        assert url == "postgresql://x"
    with pytest.raises(Unavailable, match="only just starting"), found_database(Settings(data=tmp_path)):
        pass
    os.close(held)
    assert not is_held(tmp_path / "up.lock")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Invalid, match="DATA"):
        make_data(tmp_path / "file" / "below")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_block_once(number: signal.Signals) -> None:
    def impatient() -> None:
        with stopping_on_signals():
            try:
                os.kill(os.getpid(), number)
            finally:
                os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as ended:
        impatient()
    assert ended.value.code == 0
    assert signal.getsignal(number) == before
