"""One sequence of migrations, each applied once, whoever starts when."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from gateway.store import migrate as module
from gateway.store.migrate import migrate, migrations, schema_state
from schemas.errors import Conflict, Invalid

CATALOGUE = """
    select string_agg(line, chr(10) order by line) from (
      select format('%s.%s %s %s', table_name, column_name, data_type, is_nullable) as line
      from information_schema.columns where table_schema = 'public'
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select format('%s %s', conname, pg_get_constraintdef(oid)) from pg_constraint
                where connamespace = 'public'::regnamespace
    ) lines
"""


async def ask(url: str, query: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval(query))
    finally:
        await connection.close()


def test_the_numbers_of_the_migrations_run_without_gap_or_twin() -> None:
    assert [migration.number for migration in migrations()] == list(range(1, len(migrations()) + 1))


@pytest.mark.parametrize("name", ["0001_twin.sql", "0099_gap.sql", "notes.sql"])
def test_a_twin_a_gap_and_a_bad_name_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    for migration in migrations():
        (tmp_path / f"{migration.number:04}_{migration.name}.sql").write_text(migration.sql)
    (tmp_path / name).write_text("select 1;")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(Invalid):
        migrations()


async def test_migrating_twice_is_harmless(empty: str) -> None:
    first = await migrate(empty, "demo")
    before = await ask(empty, CATALOGUE)
    assert len(first) == len(migrations())
    assert await migrate(empty, "demo") == []
    assert await ask(empty, CATALOGUE) == before


async def test_of_several_that_start_at_once_one_migrates_and_the_others_find_it_done(empty: str) -> None:
    done = await asyncio.gather(*(migrate(empty, "demo") for _ in range(5)))
    assert sorted(map(len, done)) == [0, 0, 0, 0, len(migrations())]
    assert await ask(empty, "select count(*) from installation") == "1"


async def test_a_migration_that_has_changed_since_it_was_applied_is_refused(empty: str) -> None:
    await migrate(empty, "demo")
    await ask(empty, "update schema_migration set sha256 = '\\x00' where number = 2 returning 1")
    with pytest.raises(Conflict, match=r"Migration 2 \(reference\) has changed"):
        await migrate(empty, "demo")


async def test_a_database_of_a_newer_version_is_refused_and_known_as_such(empty: str) -> None:
    await migrate(empty, "demo")
    connection = await asyncpg.connect(empty)
    assert await schema_state(connection) == "current"
    await connection.execute("insert into schema_migration (number, name, sha256) values (9999, 'later', '\\x00')")
    assert await schema_state(connection) == "unknown"
    await connection.close()
    with pytest.raises(Conflict, match="9999, which this version does not know"):
        await migrate(empty, "demo")


async def test_a_database_that_is_behind_is_known_as_such(empty: str) -> None:
    await migrate(empty, "demo")
    connection = await asyncpg.connect(empty)
    await connection.execute("delete from schema_migration where number = $1", len(migrations()))
    assert await schema_state(connection) == "behind"
    await connection.close()


async def test_a_migration_that_fails_leaves_nothing_of_itself(
    empty: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "0001_half.sql").write_text("create table half (id int); select 1 / 0;")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(empty, "demo")
    assert await ask(empty, "select to_regclass('half')") == "None"


async def test_the_stamp_of_a_database_is_for_good(empty: str) -> None:
    await migrate(empty, "demo")
    with pytest.raises(Conflict, match="stamped 'demo' for good"):
        await migrate(empty, "real")


async def test_the_role_of_the_application_owns_no_table(empty: str) -> None:
    await migrate(empty, "demo")
    assert await ask(empty, "select count(*) from pg_tables where tableowner = 'bedspace_app'") == "0"
