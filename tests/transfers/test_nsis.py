"""NSIs: read, listed, confirmed; by those who may, and masked for those who may not."""

import asyncio
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.intake.read import read_inbox
from gateway.intake.settle import Settler
from gateway.people.keep import limit_access
from gateway.store.database import Pool
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.read import list_nsis, read_nsi
from gateway.transfers.status import record_status
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.inbox import ReadInbox
from schemas.nsis import ConfirmNsi, ListNsis, Nsi, NsiPage, ReadNsi, RecordStatus
from schemas.people import LimitAccess, Person
from tests.messages import HULL, LEEDS, YORK, draft, prepared, reading, settled


def later(house: House, days: int) -> House:
    return House(pool=house.pool, now=lambda: house.now() + timedelta(days=days))


def link_to(nsi: Nsi) -> Actor:
    return Actor(id="link", name="Whoever holds the link", role="sender_link", nsi=str(nsi.id))


async def read(house: House, actor: Actor, nsi: Nsi) -> Nsi:
    return await act(house, actor, read_nsi, ReadNsi(id=nsi.id))


async def test_both_ends_see_an_nsi_and_others_do_not(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    assert (await read(house, LEEDS, nsi)).person.name == "Robin Invented"
    assert (await read(house, YORK, nsi)).person.name == "Robin Invented"
    with pytest.raises(NotThere):
        await read(house, HULL, nsi)
    assert (await act(house, HULL, list_nsis, ListNsis())).items == []
    with pytest.raises(NotThere):
        await act(house, HULL, confirm_nsi, ConfirmNsi(id=nsi.id))


async def test_the_receiving_side_does_not_confirm_what_others_send(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    receiver = Actor(id="receiver", name="Alex Invented", role="practitioner", pdus=(nsi.receiving.pdu.code,))
    assert await read(house, receiver, nsi)
    with pytest.raises(NotAllowed, match="confirmed by those who send it"):
        await act(house, receiver, confirm_nsi, ConfirmNsi(id=nsi.id))


async def test_whoever_sent_the_message_sees_and_confirms_what_came_of_it(house: House, settler: Settler) -> None:
    elsewhere = Actor(id="area-7", name="An area's system", role="area_system")
    other = Actor(id="area-8", name="Another area's system", role="area_system")
    item = await settled(house, settler, reading(draft()), actor=elsewhere)
    nsi = await act(house, elsewhere, read_nsi, ReadNsi(id=item.nsi_ids[0]))
    with pytest.raises(NotThere):
        await act(house, other, confirm_nsi, ConfirmNsi(id=nsi.id))
    assert (await act(house, elsewhere, confirm_nsi, ConfirmNsi(id=nsi.id))).status == "raised"


async def test_the_holder_of_a_link_opens_and_confirms_its_one_nsi(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    other = await prepared(house, settler, name="Kit Example-Other", crn="X654321", noms=None, birth_date=None)
    assert (await read(house, link_to(nsi), nsi)).person.name == "Robin Invented"
    assert (await act(house, link_to(nsi), confirm_nsi, ConfirmNsi(id=nsi.id))).status == "raised"
    with pytest.raises(NotThere):
        await read(house, link_to(nsi), other)
    with pytest.raises(NotAllowed):
        await act(house, link_to(nsi), list_nsis, ListNsis())


async def test_confirming_raises_it_and_its_message(house: House, settler: Settler) -> None:
    item = await settled(house, settler, reading(draft()))
    nsi = await act(house, GATEWAY, read_nsi, ReadNsi(id=item.nsi_ids[0]))
    assert (await act(house, link_to(nsi), confirm_nsi, ConfirmNsi(id=nsi.id))).reference == nsi.reference
    confirmed = await read(house, LEEDS, nsi)
    assert confirmed.status == "raised"
    assert [(line.what, line.status) for line in confirmed.history if line.status] == [
        ("NSI prepared from the message, not yet confirmed by its sender", "prepared"),
        ("Confirmed by the sender", "raised"),
    ]
    assert (await act(house, OPERATOR, read_inbox, ReadInbox(id=item.inbox_id))).state == "raised"
    assert confirmed.responsible == nsi.responsible


async def test_a_message_of_two_is_raised_with_the_second(house: House, settler: Settler) -> None:
    other = draft(name="Kit Example-Other", crn="X654321", noms=None, birth_date=None)
    item = await settled(house, settler, reading(draft(), other))
    states = []
    for nsi in item.nsi_ids:
        await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi))
        states.append((await act(house, OPERATOR, read_inbox, ReadInbox(id=item.inbox_id))).state)
    assert states == ["prepared", "raised"]


async def test_confirming_twice_is_harmless(house: House, pool: Pool, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    answers = [await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id)) for _ in range(2)]
    assert answers[0] == answers[1]
    assert await pool.fetchval("select count(*) from event where kind = 'nsi_confirmed'") == 1
    assert len((await read(house, YORK, nsi)).history) == len(nsi.history) + 1


async def test_ten_confirmations_at_once_are_one(house: House, pool: Pool, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await asyncio.gather(*(act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id)) for _ in range(10)))
    assert await pool.fetchval("select count(*) from event where kind = 'nsi_confirmed'") == 1


async def test_the_twenty_days_count_from_the_confirmation(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    assert {clock.rule for clock in nsi.clocks} == {
        f"T-{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 19, 24)
    }
    assert next(clock.due for clock in nsi.clocks if clock.rule == "T-14") == date(2026, 12, 18)
    await act(later(house, 2), YORK, confirm_nsi, ConfirmNsi(id=nsi.id))
    confirmed = await read(later(house, 2), YORK, nsi)
    clocks = {clock.rule: clock for clock in confirmed.clocks}
    assert clocks["T-14"].due == date(2026, 12, 22)
    assert (clocks["T-02"].due, clocks["T-02"].met_on, clocks["T-02"].state) == (
        date(2026, 11, 24),
        date(2026, 11, 24),
        "met",
    )
    assert clocks["T-01"].state == "met"
    assert clocks["T-03"].state == "overdue"
    handover = next(action for action in confirmed.actions if "three-way" in action.title)
    assert handover.due == date(2026, 12, 22)


async def test_a_withdrawn_nsi_cannot_be_confirmed(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await act(house, YORK, record_status, RecordStatus(id=nsi.id, status="withdrawn"))
    with pytest.raises(Conflict, match="withdrawn"):
        await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id))


async def test_the_timeline_tells_every_step_from_the_message_on(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    assert [line.what for line in nsi.history][:3] == [
        "Message received",
        "NSI prepared from the message, not yet confirmed by its sender",
        "Routed: To the SPOC of Leeds (N55LEE), unconfirmed.",
    ]
    assert [line.what for line in nsi.history][3:] == [
        "Mail queued: To the SPOC who receives.",
        "Mail queued: To the sender, in reply.",
    ]
    assert {line.by for line in nsi.history} == {"gateway"}


async def test_reading_is_audited_with_the_person(house: House, pool: Pool, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await read(house, LEEDS, nsi)
    await act(house, LEEDS, list_nsis, ListNsis())
    rows = await pool.fetch("select action, persons from audit where actor = $1 order by id", LEEDS.id)
    assert [(row["action"], row["persons"]) for row in rows] == [
        ("nsi.read", [nsi.person.id]),
        ("nsi.list", [nsi.person.id]),
    ]


async def test_a_limited_access_person_is_masked_everywhere(house: House, pool: Pool, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id, allowed=(YORK.id,)))
    for actor in (LEEDS, OPERATOR, link_to(nsi)):
        masked = await read(house, actor, nsi)
        assert masked.person == Person(id=nsi.person.id, limited_access=True)
        assert (masked.address, masked.reason, masked.evidence) == (None, None, {})
    for actor in (LEEDS, OPERATOR):
        row = (await act(house, actor, list_nsis, ListNsis())).items[0]
        assert (row.name, row.crn, row.limited_access) == (None, None, True)
    assert (await pool.fetchval("select persons from audit where action = 'nsi.list' order by id desc")) == []


async def test_those_allowed_see_a_limited_access_person(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id, allowed=(YORK.id,)))
    seen = await read(house, YORK, nsi)
    assert (seen.person.name, seen.person.limited_access, seen.address) == ("Robin Invented", True, nsi.address)
    assert seen.evidence
    assert (await act(house, YORK, list_nsis, ListNsis())).items[0].name == "Robin Invented"


async def test_a_limited_access_person_is_still_recognised(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    again = await prepared(house, settler, type="temporary_move", until=date(2027, 1, 8))
    assert again.person.id == nsi.person.id


async def test_nobody_is_limited_who_is_not_there(house: House) -> None:
    with pytest.raises(NotThere):
        await act(house, OPERATOR, limit_access, LimitAccess(id=uuid4()))


async def some(house: House, settler: Settler, count: int, **facts: object) -> list[Nsi]:
    who = [
        {"name": f"Robin Invented-{chr(65 + n) * 5}", "crn": f"X{n:06}", "noms": None, "birth_date": None}
        for n in range(count)
    ]
    return [await prepared(house, settler, **(one | facts)) for one in who]


async def test_a_list_goes_on_where_its_page_ended_newest_first(house: House, settler: Settler) -> None:
    made = [nsi.id for nsi in await some(house, settler, 5)]
    seen, cursor = [], None
    while True:
        page: NsiPage = await act(house, LEEDS, list_nsis, ListNsis(limit=2, cursor=cursor))
        seen += [row.id for row in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == made[::-1]


@pytest.mark.parametrize("cursor", ["x", "-1", "1;", "9" * 30, ""])
async def test_a_cursor_that_is_not_ours_is_refused(house: House, cursor: str) -> None:
    with pytest.raises(Invalid, match="cursor"):
        await act(house, LEEDS, list_nsis, ListNsis(cursor=cursor))


async def test_a_list_of_the_overdue_holds_just_those(house: House, settler: Settler, now: datetime) -> None:
    old, new = await some(later(house, -7), settler, 1), await prepared(house, settler)
    overdue = (await act(house, OPERATOR, list_nsis, ListNsis(overdue=True))).items
    assert [(row.id, row.overdue, row.next_due) for row in overdue] == [(old[0].id, True, date(2026, 11, 15))]
    rows = (await act(house, OPERATOR, list_nsis, ListNsis())).items
    assert [(row.id, row.overdue) for row in rows] == [(new.id, False), (old[0].id, True)]


async def test_a_withdrawn_nsi_is_never_overdue(house: House, settler: Settler) -> None:
    nsi = await prepared(later(house, -7), settler)
    await act(house, YORK, record_status, RecordStatus(id=nsi.id, status="withdrawn"))
    assert (await act(house, OPERATOR, list_nsis, ListNsis(overdue=True))).items == []
    assert {clock.state for clock in (await read(house, YORK, nsi)).clocks} == {"met"}


async def test_a_list_is_of_either_end_and_of_a_status(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    for pdu, count in (("N55LEE", 1), ("N55YRK", 1), ("N55HER", 0)):
        assert len((await act(house, OPERATOR, list_nsis, ListNsis(pdu=pdu))).items) == count
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id))
    assert len((await act(house, OPERATOR, list_nsis, ListNsis(status="raised"))).items) == 1
    assert (await act(house, OPERATOR, list_nsis, ListNsis(status="prepared"))).items == []


async def test_an_nsi_that_is_not_there_is_not_there(house: House) -> None:
    with pytest.raises(NotThere, match="no such NSI"):
        await act(house, OPERATOR, read_nsi, ReadNsi(id=uuid4()))
