"""Overbooking is an explicit act: a temporary bed, with the role that allowed it, the reason, and its end."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from msgspec import structs

from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.nights import london_today
from bedspace.premises.overbook import change_overbooking, list_overbookings, overbook
from bedspace.premises.read import show_premises
from bedspace.search.ask import Ask
from bedspace.search.load import load
from bedspace.search.sql_form import walk
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import Pool
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.overbooking import ChangeOverbooking, ListOverbookings, Overbook, TemporaryBed
from tests.premises.making import keep, premises

MANAGER = Actor(id="manager-1", name="Alex Invented", role="premises_manager", premises=("AP1",))
TODAY = date(2026, 11, 22)
MORE = Overbook(
    premises="AP1", from_=TODAY, until=TODAY + timedelta(days=3), reason="recall_avoided", note="Agreed by telephone"
)


@pytest.fixture(autouse=True)
async def two_premises(house: House) -> None:
    await keep(house, premises("AP1"))
    await keep(house, premises("AP2"))


async def more(house: House, actor: Actor = MANAGER, **changes: Any) -> TemporaryBed:
    return await act(house, actor, overbook, structs.replace(MORE, **changes))


async def booked(house: House, bed: str, nights: int) -> None:
    claim = PlaceClaim(bed=bed, kind="stay", from_=TODAY, nights=nights, person=uuid4())
    await act(house, OPERATOR, place_claim, claim)


async def test_a_temporary_bed_says_who_allowed_it_in_which_role_why_and_until_when(house: House, pool: Pool) -> None:
    bed = await more(house)
    assert (bed.bed, bed.room, bed.from_, bed.until) == ("AP1-T1", "Temporary beds", TODAY, date(2026, 11, 25))
    assert (bed.allowed_role, bed.allowed_by, bed.note) == ("premises_manager", "manager-1", "Agreed by telephone")
    assert bed.reason_name == "It avoids a recall"
    assert (await more(house, room="Room 1")).bed == "AP1-T2"
    body = await pool.fetchval("select body from event where kind = 'bed_overbooked' order by id limit 1")
    assert body["role"] == "premises_manager"
    listed = await act(house, MANAGER, list_overbookings, ListOverbookings(premises="AP1"))
    assert [one.bed for one in listed] == ["AP1-T1", "AP1-T2"]


async def test_no_search_offers_it_and_no_capacity_counts_it(house: House, pool: Pool) -> None:
    await booked(house, "AP1-1", 30)
    await more(house)
    ask = Ask(first=TODAY, nights=1, lat=53.8, lon=-1.5, gender="male", needs=(), zones=(), limit=9)
    assert [found.code for found in await walk(pool, ask, house.now())] == ["AP2"]
    async with pool.acquire() as connection:
        snapshot, _ = await load(connection, london_today(house.now()), house.now())
        assert [bed.code for row in snapshot.shape.beds for bed in row] == ["AP1-1", "AP2-1"]
        shown = await show_premises(connection, "AP1", TODAY)
    assert shown.beds == 1
    assert [bed.temporary for room in shown.rooms for bed in room.beds] == [False, True]


async def test_it_takes_one_claim_a_night_and_only_until_its_end(house: House) -> None:
    await more(house)
    with pytest.raises(Invalid, match="closes on 25 November 2026"):
        await booked(house, "AP1-T1", 4)
    await booked(house, "AP1-T1", 3)


async def test_its_end_moves_and_whoever_says_so_has_allowed_it(house: House) -> None:
    await more(house)
    later = ChangeOverbooking(bed="AP1-T1", until=TODAY + timedelta(days=9))
    assert (await act(house, OPERATOR, change_overbooking, later)).allowed_role == "operator"
    await booked(house, "AP1-T1", 5)
    with pytest.raises(Conflict, match="claimed until 27 November 2026"):
        await act(house, MANAGER, change_overbooking, ChangeOverbooking(bed="AP1-T1", until=TODAY))
    ended = await act(house, MANAGER, change_overbooking, structs.replace(later, until=TODAY + timedelta(days=5)))
    assert ended.until == date(2026, 11, 27)


async def test_one_that_has_not_begun_can_be_taken_back(house: House) -> None:
    await more(house)
    await act(house, MANAGER, change_overbooking, ChangeOverbooking(bed="AP1-T1", until=TODAY))
    assert await act(house, MANAGER, list_overbookings, ListOverbookings(premises="AP1")) == []


async def test_two_at_the_same_moment_are_two_beds(house: House) -> None:
    beds = await asyncio.gather(*(more(house) for _ in range(5)))
    assert sorted(bed.bed for bed in beds) == [f"AP1-T{n}" for n in range(1, 6)]


async def test_a_manager_overbooks_their_own_premises_and_staff_none(house: House) -> None:
    with pytest.raises(NotThere, match="no premises AP2 whose beds you keep"):
        await more(house, premises="AP2")
    with pytest.raises(NotThere):
        await act(house, MANAGER, list_overbookings, ListOverbookings(premises="AP2"))
    with pytest.raises(NotAllowed):
        await more(house, structs.replace(MANAGER, role="premises_staff"))
    await more(house, OPERATOR, premises="AP2")
    with pytest.raises(NotThere, match="no temporary bed"):
        await act(house, MANAGER, change_overbooking, ChangeOverbooking(bed="AP2-T1", until=TODAY))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until": TODAY}, "must be after 22 November 2026"),
        ({"from_": TODAY - timedelta(days=1)}, "is in the past"),
        ({"until": TODAY + timedelta(days=29)}, "28 nights at most. Give 20 December 2026"),
        ({"reason": "full"}, "There is no reason “full”"),
        ({"note": ""}, "wants a note"),
        ({"room": "Room 9"}, "no room “Room 9”"),
    ],
)
async def test_what_cannot_be_is_refused_in_words(house: House, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        await more(house, **changes)


async def test_keeping_the_premises_leaves_temporary_beds_alone(house: House) -> None:
    await more(house)
    kept = await keep(house, premises("AP1"))
    assert kept.closed == []
