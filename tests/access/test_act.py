"""The one door: what it keeps together and what it refuses."""

import asyncio
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from msgspec import Struct

from bedspace.store import Tx
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import Pool
from schemas.acts import Done, Event
from schemas.errors import Conflict, KeyReused, NotAllowed

PRISON = Actor(id="prison-1", name="Pat Invented", role="prison_staff")
AUDITOR = Actor(id="auditor-1", name="Alex Invented", role="auditor")


class Say(Struct, frozen=True):
    action: ClassVar[str] = "hold.place"
    word: str


class Said(Struct, frozen=True):
    word: str
    at: datetime


async def say(tx: Tx, command: Say, now: datetime) -> Done[Said]:
    return Done(Said(command.word, now), (Event("word_said", "word:1"),))


async def fail(tx: Tx, command: Say, now: datetime) -> Done[Said]:
    await tx.execute("insert into event (at, kind, subject) values ($1, 'half_done', 'word:1')", now)
    raise Conflict("It failed on purpose.")


async def count(pool: Pool, table: str) -> int:
    return int(await pool.fetchval(f"select count(*) from {table}"))


async def test_a_verb_leaves_its_event_and_its_audit_row_together(house: House, pool: Pool) -> None:
    await act(house, PRISON, say, Say("bed"), reason="because")
    row = await pool.fetchrow("select actor, role, action, subject, reason, outcome from audit")
    assert row is not None
    assert tuple(row) == ("prison-1", "prison_staff", "hold.place", "word:1", "because", "done")
    assert await count(pool, "event") == 1


async def test_a_verb_that_fails_leaves_nothing(house: House, pool: Pool) -> None:
    with pytest.raises(Conflict):
        await act(house, PRISON, fail, Say("bed"), key="k")
    assert [await count(pool, table) for table in ("event", "audit", "idempotency")] == [0, 0, 0]


async def test_a_role_that_may_not_is_refused_and_the_refusal_is_audited(house: House, pool: Pool) -> None:
    with pytest.raises(NotAllowed, match="auditor may not"):
        await act(house, AUDITOR, say, Say("bed"))
    assert await pool.fetchval("select outcome from audit") == "not_allowed"


async def test_the_same_key_has_the_same_answer_and_is_done_once(house: House, pool: Pool) -> None:
    first = await act(house, PRISON, say, Say("bed"), key="k")
    later = House(pool=pool, now=lambda: house.now() + timedelta(hours=1))
    assert await act(later, PRISON, say, Say("bed"), key="k") == first
    assert await count(pool, "event") == 1


async def test_the_same_key_with_another_body_is_refused(house: House) -> None:
    await act(house, PRISON, say, Say("bed"), key="k")
    with pytest.raises(KeyReused):
        await act(house, PRISON, say, Say("room"), key="k")


async def test_two_people_may_choose_the_same_key(house: House, pool: Pool) -> None:
    await act(house, PRISON, say, Say("bed"), key="k")
    await act(house, OPERATOR, say, Say("room"), key="k")
    assert await count(pool, "event") == 2


async def test_a_key_is_free_again_after_24_hours(house: House, pool: Pool) -> None:
    await act(house, PRISON, say, Say("bed"), key="k")
    later = House(pool=pool, now=lambda: house.now() + timedelta(hours=25))
    assert (await act(later, PRISON, say, Say("room"), key="k")).word == "room"


async def test_twenty_at_once_with_one_key_are_done_once(house: House, pool: Pool) -> None:
    answers = await asyncio.gather(*(act(house, PRISON, say, Say("bed"), key="k") for _ in range(20)))
    assert len({answer.word for answer in answers}) == 1
    assert await count(pool, "event") == 1
