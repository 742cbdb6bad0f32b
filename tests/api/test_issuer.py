"""The demo's local issuer: where it works, and where it is off."""

from datetime import datetime, timedelta

import asyncpg
import pytest

from gateway.access.accounts import demo_actor
from gateway.access.tokens import client_secret, issue
from tests.api.problem import problem
from tests.api.serving import Served, serving, until_open

CLIENT = "leeds-case-system"
PATH = "/oauth/token"


def credentials(served: Served, **changed: str) -> dict[str, str]:
    secret = client_secret(served.opening.works.secret, CLIENT)
    return {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": secret} | changed


async def test_a_system_gets_a_token_for_its_secret_and_uses_it(served: Served) -> None:
    async with served.client() as system:
        granted = (await system.post(PATH, data=credentials(served))).json()
        assert granted["token_type"] == "Bearer"
        system.headers["Authorization"] = f"Bearer {granted['access_token']}"
        assert (await system.get("/api/v1/premises")).status_code == 200
        problem(await system.get("/api/v1/nsis"), 403)


@pytest.mark.parametrize(
    "changed",
    [
        {"client_secret": "wrong"},
        {"client_secret": "é"},
        {"client_id": "demo-national-lead"},
        {"client_id": "nobody"},
        {"grant_type": "password"},
    ],
)
async def test_wrong_credentials_are_401(served: Served, changed: dict[str, str]) -> None:
    async with served.client() as system:
        problem(await system.post(PATH, data=credentials(served, **changed)), 401)


async def test_a_person_has_no_client_credentials(served: Served) -> None:
    secret = client_secret(served.opening.works.secret, "demo-national-lead")
    async with served.client() as system:
        answer = await system.post(PATH, data=credentials(served, client_id="demo-national-lead", client_secret=secret))
    problem(answer, 401)


async def test_missing_credentials_are_named(served: Served) -> None:
    async with served.client() as system:
        problem(await system.post(PATH, data={"grant_type": "client_credentials"}), 422)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer a.b.c", "bearer é", "Token x"])
async def test_what_is_no_token_of_ours_is_401(served: Served, header: str) -> None:
    async with served.client(headers={"Authorization": header.encode()} if header else {}) as caller:
        problem(await caller.get("/api/v1/premises"), 401)


async def test_a_token_that_has_expired_is_401(served: Served, now: datetime) -> None:
    old = issue(served.opening.works.secret, demo_actor("practitioner"), now - timedelta(hours=9))
    async with served.client(headers={"Authorization": f"Bearer {old}"}) as caller:
        problem(await caller.get("/api/v1/premises"), 401)


async def test_from_another_machine_neither_tokens_nor_the_issuer_nor_sign_in_work(served: Served) -> None:
    there = ("192.0.2.7", 50000)
    async with served.caller(at=there) as caller:
        problem(await caller.get("/api/v1/premises"), 401)
        problem(await caller.post(PATH, data=credentials(served)), 403)
        assert (await caller.get("/sign-in", headers={"Accept": "text/html"})).status_code == 403


async def test_through_a_proxy_on_this_machine_they_do_not_work_either(served: Served) -> None:
    async with served.caller() as caller:
        caller.headers["X-Forwarded-For"] = "192.0.2.7"
        problem(await caller.get("/api/v1/premises"), 401)


async def test_beside_an_oidc_issuer_the_local_issuer_is_off(database: str, now: datetime) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute("update installation set stamp = 'real'")
    await owner.close()
    async with serving(database, now, oidc_issuer="https://issuer.invalid") as served:
        await until_open(served)
        async with served.caller() as caller:
            problem(await caller.get("/api/v1/premises"), 401)
            problem(await caller.post(PATH, data=credentials(served)), 403)
            assert (await caller.get("/sign-in", headers={"Accept": "text/html"})).status_code == 403
