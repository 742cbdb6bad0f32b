"""Keeping premises: all of one in one act."""

from datetime import date
from uuid import uuid4

import pytest
from msgspec import structs

from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.premises.keep import KeepRoom, keep_premises
from bedspace.premises.read import list_characteristics, list_premises, show_premises
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import Pool
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from tests.premises.making import keep, premises

TODAY = date(2026, 11, 22)


async def test_what_is_kept_is_what_is_shown(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [["en_suite", "step_free"], []], offers=["catered"], beds=2))
    shown = await show_premises(pool, "AP1", TODAY)
    assert (shown.name, shown.beds, shown.characteristics, shown.invented) == (
        "Example House AP1",
        4,
        ["catered"],
        True,
    )
    assert [(room.name, room.characteristics, [bed.code for bed in room.beds]) for room in shown.rooms] == [
        ("Room 1", ["en_suite", "step_free"], ["AP1-1a", "AP1-1b"]),
        ("Room 2", [], ["AP1-2a", "AP1-2b"]),
    ]


async def test_keeping_the_same_again_changes_nothing(house: House, pool: Pool) -> None:
    command = premises("AP1", [["en_suite"], []], offers=["catered"])
    await keep(house, command)
    before = await show_premises(pool, "AP1", TODAY)
    assert (await keep(house, command)).closed == []
    assert await show_premises(pool, "AP1", TODAY) == before


async def test_a_bed_that_is_no_longer_named_closes_today_and_opens_again_when_it_is(house: House, pool: Pool) -> None:
    both = premises("AP1", [["en_suite"], []])
    await keep(house, both)
    kept = await keep(house, structs.replace(both, rooms=both.rooms[:1]))
    assert kept.closed == ["AP1-2"]
    assert (await show_premises(pool, "AP1", TODAY)).beds == 1
    await keep(house, both)
    assert (await show_premises(pool, "AP1", TODAY)).rooms[1].beds[0].closes is None


async def test_a_bed_that_is_still_claimed_is_not_closed(house: House) -> None:
    both = premises("AP1", [[], []])
    await keep(house, both)
    stay = PlaceClaim(bed="AP1-2", kind="stay", from_=TODAY, nights=3, person=uuid4())
    await act(house, OPERATOR, place_claim, stay)
    with pytest.raises(Conflict, match="AP1-2: still claimed after 22 November 2026"):
        await keep(house, structs.replace(both, rooms=both.rooms[:1]))


async def test_a_bed_moves_to_another_room_and_the_empty_room_goes(house: House, pool: Pool) -> None:
    both = premises("AP1", [["en_suite"], []])
    await keep(house, both)
    moved = KeepRoom(name="Room 1", characteristics=["en_suite"], beds=["AP1-1", "AP1-2"])
    await keep(house, structs.replace(both, rooms=[moved]))
    rooms = (await show_premises(pool, "AP1", TODAY)).rooms
    assert [(room.name, len(room.beds)) for room in rooms] == [("Room 1", 2)]


async def test_an_unknown_characteristic_is_named_with_its_place(house: House) -> None:
    with pytest.raises(Invalid, match=r"rooms: Room 2: There is no characteristic jacuzzi of a room") as caught:
        await keep(house, premises("AP1", [[], ["jacuzzi"]], offers=["en_suite"]))
    assert [fault.field for fault in caught.value.faults] == ["characteristics", "rooms: Room 2"]


async def test_a_code_named_twice_is_refused(house: House) -> None:
    command = premises("AP1", [[], []])
    twice = structs.replace(command, rooms=[command.rooms[0], structs.replace(command.rooms[1], beds=["AP1-1"])])
    with pytest.raises(Invalid, match="AP1-1 is named more than once"):
        await keep(house, twice)


async def test_a_bed_of_other_premises_is_not_taken_over(house: House) -> None:
    await keep(house, premises("AP1"))
    command = premises("AP2")
    theirs = structs.replace(command, rooms=[structs.replace(command.rooms[0], beds=["AP1-1"])])
    with pytest.raises(Conflict, match="AP1-1: other premises have a bed with this code"):
        await keep(house, theirs)


async def test_premises_are_listed_by_code_in_pages(house: House, pool: Pool) -> None:
    for code in ("AP3", "AP1", "AP2"):
        await keep(house, premises(code))
    first = await list_premises(pool, TODAY, limit=2)
    assert ([item.code for item in first.items], first.next) == (["AP1", "AP2"], "AP2")
    second = await list_premises(pool, TODAY, limit=2, cursor=first.next or "")
    assert ([item.code for item in second.items], second.next) == (["AP3"], None)


async def test_premises_that_are_not_there_say_where_they_are_listed(pool: Pool) -> None:
    with pytest.raises(NotThere, match="GET /api/v1/premises"):
        await show_premises(pool, "AP9", TODAY)


async def test_the_characteristics_include_every_need_that_outsiders_rely_on(pool: Pool) -> None:
    listed = {item.code: item.scope for item in await list_characteristics(pool, TODAY)}
    rooms = "step_free wheelchair en_suite single_room ground_floor arson_suitable sexual_offence_suitable"
    assert {listed[code] for code in rooms.split()} == {"room"}
    assert {listed[code] for code in ("catered", "pipe", "esap", "rfap", "mhap")} == {"premises"}


async def test_a_retired_characteristic_is_neither_listed_nor_given(house: House, pool: Pool) -> None:
    await pool.execute("update characteristic set valid = daterange('2021-06-26', '2026-11-01') where code = 'lift'")
    assert "lift" not in {item.code for item in await list_characteristics(pool, TODAY)}
    with pytest.raises(Invalid, match="no characteristic lift"):
        await keep(house, premises("AP1", offers=["lift"]))


async def test_only_administrators_and_operators_keep_premises(house: House) -> None:
    prison = Actor(id="prison-1", name="Pat Invented", role="prison_staff")
    with pytest.raises(NotAllowed):
        await act(house, prison, keep_premises, premises("AP1"))
