"""Every query of every .sql file is prepared against the migrated schema."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bedspace.store import queries
from gateway.store.database import Pool

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "bedspace", "adapters", "gateway")


class Query(NamedTuple):
    file: Path
    name: str
    sql: str
    purpose: str


def sql_files() -> list[Path]:
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.sql"))]
    return [path for path in found if path.parent.name != "migrations"]


def all_queries() -> Iterator[Query]:
    for path in sql_files():
        loaded = queries(str(path))
        for name in loaded.available_queries:
            if not name.endswith("_cursor"):
                function = getattr(loaded, name)
                yield Query(path.relative_to(ROOT), name, function.sql, (function.__doc__ or "").strip())


QUERIES = list(all_queries())


@pytest.mark.parametrize("path", [str(path.relative_to(ROOT)) for path in sql_files()])
async def test_every_query_of_a_file_fits_the_schema(pool: Pool, path: str) -> None:
    async with pool.acquire() as connection:
        for query in QUERIES:
            if str(query.file) == path:
                try:
                    await connection.prepare(query.sql)
                except Exception as error:
                    raise AssertionError(f"{path}, {query.name}: {error}") from error


def test_there_are_queries_and_each_says_what_it_is_for() -> None:
    assert len(QUERIES) > 50
    assert [f"{query.file}: {query.name}" for query in QUERIES if not query.purpose] == []


def test_every_sql_file_is_loaded_by_a_module_beside_it() -> None:
    for path in sql_files():
        beside = "".join(module.read_text() for module in path.parent.glob("*.py"))
        assert "queries(__file__" in beside, path
        named = path.with_suffix(".py").exists() or f'"{path.stem}"' in beside
        assert named, f"{path}: no module is named like it or names it"
