"""Stays that go on past their end."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bedspace.claims.change import end_claim
from bedspace.claims.out_of_service import take_out_of_service
from bedspace.claims.outages import read_outage
from bedspace.claims.overdue import lengthen_stay
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.store.database import Pool
from gateway.worker.ticks import lengthen
from schemas.outages import ReadOutage, TakeOutOfService
from schemas.stays import LengthenStay
from tests.claims.placing import claimed, day, ended, on_bed, rests, seen, within
from tests.premises.making import keep, premises


def at(house: House, days: int, hour: int, minute: int = 0) -> House:
    """The same house on another day: the hour is London's in winter."""
    moment = datetime(2026, 11, 22, hour, minute, tzinfo=UTC) + timedelta(days=days)
    return House(pool=house.pool, now=lambda: moment)


@pytest.fixture(autouse=True)
async def three_beds(house: House) -> None:
    await keep(house, premises("AP1", [[], [], []]))


async def state(pool: Pool, person: UUID) -> str:
    return str(await seen(pool, "select state from placement where person_id = $1", person))


async def events(pool: Pool, kind: str) -> list[dict[str, object]]:
    return [row["body"] for row in await pool.fetch("select body from event where kind = $1 order by id", kind)]


async def test_from_the_hour_when_people_leave_a_stay_without_a_departure_has_one_more_night(
    house: House, pool: Pool
) -> None:
    await claimed(house, "stay", -5, 1)
    assert await lengthen(at(house, 0, 23)) == 0
    assert await lengthen(at(house, 1, 11, 59)) == 0
    assert await on_bed(pool) == [("stay", -5, 1)]
    assert await lengthen(at(house, 1, 12)) == 1
    assert await on_bed(pool) == [("stay", -5, 2)]
    assert await events(pool, "stay_lengthened") == [{"bed": "AP1-1", "until": "2026-11-24"}]


async def test_the_hour_is_that_of_the_premises_in_london(house: House, pool: Pool) -> None:
    await pool.execute("update premises set depart_by = '10:30'")
    await claimed(house, "stay", -5, 1)
    assert await lengthen(at(house, 1, 10, 29)) == 0
    assert await lengthen(at(house, 1, 10, 30)) == 1


async def test_each_day_again_and_never_twice_a_day(house: House, pool: Pool) -> None:
    await claimed(house, "stay", -5, 1)
    assert [await lengthen(at(house, n, 13)) for n in (1, 1, 2, 3, 3)] == [1, 0, 1, 1, 0]
    assert await on_bed(pool) == [("stay", -5, 4)]


async def test_a_worker_that_was_away_for_days_catches_up_at_once(house: House, pool: Pool) -> None:
    await claimed(house, "stay", -9, -4)
    assert await lengthen(at(house, 0, 8)) == 1
    assert await on_bed(pool) == [("stay", -9, 0)]
    assert await lengthen(at(house, 0, 12)) == 1
    assert await on_bed(pool) == [("stay", -9, 1)]


async def test_a_booking_in_the_way_is_displaced_waits_and_people_are_told(house: House, pool: Pool) -> None:
    alex = uuid4()
    await claimed(house, "stay", -5, 1)
    booking = await claimed(house, "booking", 1, 20, person=alex)
    await lengthen(at(house, 1, 12))
    assert await on_bed(pool) == [("stay", -5, 2)]
    assert await ended(pool) == [("booking", "displaced", 1, 20)]
    assert await state(pool, alex) == "displaced"
    placement = await seen(pool, "select id from placement where person_id = $1", alex)
    waits = await seen(pool, "select array[waiting_since, waiting_until] from placement where id = $1", placement)
    assert waits == [at(house, 1, 12).now(), datetime(2026, 12, 12, tzinfo=UTC)]
    assert await seen(
        pool, "select kind || ' ' || by_whom from placement_history where placement_id = $1", placement
    ) == ("displaced gateway")
    assert await pool.fetchval("select subject from event where kind = 'booking_displaced'") == f"placement:{placement}"
    assert await events(pool, "booking_displaced") == [
        {"bed": "AP1-1", "premises": "AP1", "claim": booking, "from": "2026-11-23", "tell": []}
    ]


async def test_a_booking_of_a_later_day_is_in_no_way_until_that_day(house: House, pool: Pool) -> None:
    alex = uuid4()
    await claimed(house, "stay", -5, 1)
    await claimed(house, "booking", 2, 20, person=alex)
    await lengthen(at(house, 1, 12))
    assert await state(pool, alex) == "booked"
    await lengthen(at(house, 2, 12))
    assert await state(pool, alex) == "displaced"


async def test_turnaround_moves_and_shrinks_before_anybody_is_displaced(house: House, pool: Pool) -> None:
    await rests(pool, 2)
    await claimed(house, "stay", -5, 1)
    await claimed(house, "booking", 4, 9)
    seen_: list[object] = []
    for n in (1, 2, 3):
        await lengthen(at(house, n, 12))
        seen_.append((await on_bed(pool))[:2])
    assert seen_ == [
        [("stay", -5, 2), ("turnaround", 2, 4)],
        [("stay", -5, 3), ("turnaround", 3, 4)],
        [("stay", -5, 4), ("booking", 4, 9)],
    ]


async def test_a_hold_in_the_way_ends(house: House, pool: Pool) -> None:
    await claimed(house, "stay", -5, 1)
    await pool.execute(
        "insert into bed_claim (bed_id, kind, during, expires_at, placed_by, placed_at) select id, 'hold', "
        "daterange($1, $2), '2026-11-24T00:00Z', 'x', now() from bed where code = 'AP1-1'",
        day(1),
        day(9),
    )
    await lengthen(at(house, 1, 12))
    assert await on_bed(pool) == [("stay", -5, 2)]
    assert await events(pool, "hold_ended") == [{"bed": "AP1-1", "why": "stay_went_on"}]


async def test_a_bed_out_of_service_begins_later_by_a_revision_and_falls_away_at_last(house: House, pool: Pool) -> None:
    await claimed(house, "stay", -5, 1)
    out = TakeOutOfService(bed="AP1-1", from_=day(1), until=day(3), reason="deep_clean")
    number = (await act(house, OPERATOR, take_out_of_service, out)).id
    await lengthen(at(house, 1, 12))
    assert await on_bed(pool) == [("stay", -5, 2), ("out_of_service", 2, 3)]
    record = await act(house, OPERATOR, read_outage, ReadOutage(id=number))
    assert (record.revisions[0].n, record.from_, record.revisions[0].by) == (2, day(2), "gateway")
    assert "The stay before it went on." in record.note
    await lengthen(at(house, 2, 12))
    assert (await act(house, OPERATOR, read_outage, ReadOutage(id=number))).state == "cancelled"
    assert await on_bed(pool) == [("stay", -5, 3)]


async def test_who_is_booked_elsewhere_comes_there_later(house: House, pool: Pool) -> None:
    sam = uuid4()
    await claimed(house, "stay", -5, 1, person=sam)
    await claimed(house, "booking", 1, 3, bed="AP1-2", person=sam)
    await lengthen(at(house, 1, 12))
    assert (await on_bed(pool), await on_bed(pool, "AP1-2")) == ([("stay", -5, 2)], [("booking", 2, 3)])
    arrives = "select arrives_on from placement where person_id = $1 and state = 'booked'"
    assert await seen(pool, arrives, sam) == day(2)
    await lengthen(at(house, 2, 12))
    assert (await on_bed(pool), await on_bed(pool, "AP1-2")) == ([("stay", -5, 3)], [])


async def test_who_has_arrived_elsewhere_or_whose_bed_has_the_next_resident_is_left_alone(
    house: House, pool: Pool
) -> None:
    sam = uuid4()
    await claimed(house, "stay", -5, 0, person=sam)
    await claimed(house, "stay", 0, 9, bed="AP1-2", person=sam)
    await claimed(house, "stay", -5, 0, bed="AP1-3")
    await claimed(house, "stay", 0, 9, bed="AP1-3")
    assert await lengthen(at(house, 0, 13)) == 0
    assert await on_bed(pool) == [("stay", -5, 0)]


async def test_a_bed_that_has_closed_is_taken_as_long_as_somebody_sleeps_there(house: House, pool: Pool) -> None:
    await claimed(house, "stay", -5, 1)
    await pool.execute("update bed set open = daterange('2021-06-26', $1) where code = 'AP1-1'", day(1))
    await lengthen(at(house, 1, 12))
    assert await on_bed(pool) == [("stay", -5, 2)]


async def test_two_workers_and_a_departure_at_the_same_moment_do_no_harm(house: House, pool: Pool) -> None:
    stay = await claimed(house, "stay", -5, 1)
    other = await claimed(house, "stay", -5, 1, bed="AP1-2")
    noon = at(house, 1, 12)
    await asyncio.gather(
        *(act(noon, GATEWAY, lengthen_stay, LengthenStay(claim=claim)) for claim in (stay, stay, other, other)),
        within(noon, end_claim, stay, how="departed", until=day(1)),
    )
    assert await on_bed(pool) == []
    assert ("stay", "departed", -5, 1) in await ended(pool)
    assert await on_bed(pool, "AP1-2") == [("stay", -5, 2)]
    assert len([body for body in await events(pool, "stay_lengthened") if body["bed"] == "AP1-2"]) == 1


async def test_a_stay_that_is_over_is_left_alone(house: House) -> None:
    assert (await act(house, GATEWAY, lengthen_stay, LengthenStay(claim=99))).until is None
