"""Freshness: staff confirm what the register says, and it is known what nobody has confirmed."""

from datetime import date, timedelta

import pytest

from bedspace.premises.confirm import confirm_bed, confirm_beds, report_bed
from bedspace.premises.read import list_unconfirmed, show_premises
from gateway.access.act import House, act
from gateway.access.actors import Actor
from gateway.store.database import Pool
from schemas.errors import NotThere
from schemas.keeping import ConfirmBed, ConfirmBeds, ReportBed
from tests.premises.making import keep, premises

TODAY = date(2026, 11, 22)
STAFF = Actor(id="staff", name="Jo Invented", role="premises_staff", premises=("AP1",))
PRISON = Actor(id="prison", name="Pat Invented", role="prison_staff")


async def confirmed(pool: Pool, code: str = "AP1") -> list[str]:
    rooms = (await show_premises(pool, code, TODAY)).rooms
    return [bed.code for room in rooms for bed in room.beds if bed.confirmed_by == "staff"]


async def test_one_call_confirms_a_bed_a_room_or_the_whole_premises(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []], beds=2))
    assert (await act(house, STAFF, confirm_bed, ConfirmBed(bed="AP1-1a"))).beds == 1
    assert await confirmed(pool) == ["AP1-1a"]
    assert (await act(house, STAFF, confirm_beds, ConfirmBeds(code="AP1", room="Room 2"))).beds == 2
    assert await confirmed(pool) == ["AP1-1a", "AP1-2a", "AP1-2b"]
    assert (await act(house, STAFF, confirm_beds, ConfirmBeds(code="AP1"))).beds == 4


async def test_nobody_confirms_the_premises_of_others_or_what_is_not_there(house: House) -> None:
    await keep(house, premises("AP1"))
    await keep(house, premises("AP2"))
    for verb, command in (
        (confirm_beds, ConfirmBeds(code="AP2")),
        (confirm_beds, ConfirmBeds(code="AP1", room="Room 9")),
        (confirm_bed, ConfirmBed(bed="AP2-1")),
        (confirm_bed, ConfirmBed(bed="AP9-1")),
    ):
        with pytest.raises(NotThere):
            await act(house, STAFF, verb, command)  # type: ignore[arg-type]  # each with its own


async def test_the_daily_list_counts_the_nation_and_names_the_beds(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []]))
    await keep(house, premises("AP2", [[], [], []]))
    await act(house, STAFF, confirm_bed, ConfirmBed(bed="AP1-1"))
    first = await list_unconfirmed(pool, TODAY, limit=1)
    assert (first.beds, first.of, first.next) == (4, 5, "AP1")
    assert (first.items[0].unconfirmed, first.items[0].oldest) == (["AP1-2"], None)
    second = await list_unconfirmed(pool, TODAY, limit=1, cursor=first.next or "")
    assert (second.items[0].code, second.next) == ("AP2", None)
    assert (await list_unconfirmed(pool, TODAY, region="N55")).of == 0


async def test_yesterday_s_confirmation_is_fresh_and_one_of_the_day_before_is_not(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1"))
    await act(house, STAFF, confirm_beds, ConfirmBeds(code="AP1"))
    ages = [(await list_unconfirmed(pool, TODAY + timedelta(days=n))).beds for n in (0, 1, 2)]
    assert ages == [0, 0, 1]
    assert (await list_unconfirmed(pool, TODAY + timedelta(days=2), days=2)).beds == 0
    assert (await list_unconfirmed(pool, TODAY + timedelta(days=2))).items[0].oldest == house.now()


async def test_who_finds_that_a_bed_is_not_so_says_it_and_the_staff_settle_it(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []]))
    await act(house, PRISON, report_bed, ReportBed(bed="AP1-1", said="There is a step to the door"))
    assert [bed.reports for room in (await show_premises(pool, "AP1", TODAY)).rooms for bed in room.beds] == [1, 0]
    await act(house, STAFF, confirm_beds, ConfirmBeds(code="AP1"))
    assert (await show_premises(pool, "AP1", TODAY)).rooms[0].beds[0].reports == 0
    assert await pool.fetchval("select settled_by from bed_report") == "staff"
    with pytest.raises(NotThere, match="no bed AP9-1"):
        await act(house, PRISON, report_bed, ReportBed(bed="AP9-1", said="x"))
