"""The changes feed: nothing is skipped, nothing is read twice, and nobody sees what is not theirs to see."""

from datetime import datetime
from uuid import UUID

import asyncpg
import pytest

from gateway.access.act import House, act
from gateway.access.actors import Actor
from gateway.delivery.feed import read_changes
from gateway.embedded.copies import FORGET_TRANSACTIONS
from schemas.acts import Event
from schemas.changes import Changes, ReadChanges
from schemas.errors import Invalid, Outdated
from tests.delivery.conftest import NSI, PERSON, Owe, routed, settled

RECEIVING = Actor(id="system-of-inventon", name="Invented case system", role="area_system", pdus=("P1",))
ELSEWHERE = Actor(id="system-elsewhere", name="Invented case system", role="area_system", pdus=("P9",))
LEAD = Actor(id="lead", name="Lee Invented", role="national_lead")


async def read(house: House, since: str | None = None, actor: Actor = LEAD, limit: int = 50) -> Changes:
    return await act(house, actor, read_changes, ReadChanges(since=since, limit=limit))


def kinds(page: Changes) -> list[str]:
    return [change.kind for change in page.items]


async def test_an_area_reads_what_happened_to_its_nsis_and_to_the_register_and_others_do_not(
    house: House, nsi: UUID, owe: Owe
) -> None:
    await owe(routed(), settled(), Event("beds_confirmed", "premises:P034", body={"beds": 3}))
    theirs = await read(house, actor=RECEIVING)
    assert [(one.kind, one.subject) for one in theirs.items] == [
        ("nsi_routed", f"nsi:{NSI}"),
        ("beds_confirmed", "premises:P034"),
    ]
    assert kinds(await read(house, actor=ELSEWHERE)) == ["beds_confirmed"]


async def test_who_read_about_whom_is_audited(
    house: House, nsi: UUID, owe: Owe, owner: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await owe(routed())
    await read(house, actor=RECEIVING)
    row = await owner.fetchrow("select actor, persons from audit where action = 'changes.read'")
    assert row is not None
    assert (row["actor"], row["persons"]) == (RECEIVING.id, [PERSON])


async def test_pages_end_where_the_next_begins(house: House, owe: Owe) -> None:
    await owe(*(Event("bed_ready", f"bed:P034-{n:02}") for n in range(7)))
    found, since, pages = [], None, 0
    more = True
    while more:
        page = await read(house, since, limit=3)
        found += [one.subject for one in page.items]
        since, more, pages = page.next, page.more, pages + 1
    assert found == [f"bed:P034-{n:02}" for n in range(7)]
    assert pages == 3
    again = await read(house, since)
    assert (again.items, again.next, again.more) == ([], since, False)


async def test_who_may_see_little_goes_on_past_what_is_not_theirs(house: House, owe: Owe) -> None:
    await owe(*(Event("message_stored", f"inbox:{n}") for n in range(1100)), Event("bed_ready", "bed:P034-01"))
    first = await read(house)
    assert (first.items, first.more) == ([], True)
    assert kinds(await read(house, first.next)) == ["bed_ready"]


async def test_now_begins_from_now(house: House, owe: Owe) -> None:
    empty = await read(house, "now")
    await owe(Event("bed_ready", "bed:P034-01"))
    now = await read(house, "now")
    await owe(Event("bed_ready", "bed:P034-02"))
    assert [one.subject for one in (await read(house, now.next)).items] == ["bed:P034-02"]
    assert len((await read(house, empty.next)).items) == 2


async def test_a_cursor_never_passes_what_commits_late(
    house: House, owe: Owe, owner: "asyncpg.Connection[asyncpg.Record]", now: datetime
) -> None:
    """Its number is given first, and it commits last: it is read when it is there, after all that was read before."""
    async with owner.transaction():
        await owner.execute("insert into event (at, kind, subject) values ($1, 'late', 'bed:P034-01')", now)
        await owe(Event("early", "bed:P034-02"))
        before = await read(house)
    assert before.items == []
    after = await read(house, before.next)
    assert sorted(kinds(after)) == ["early", "late"]


async def test_after_a_restore_a_place_of_before_is_said_to_be_gone(
    house: House, owe: Owe, owner: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await owe(Event("bed_ready", "bed:P034-01"))
    page = await read(house)
    await owner.execute(FORGET_TRANSACTIONS)
    with pytest.raises(Outdated, match="from the beginning"):
        await read(house, page.next)
    assert kinds(await read(house)) == ["bed_ready"]


@pytest.mark.parametrize("since", ["yesterday", "MTIz", "", "é", "MS4yLjM", "9" * 200])
async def test_a_since_that_is_none_of_ours_is_refused_in_words(house: House, since: str) -> None:
    with pytest.raises(Invalid, match="as it came"):
        await read(house, since)
