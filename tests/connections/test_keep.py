"""A connection is data: kept only when all of it fits, paused and resumed without losing anything."""

from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.connections.health import FIRST, LONGEST, OPENS_AT, note_health
from gateway.connections.pause import pause_connection, resume_connection
from gateway.connections.read import list_connections
from gateway.store.database import Pool
from schemas.connections import ListConnections, NoteHealth, PauseConnection, ResumeConnection
from schemas.errors import Invalid, NotThere
from tests.connections.keeping import OFFICER, keep, shown


async def events(pool: Pool) -> list[str]:
    rows = await pool.fetch("select kind from event where kind like 'connection%' order by id")
    return [row["kind"] for row in rows]


async def test_a_connection_says_what_its_profile_says_where_it_says_nothing(house: House) -> None:
    assert (await keep(house)).new
    one = await shown(house)
    assert (one.way, one.records_temporary_moves, one.breaker, one.waiting) == ("planned", False, "closed", 0)
    await keep(house, profile="tracker", records_temporary_moves=False)
    assert ((await shown(house)).way, (await shown(house)).records_temporary_moves) == ("retrospective", False)


async def test_what_is_said_of_it_is_replaced_and_how_it_goes_stays(house: House) -> None:
    await keep(house)
    await act(house, OFFICER, pause_connection, PauseConnection(code="york-crams", why="They move house."))
    assert not (await keep(house, title="Another title")).new
    one = await shown(house)
    assert (one.title, one.paused_why, one.paused_by) == ("Another title", "They move house.", "officer-1")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"system": "telex"}, "system"),
        ({"profile": "york"}, "profile"),
        ({"channel": "pigeon"}, "channel"),
        ({"area": "N99XXX"}, "area"),
        ({"account": None}, "account"),
        ({"direction": "out", "trusted": False, "account": None}, "direction"),
        ({"direction": "out"}, "direction"),
        ({"settings": {"password": "secret"}}, "settings"),
        ({"codes": {"colour": {"X": "red"}}}, "codes.colour"),
        ({"codes": {"status": {"X": "gone"}}}, "codes.status.X"),
    ],
)
async def test_what_does_not_fit_is_named_and_nothing_is_kept(house: House, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as raised:
        await keep(house, **more)
    assert [fault.field for fault in raised.value.faults] == [field]
    with pytest.raises(NotThere):
        await shown(house)


async def test_mail_is_never_trusted_whoever_writes_the_row(pool: Pool, house: House) -> None:
    await keep(house)
    with pytest.raises(asyncpg.CheckViolationError, match="only_who_is_known_for_certain_is_trusted"):
        await pool.execute("update connection set channel = 'imap', account = null")


async def test_pausing_twice_keeps_the_first_reason_and_resuming_closes_the_breaker(house: House, pool: Pool) -> None:
    await keep(house)
    for why in ("First", "Second"):
        await act(house, OFFICER, pause_connection, PauseConnection(code="york-crams", why=why))
    assert (await shown(house)).paused_why == "First"
    await act(house, OFFICER, resume_connection, ResumeConnection(code="york-crams"))
    one = await shown(house)
    assert (one.paused_at, one.paused_why, one.failures) == (None, None, 0)
    with pytest.raises(NotThere):
        await act(house, OFFICER, pause_connection, PauseConnection(code="nobody", why="x"))


async def test_an_outage_is_one_event_at_its_beginning_and_one_at_its_end(
    house: House, pool: Pool, now: datetime
) -> None:
    await keep(house)
    fail = NoteHealth(code="york-crams", error="No answer.")
    for _ in range(OPENS_AT - 1):
        await act(house, GATEWAY, note_health, fail)
    assert ((await shown(house)).breaker, await events(pool)) == ("closed", ["connection_kept"])
    await act(house, GATEWAY, note_health, fail)
    one = await shown(house)
    assert (one.breaker, one.broken_until, one.last_error) == ("open", now + FIRST, "No answer.")
    for _ in range(20):
        await act(house, GATEWAY, note_health, fail)
    assert (await shown(house)).broken_until == now + LONGEST
    later = House(pool=pool, now=lambda: now + LONGEST + timedelta(seconds=1))
    assert (await shown(later)).breaker == "half_open"
    await act(house, GATEWAY, note_health, NoteHealth(code="york-crams"))
    assert (await shown(house)).breaker == "closed"
    assert await events(pool) == ["connection_kept", "connection_down", "connection_up"]


async def test_connections_are_listed_page_by_page_and_by_area(house: House) -> None:
    for code in ("a-first", "b-second", "c-third"):
        await keep(house, code=code, account=code, area="N55YRK" if code != "b-second" else "N55LEE")
    page = await act(house, OFFICER, list_connections, ListConnections(limit=2))
    assert ([one.code for one in page.items], page.next) == (["a-first", "b-second"], "b-second")
    rest = await act(house, OFFICER, list_connections, ListConnections(limit=2, cursor=page.next))
    assert ([one.code for one in rest.items], rest.next) == (["c-third"], None)
    of_leeds = await act(house, OFFICER, list_connections, ListConnections(area="N55LEE"))
    assert [one.code for one in of_leeds.items] == ["b-second"]
