"""Valkey of our own: it may vanish, and comes back with what it had."""

from pathlib import Path
from signal import SIGKILL

import redis

from gateway.embedded.valkey import embedded_valkey
from tests.embedded.owner import owner, processes_of, wait_until


def test_it_keeps_what_it_was_told_over_a_restart_and_never_throws_away(tmp_path: Path) -> None:
    with embedded_valkey(tmp_path / "data") as url, redis.Redis.from_url(url) as client:
        client.set("kept", "1")
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("port") == {"port": "0"}
    with embedded_valkey(tmp_path / "data") as url, redis.Redis.from_url(url) as client:
        assert client.get("kept") == b"1"


def test_when_its_owner_is_killed_it_ends_and_the_next_start_has_everything(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with owner("valkey", data) as (url, process):
        with redis.Redis.from_url(url) as client:
            client.set("kept", "1")
        process.send_signal(SIGKILL)
        process.wait()
        wait_until(lambda: not processes_of(data), "nothing outlives its owner", seconds=2)
    with embedded_valkey(data) as url, redis.Redis.from_url(url) as client:
        assert client.get("kept") == b"1"


def test_a_folder_too_deep_for_a_socket_works(tmp_path: Path) -> None:
    with embedded_valkey(tmp_path / "/".join(["deep" * 10] * 3)) as url, redis.Redis.from_url(url) as client:
        assert client.ping()
