"""Every write door about a case, for every role, at its own PDU and at others, as `test_writes` does for the register.

Also about people whose access is limited. What is done is undone at once, so that each of them finds the same cases.
"""

from collections.abc import Iterator

import asyncpg
import msgspec
import pytest

from gateway.access import act as the_door
from gateway.access.act import House
from gateway.access.permissions import table
from gateway.store.database import Pool
from tests.api.case_sides import cases
from tests.api.case_writes import CASES
from tests.api.serving import serving, until_open
from tests.api.test_writes import READS, ROLES, undone, written, wrongs
from tests.api.write_sides import me
from tests.organisation import with_more
from tests.releases.conftest import furnish
from tests.releases.making import MONDAY

PRISONS = ("LEI",)
"""Where whoever works in a prison works."""


@pytest.fixture(scope="session")
def template(server: str, organised: str) -> Iterator[str]:
    yield from with_more(server, organised, furnish)


def test_every_write_door_about_a_case_is_in_the_list_once() -> None:
    assert sorted(write.door for write in CASES) == sorted(written(of_cases=True) - READS)


def test_every_action_of_the_list_is_in_the_table() -> None:
    assert {write.action for write in CASES} <= set(table())


async def test_each_role_writes_about_a_case_as_far_as_the_table_says_and_no_answer_names_anybody(
    pool: Pool, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides = await cases(House(pool=pool, now=lambda: MONDAY))
    owner = await asyncpg.connect(database)
    count = "select (select count(*) from event) + (select count(*) from audit)"
    before = await owner.fetchval(count)
    monkeypatch.setattr(the_door, "transaction", undone)
    found: list[str] = []
    async with serving(database, MONDAY) as served:
        await until_open(served)
        for role in ROLES:
            actor = msgspec.structs.replace(me(role), prisons=PRISONS)
            found += await wrongs(served, actor, sides, CASES, CASES)
    assert not found, "\n".join(found)
    assert await owner.fetchval(count) == before, "what was done was not undone, so that later roles found it done"
    await owner.close()
