"""A database that people have worked with goes on with this version, and loses nothing."""

from pathlib import Path

import asyncpg
import pytest

from gateway.embedded.copies import restore
from gateway.store.migrate import migrate, migrations

PAST = sorted(Path(__file__).with_name("past").glob("*.dump"))


def test_there_is_a_past() -> None:
    assert PAST


@pytest.mark.parametrize("past", PAST, ids=lambda path: path.stem)
async def test_a_past_demo_is_migrated_with_all_that_is_in_it(empty: str, past: Path) -> None:
    restore(empty, past, "demo")
    connection = await asyncpg.connect(empty)
    tables = ("person", "nsi", "inbox", "bed_claim", "event", "audit", "outbox")
    before = {table: await connection.fetchval(f"select count(*) from {table}") for table in tables}
    assert all(before.values()), before
    await migrate(empty, "demo")
    after = {table: await connection.fetchval(f"select count(*) from {table}") for table in tables}
    assert after == before
    assert await connection.fetchval("select max(number) from schema_migration") == len(migrations())
    await connection.close()
