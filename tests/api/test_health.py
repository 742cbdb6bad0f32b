"""How the service says it is, and what it does while the database is not there."""

import asyncio
import re
from datetime import datetime

import asyncpg
import pytest

from tests.api.problem import problem
from tests.api.serving import Served, serving, until_closed_because, until_open

NOWHERE = "postgresql://postgres@127.0.0.1:1/nothing"


@pytest.mark.parametrize("path", ["/health", "/health/liveness", "/health/readiness", "/info", "/metrics"])
async def test_the_service_answers_without_a_token_and_without_valkey(served: Served, path: str) -> None:
    async with served.client() as nobody:
        assert (await nobody.get(path)).status_code == 200


async def test_without_a_database_the_process_lives_and_is_not_ready(now: datetime) -> None:
    async with serving(NOWHERE, now) as served, served.client() as nobody:
        assert (await nobody.get("/health/liveness")).status_code == 200
        assert (await nobody.get("/metrics")).status_code == 200
        for path in ("/health", "/health/readiness"):
            answer = await nobody.get(path)
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "1"
            assert answer.json()["why"]


async def test_without_a_database_every_door_is_503_and_says_when_to_try_again(now: datetime) -> None:
    async with serving(NOWHERE, now) as served:
        async with served.client(headers={"Authorization": "Bearer x"}) as caller:
            answer = await caller.get("/api/v1/premises")
            problem(answer, 503)
            assert answer.headers["retry-after"] == "2"
        async with served.client(headers={"Accept": "text/html"}) as browser:
            page = await browser.get("/")
            assert page.status_code == 503
            assert page.headers["content-type"].startswith("text/html")


async def test_a_process_that_started_first_opens_when_the_database_comes(
    server: str, database: str, now: datetime
) -> None:
    name = database.rpartition("?")[0].rpartition("/")[2]
    connection = await asyncpg.connect(server)
    await connection.execute(f"alter database {name} rename to {name}_later")
    async with serving(database, now) as served:
        await asyncio.sleep(0.2)
        await connection.execute(f"alter database {name}_later rename to {name}")
        await until_open(served)
        async with served.caller() as caller:
            assert (await caller.get("/api/v1/premises")).status_code == 200
    await connection.close()


async def test_a_database_behind_its_migrations_is_waited_for(database: str, now: datetime) -> None:
    owner = await asyncpg.connect(database)
    last = await owner.fetchrow(
        "delete from schema_migration where number = (select max(number) from schema_migration) returning *"
    )
    assert last is not None
    async with serving(database, now) as served, served.client() as nobody:
        await until_closed_because(served, "migrations")
        assert (await nobody.get("/health/readiness")).status_code == 503
        await owner.execute("insert into schema_migration values ($1, $2, $3, $4)", *last)
        await until_open(served)
    await owner.close()


async def test_a_schema_that_this_version_does_not_know_fails_readiness(served: Served, database: str) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute("insert into schema_migration (number, name, sha256) values (9999, 'from_the_future', '')")
    await owner.close()
    async with served.client() as nobody:
        answer = await nobody.get("/health/readiness")
    assert answer.status_code == 503
    assert "newer" in answer.json()["why"]


async def test_after_its_connections_are_cut_the_service_recovers_by_itself(served: Served, database: str) -> None:
    owner = await asyncpg.connect(database)
    async with served.caller() as caller:
        assert (await caller.get("/api/v1/premises")).status_code == 200
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )
        for _ in range(20):
            answer = await caller.get("/api/v1/premises")
            if answer.status_code == 200:
                break
            problem(answer, 503)
            await asyncio.sleep(0.1)
        assert answer.status_code == 200
    await owner.close()


async def test_real_data_without_an_issuer_are_not_served(database: str, now: datetime) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute("update installation set stamp = 'real'")
    await owner.close()
    async with serving(database, now) as served:
        await until_closed_because(served, "OIDC_ISSUER")


async def test_a_demo_is_not_served_to_others(database: str, now: datetime) -> None:
    async with serving(database, now, host="0.0.0.0") as served:  # noqa: S104  # what is refused
        await until_closed_because(served, "demo")


NOT_THERE = re.compile(r'bedspace_requests_total{method="GET",route="/api/v1/premises/{code}",status="404"} ([\d.]+)')


async def test_measurements_are_by_route_and_name_nobody(served: Served) -> None:
    async with served.caller() as caller:
        before = NOT_THERE.search((await caller.get("/metrics")).text)
        await caller.get("/api/v1/premises/CANARY-1")
        await caller.get("/canary-2")
        await caller.request("CANARY-3", "/health")
        text = (await caller.get("/metrics")).text
    after = NOT_THERE.search(text)
    assert after
    assert float(after[1]) == (float(before[1]) if before else 0) + 1
    assert 'route="unmatched"' in text
    assert "canary" not in text.lower()
