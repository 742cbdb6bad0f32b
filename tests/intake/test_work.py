"""Taking, reading and settling: each message once, whoever dies."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.intake.read import list_inbox, read_inbox
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.intake.take import LEASE, MOST_ATTEMPTS, take_messages
from gateway.intake.work import read_waiting
from gateway.store.database import Pool
from schemas.drafts import Reading
from schemas.errors import Unreadable
from schemas.inbox import InboxItem, ListInbox, ReadInbox, SettleMessage, TakeMessages, Taken
from tests.messages import SENDER, draft, message, reading


class Fake:
    """Reads every message as one about someone new."""

    def __init__(self) -> None:
        self.read_so_far = 0

    async def read(self, content_type: str, raw: bytes, using: object = None) -> Reading:
        if raw == b"no mail":
            raise Unreadable("These bytes are no e-mail.")
        self.read_so_far += 1
        crn = f"X{self.read_so_far:06}"
        return reading(draft(name=f"Robin Invented-{raw.hex()}", crn=crn, noms=None, birth_date=None))


def later(house: House, by: timedelta) -> House:
    return House(pool=house.pool, now=lambda: house.now() + by)


async def store(house: House, raw: bytes = b"a message") -> UUID:
    return (await act(house, SENDER, store_message, message(raw))).inbox_id


async def item(house: House, inbox: UUID) -> InboxItem:
    return await act(house, OPERATOR, read_inbox, ReadInbox(id=inbox))


async def take(house: House, limit: int = 10) -> Taken:
    return await act(house, GATEWAY, take_messages, TakeMessages(limit=limit))


async def test_what_waits_is_read_and_settled(house: House, settler: Settler) -> None:
    good, bad = await store(house), await store(house, b"no mail")
    assert await read_waiting(house, Fake(), settler) == 2
    assert (await item(house, good)).state == "prepared"
    assert ((await item(house, bad)).state, (await item(house, bad)).reason) == (
        "refused",
        "These bytes are no e-mail.",
    )
    assert await read_waiting(house, Fake(), settler) == 0


async def test_nothing_is_written_while_nothing_waits(house: House, pool: Pool, settler: Settler) -> None:
    assert await read_waiting(house, Fake(), settler) == 0
    assert await pool.fetchval("select count(*) from audit") == 0


async def test_no_more_than_the_limit_is_read(house: House, settler: Settler) -> None:
    for raw in (b"1", b"2", b"3"):
        await store(house, raw)
    assert await read_waiting(house, Fake(), settler, limit=2) == 2
    assert len((await act(house, OPERATOR, list_inbox, ListInbox(state="stored"))).items) == 1


async def test_only_the_message_asked_for_is_read(house: House, settler: Settler) -> None:
    first, second = await store(house, b"1"), await store(house, b"2")
    assert await read_waiting(house, Fake(), settler, only=(second,)) == 1
    assert ((await item(house, first)).state, (await item(house, second)).state) == ("stored", "prepared")


async def test_a_taken_message_is_nobody_elses(house: House) -> None:
    inbox = await store(house)
    assert [one.inbox_id for one in (await take(house)).messages] == [inbox]
    assert (await take(house)).messages == []
    assert (await item(house, inbox)).state == "reading"


async def test_ten_takers_at_once_share_the_messages(house: House) -> None:
    kept = {await store(house, bytes([n + 1])) for n in range(20)}
    taken = await asyncio.gather(*(take(house, limit=2) for _ in range(10)))
    got = [one.inbox_id for each in taken for one in each.messages]
    assert len(got) == len(set(got))
    rest = await take(house, limit=20)
    assert set(got) | {one.inbox_id for one in rest.messages} == kept


async def test_a_reader_killed_between_take_and_settle_gives_the_message_back(
    house: House, pool: Pool, settler: Settler
) -> None:
    inbox = await store(house)
    await take(house)
    assert await read_waiting(later(house, LEASE), Fake(), settler) == 0
    after = later(house, LEASE + timedelta(seconds=1))
    assert await read_waiting(after, Fake(), settler) == 1
    assert (await item(house, inbox)).state == "prepared"
    assert await pool.fetchval("select count(*) from event where kind = 'nsi_prepared'") == 1


async def test_a_reader_that_comes_back_late_settles_nothing_twice(house: House, pool: Pool, settler: Settler) -> None:
    inbox = await store(house)
    await take(house)
    await read_waiting(later(house, LEASE * 2), Fake(), settler)
    late = SettleMessage(inbox_id=inbox, reading=reading(draft()))
    assert (await act(house, GATEWAY, settler.settle, late)).state == "prepared"
    assert await pool.fetchval("select count(*) from event where kind = 'nsi_prepared'") == 1


async def test_a_message_over_which_three_readers_died_is_for_review(house: House, settler: Settler) -> None:
    inbox = await store(house)
    for attempt in range(MOST_ATTEMPTS):
        assert len((await take(later(house, LEASE * 2 * attempt))).messages) == 1
    assert await read_waiting(later(house, LEASE * 2 * MOST_ATTEMPTS), Fake(), settler) == 0
    given_up = await item(house, inbox)
    assert (given_up.state, "3 times" in (given_up.reason or "")) == ("review", True)


async def test_a_message_that_breaks_the_settler_does_not_stop_the_rest(
    house: House, settler: Settler, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await store(house, b"1"), await store(house, b"2")
    whole: Callable[..., object] = settler._outcome
    calls = iter(range(10))

    async def break_once(*given: object) -> object:
        if next(calls) == 0:
            raise ZeroDivisionError
        return await whole(*given)  # type: ignore[misc]  # passed through as it came

    monkeypatch.setattr(settler, "_outcome", break_once)
    assert await read_waiting(house, Fake(), settler) == 2
    states = [(await item(house, one)).state for one in (first, second)]
    assert sorted(states) == ["prepared", "reading"]  # both came at one instant: either is read first
    assert await read_waiting(later(house, LEASE * 2), Fake(), settler) == 1
    assert [(await item(house, one)).state for one in (first, second)] == ["prepared", "prepared"]
