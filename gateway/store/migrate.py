"""Brings a database to the newest schema: one sequence of plain SQL files, each run once."""

import asyncio
import hashlib
import re
import secrets
from pathlib import Path

import asyncpg
from msgspec import Struct

from bedspace.store import Tx
from schemas.errors import Conflict, Invalid, Unavailable
from schemas.words import Stamp

FOLDER = Path(__file__).with_name("migrations")
LOCK = 0x42454453  # "BEDS"


class Migration(Struct, frozen=True):
    number: int
    name: str
    sql: str
    sha256: bytes


def migrations() -> list[Migration]:
    """All migrations in order. Raises `Invalid` when the sequence has a gap or a twin."""
    found = []
    for path in sorted(FOLDER.glob("*.sql")):
        match = re.fullmatch(r"(\d{4})_(\w+)\.sql", path.name)
        if match is None:
            raise Invalid.because(path.name, "a migration is named 0000_what_it_adds.sql")
        sql = path.read_text()
        found.append(Migration(int(match[1]), match[2], sql, hashlib.sha256(sql.encode()).digest()))
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise Invalid.because("migrations", "the numbers must run 0001, 0002, … without gap or twin")
    return found


async def migrate(url: str, stamp: Stamp) -> list[str]:
    """Apply what is missing and answer its names; stamp a new database for good.

    Safe when several processes start at once: one applies, the others wait, polling, because a
    blocking advisory lock would deadlock with an index built concurrently.
    Raises `Conflict` when the database has another stamp, or a migration we do not know or that has changed since.
    """
    connection = await asyncpg.connect(url, server_settings={"lock_timeout": "10s"})
    try:
        await _lock(connection)
        try:
            return await _apply(connection, stamp)
        finally:
            await connection.execute("select pg_advisory_unlock($1)", LOCK)
    finally:
        await connection.close()


async def _lock(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    for _ in range(600):
        if await connection.fetchval("select pg_try_advisory_lock($1)", LOCK):
            return
        await asyncio.sleep(0.1)
    raise Unavailable("Another process has been migrating this database for a minute. Look at it, then start again.")


async def _apply(connection: "asyncpg.Connection[asyncpg.Record]", stamp: Stamp) -> list[str]:
    await connection.execute(
        "create table if not exists schema_migration (number int primary key, name text not null, "
        "sha256 bytea not null, applied_at timestamptz not null default now())"
    )
    applied = {row["number"]: row for row in await connection.fetch("select * from schema_migration")}
    known = migrations()
    unknown = sorted(set(applied) - {migration.number for migration in known})
    if unknown:
        raise Conflict(
            f"This database has migration {unknown[-1]}, which this version does not know. Start a newer version."
        )
    done = []
    for migration in known:
        if migration.number in applied:
            if applied[migration.number]["sha256"] != migration.sha256:
                raise Conflict(
                    f"Migration {migration.number} ({migration.name}) has changed since it was applied here. "
                    "Restore the file, and put the change into a new migration."
                )
            continue
        async with connection.transaction():
            await connection.execute(migration.sql)
            await connection.execute(
                "insert into schema_migration (number, name, sha256) values ($1, $2, $3)",
                migration.number,
                migration.name,
                migration.sha256,
            )
        done.append(f"{migration.number:04} {migration.name}")
    await _stamp(connection, stamp)
    return done


async def _stamp(connection: "asyncpg.Connection[asyncpg.Record]", stamp: Stamp) -> None:
    await connection.execute(
        "insert into installation (stamp, secret) values ($1, $2) on conflict do nothing",
        stamp,
        secrets.token_bytes(32),
    )
    found = await connection.fetchval("select stamp from installation")
    if found != stamp:
        raise Conflict(
            f"This database is stamped {found!r} for good and cannot be used as {stamp!r}. "
            "Set OIDC_ISSUER for a real one; unset it for a demo."
        )


async def schema_state(connection: Tx) -> str:
    """`current`, `behind` or `unknown` (newer than this version): readiness needs `current`."""
    rows = await connection.fetch("select number, sha256 from schema_migration order by number")
    applied = {row["number"]: row["sha256"] for row in rows}
    known = {migration.number: migration.sha256 for migration in migrations()}
    if applied == known:
        return "current"
    return "behind" if all(known.get(number) == sha for number, sha in applied.items()) else "unknown"
