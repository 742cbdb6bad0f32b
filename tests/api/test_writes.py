"""Every write door of the register, for every role, at its own premises or region, and at others.

Also about people whose access is limited. What is done is undone at once, so that each of them finds the same register.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any, get_args

import asyncpg
import httpx
import pytest
from litestar.enums import HttpMethod

from bedspace.geography.postcodes import Postcodes
from bedspace.store import Tx
from gateway.access import act as the_door
from gateway.access.actors import Actor
from gateway.access.permissions import table
from gateway.api.doors import doors
from gateway.store.database import Pool, transaction
from schemas.words import Role
from tests.api.serving import Served, serving, until_open
from tests.api.write_sides import SECRET, Side, furnished, me
from tests.api.writes import ABOUT_PEOPLE, WRITES, Write

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ELSEWHERE = {"Intake", "Connections", "Deliveries"}
"""Tags of doors that are no part of the register, nor about a case."""
CASES = {"NSIs", "Releases"}
"""Tags of doors about a case: `test_case_writes.py` tries them."""
OF_A_CASE = ("/responsibility/", "/caretaking")
"""Paths of doors that are about a case, though their tag is one of the register's."""
READS = {"POST /bedspaces/search", "POST /nsis/preview", "POST /nsis/unannounced/preview"}
"""They change nothing, and what is sent is only too much for an address."""
ROLES: list[Role] = sorted(set(get_args(Role)) - {"gateway", "sender_link"})


def written(*, of_cases: bool = False) -> set[str]:
    """Doors that write: of the register, or about a case."""
    return {
        f"{method} {path}"
        for door in doors
        if not ELSEWHERE & set(door.tags or ())
        for method in door.http_methods
        if method not in (HttpMethod.GET, "OPTIONS", HttpMethod.HEAD)
        for path in door.paths
        if of_cases == (bool(CASES & set(door.tags or ())) or path.startswith(OF_A_CASE))
    }


def test_every_write_door_of_the_register_is_in_the_list_once() -> None:
    assert sorted(write.door for write in WRITES) == sorted(written() - READS)


def test_every_action_of_the_list_is_in_the_table() -> None:
    assert {write.action for write in WRITES} <= set(table())


class _UndoError(Exception):
    """Whatever was done is undone."""


@pytest.fixture
async def owner(database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


@asynccontextmanager
async def undone(pool: Pool, **given: Any) -> AsyncIterator[Tx]:
    with suppress(_UndoError):
        async with transaction(pool, **given) as tx:
            yield tx
            raise _UndoError


def expected(write: Write, role: Role, where: str) -> set[int]:
    """Statuses of an answer that is right, by the table and by what the premises' record says."""
    reach = table()[write.action].get(role)
    if reach is None:
        return {403}
    if reach == "own" and write.sent_in:
        return {403, 404}
    if where == "other" and reach != "nation" and not ((write.makes and reach == "own") or write.anywhere_for(reach)):
        return {403, 404}
    if write.decides and role == "central_referral_unit":
        return {403}
    if write.by_crn and where == "limited":
        return {404}
    return {200, 201}


def telling(write: Write, role: Role, where: str, about_people: list[Write]) -> bool:
    """Who reaches the nation reaches other premises, and so one's own; and few doors are about people.

    Whom one may not see is by account and never by role: one role of each reach is enough to tell.
    """
    if where == "limited":
        return write in about_people and role == first_of_its_reach(write.action, role)
    return where == "other" or table()[write.action].get(role) != "nation"


def first_of_its_reach(action: str, role: Role) -> Role | None:
    reaches = table()[action]
    return min((one for one in ROLES if role in reaches and reaches.get(one) == reaches[role]), default=None)


async def sent(caller: httpx.AsyncClient, write: Write, side: Side) -> httpx.Response:
    body = write.body(side)
    given: dict[str, Any] = {"content": body, "headers": {"Content-Type": "text/csv"}}
    if not isinstance(body, bytes):
        given = {} if write.method == "DELETE" else {"json": body}
    return await caller.request(write.method, write.path(side), **given)


async def wrongs(
    served: Served, actor: Actor, sides: dict[str, Side], writes: list[Write], about_people: list[Write]
) -> list[str]:
    """Answers that are not as the table says, or that name somebody."""
    found, role = [], actor.role
    async with served.caller(actor) as caller:
        for write in writes:
            for where, side in sides.items():
                if not telling(write, role, where, about_people):
                    continue
                answer = await sent(caller, write, side)
                named = SECRET in answer.text and not write.action.endswith(".read")
                if named or answer.status_code not in expected(write, role, where):
                    found.append(f"{role}, {where}: {write.door} {answer.status_code} {answer.text}")
                if answer.status_code == 403 and role not in table()[write.action]:
                    break
    return found


async def test_each_role_writes_as_far_as_the_table_says_and_no_answer_names_anybody(
    pool: Pool,
    owner: asyncpg.Connection,
    database: str,
    postcodes: Postcodes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sides = await furnished(pool, owner, postcodes)
    count = "select (select count(*) from event) + (select count(*) from audit)"
    before = await owner.fetchval(count)
    monkeypatch.setattr(the_door, "transaction", undone)
    found: list[str] = []
    async with serving(database, NOW) as served:
        await until_open(served)
        for role in ROLES:
            found += await wrongs(served, me(role), sides, WRITES, ABOUT_PEOPLE)
    assert found == []
    assert await owner.fetchval(count) == before, "what was done was not undone, so that later roles found it done"
