"""Backup and restore: all of it, or a clear no."""

import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from gateway.embedded.binaries import postgres_programs
from gateway.embedded.copies import back_up, restore
from gateway.store.database import open_pool
from schemas.errors import Conflict, Invalid, Unavailable


@pytest.fixture
async def empty(server: str, named: Callable[[str], str]) -> AsyncIterator[str]:
    """URL of a database with nothing in it."""
    name = f"empty_{uuid4().hex[:12]}"
    await run(server, f"create database {name}")
    yield named(name)
    await run(server, f"drop database {name} with (force)")


async def run(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


KEEP_EVENT = "insert into event (at, kind, subject, xid) values (now(), 'hold_placed', 'bed:L-1-1', '9000000000')"


async def test_what_was_there_is_there_again_and_the_application_works_on_it(
    database: str, empty: str, tmp_path: Path
) -> None:
    await run(database, KEEP_EVENT)
    back_up(database, tmp_path / "copy")
    restore(empty, tmp_path / "copy", "demo")
    for question in ("select array_agg(e.subject) from event e", "select secret from installation"):
        assert await run(empty, question) == await run(database, question)
    pool = await open_pool(empty, size=1)
    assert await pool.fetchval("select current_user") == "bedspace_app"
    assert await pool.fetchval("select count(*) from characteristic")
    await pool.close()


async def test_restored_rows_do_not_look_as_if_they_were_still_being_written(
    database: str, empty: str, tmp_path: Path
) -> None:
    await run(database, KEEP_EVENT)
    back_up(database, tmp_path / "copy")
    restore(empty, tmp_path / "copy", "demo")
    assert await run(empty, "select bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())) from event")


async def test_an_event_that_nobody_is_on_record_for_is_still_told_apart(
    database: str, empty: str, tmp_path: Path
) -> None:
    audited = (
        "with a as (insert into audit (at, actor, role, action, outcome) values (now(), 'x', 'operator', 'y', 'done')) "
        "insert into event (at, kind, subject) values (now(), 'hold_placed', 'bed:audited')"
    )
    await run(database, audited)
    await run(database, KEEP_EVENT)
    back_up(database, tmp_path / "copy")
    restore(empty, tmp_path / "copy", "demo")
    unaudited = "select array_agg(subject) from event e where not exists (select from audit a where a.xid = e.xid)"
    assert await run(empty, unaudited) == ["bed:L-1-1"]


def test_only_its_owner_can_read_a_backup_and_nothing_else_is_left(database: str, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_a_backup_that_fails_leaves_the_one_before(database: str, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("the one before")
    with pytest.raises(Unavailable, match="pg_dump failed"):
        back_up(database + "x", tmp_path / "copy")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["the one before"]


def test_a_database_that_is_not_empty_is_refused(database: str, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy")
    with pytest.raises(Conflict, match="not empty"):
        restore(database, tmp_path / "copy", "demo")


@pytest.mark.parametrize("content", [b"", b"From: somebody", b"PGDMP and then nothing"])
def test_a_file_that_is_no_backup_is_refused(empty: str, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy").write_bytes(content)
    with pytest.raises(Invalid, match="not a backup"):
        restore(empty, tmp_path / "copy", "demo")


async def test_a_backup_of_something_else_is_refused(empty: str, tmp_path: Path) -> None:
    await run(empty, "create table other (id int)")
    back_up(empty, tmp_path / "copy")
    with pytest.raises(Invalid, match="not a backup of Bedspace"):
        restore(empty, tmp_path / "copy", "demo")


async def test_a_backup_of_a_newer_version_is_refused_before_anything_is_written(
    database: str, empty: str, tmp_path: Path
) -> None:
    await run(database, "insert into schema_migration (number, name, sha256) values (9999, 'of_tomorrow', '\\x00')")
    back_up(database, tmp_path / "copy")
    with pytest.raises(Conflict, match=r"9999 \(of_tomorrow\)"):
        restore(empty, tmp_path / "copy", "demo")
    assert await run(empty, "select to_regclass('schema_migration')") is None


def test_a_demo_is_not_restored_as_something_real(database: str, empty: str, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy")
    with pytest.raises(Conflict, match="stamped 'demo'"):
        restore(empty, tmp_path / "copy", "real")


async def test_a_truncated_backup_leaves_the_database_empty(database: str, empty: str, tmp_path: Path) -> None:
    await run(
        database,
        "insert into event (at, kind, subject) select now(), 'hold_placed', sha512(n::text::bytea)::text "
        "from generate_series(1, 20000) n",
    )
    back_up(database, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises((Invalid, Conflict, Unavailable)):
        restore(empty, tmp_path / "copy", "demo")
    assert await run(empty, "select to_regclass('schema_migration')") is None


def test_the_password_is_not_among_the_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    def look(command: list[str], **_: object) -> "subprocess.CompletedProcess[bytes]":
        seen.append(command)
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(subprocess, "run", look)
    back_up("postgresql://owner:s%40cret@/bedspace?host=/nowhere", tmp_path / "copy")
    assert seen[0][0] == str(postgres_programs() / "pg_dump")
    assert not any("cret" in word for word in seen[0])
