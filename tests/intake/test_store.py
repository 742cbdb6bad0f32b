"""A message is kept before anything else, once a source key."""

import asyncio
import hashlib
from datetime import datetime
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.intake.read import list_inbox, read_inbox
from gateway.intake.store import MOST_BYTES, store_message
from gateway.store.database import Pool, transaction
from schemas.errors import Invalid, KeyReused, NotThere, TooLarge
from schemas.inbox import ListInbox, ReadInbox
from tests.messages import SENDER, message

OTHER = Actor(id="prison-2", name="Alex Invented", role="prison_staff")


async def rows(pool: Pool) -> int:
    async with transaction(pool) as tx:
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        return int(await tx.fetchval("select count(*) from inbox"))


async def test_a_stored_message_is_acknowledged_with_its_state(house: House, pool: Pool, now: datetime) -> None:
    item = await act(house, SENDER, store_message, message(b"hello"))
    assert (item.state, item.received_at, item.nsi_ids) == ("stored", now, [])
    async with transaction(pool) as tx:
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        row = await tx.fetchrow("select raw, sha256, submitted_by from inbox")
    assert row is not None
    assert tuple(row) == (b"hello", hashlib.sha256(b"hello").digest(), "prison-1")


async def test_the_same_key_answers_the_same_and_writes_nothing(house: House, pool: Pool) -> None:
    first = await act(house, SENDER, store_message, message(source_key="k"))
    assert await act(house, SENDER, store_message, message(source_key="k")) == first
    assert await rows(pool) == 1
    assert await pool.fetchval("select count(*) from event") == 1


async def test_the_same_key_with_other_bytes_is_refused(house: House, pool: Pool) -> None:
    await act(house, SENDER, store_message, message(source_key="k"))
    with pytest.raises(KeyReused, match="another message"):
        await act(house, SENDER, store_message, message(b"other", source_key="k"))
    assert await rows(pool) == 1


async def test_two_senders_may_choose_the_same_key(house: House, pool: Pool) -> None:
    await act(house, SENDER, store_message, message(source_key="k"))
    await act(house, OTHER, store_message, message(b"other", source_key="k"))
    assert await rows(pool) == 2


async def test_twenty_at_once_with_one_key_are_one_message(house: House, pool: Pool) -> None:
    items = await asyncio.gather(*(act(house, SENDER, store_message, message(source_key="k")) for _ in range(20)))
    assert len({item.inbox_id for item in items}) == 1
    assert await rows(pool) == 1
    assert await pool.fetchval("select count(*) from event") == 1


async def test_nothing_at_all_is_refused(house: House, pool: Pool) -> None:
    with pytest.raises(Invalid, match="nothing in it"):
        await act(house, SENDER, store_message, message(b""))
    assert await rows(pool) == 0


async def test_too_much_is_refused(house: House) -> None:
    with pytest.raises(TooLarge, match="25 MB"):
        await act(house, SENDER, store_message, message(b"x" * (MOST_BYTES + 1)))


@pytest.mark.parametrize(
    "bad", [{"source_key": ""}, {"source_key": "a\0b"}, {"filename": "x" * 201}, {"area": "nowhere"}]
)
async def test_a_field_that_does_not_fit_is_named(house: House, bad: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match=next(iter(bad))):
        await act(house, SENDER, store_message, message(**bad))


async def test_a_message_is_read_by_its_sender_and_the_nation_only(house: House) -> None:
    item = await act(house, SENDER, store_message, message())
    assert await act(house, SENDER, read_inbox, ReadInbox(id=item.inbox_id)) == item
    assert await act(house, OPERATOR, read_inbox, ReadInbox(id=item.inbox_id)) == item
    with pytest.raises(NotThere):
        await act(house, OTHER, read_inbox, ReadInbox(id=item.inbox_id))


async def test_a_list_of_messages_goes_on_where_its_page_ended(house: House) -> None:
    kept = {(await act(house, SENDER, store_message, message(bytes([n + 1])))).inbox_id for n in range(5)}
    seen, cursor = [], None
    while True:
        page = await act(house, OPERATOR, list_inbox, ListInbox(limit=2, cursor=cursor, state="stored"))
        seen += [item.inbox_id for item in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert (len(seen), set(seen)) == (5, kept)
    assert (await act(house, OPERATOR, list_inbox, ListInbox(state="review"))).items == []


@pytest.mark.parametrize("cursor", ["x", "!!!!", "aGVsbG8=", "é"])
async def test_a_cursor_that_is_not_ours_is_refused(house: House, cursor: str) -> None:
    with pytest.raises(Invalid, match="cursor"):
        await act(house, OPERATOR, list_inbox, ListInbox(cursor=cursor))
