"""Turnaround: the nights that a bed rests behind a booking or a stay."""

from uuid import uuid4

import pytest
from msgspec import structs

from bedspace.claims.change import become_stay, change_nights, end_claim
from bedspace.claims.ready import mark_ready
from bedspace.claims.several import PlaceClaims, place_claims
from bedspace.claims.stays import PlaceClaim
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from schemas.claims import MarkReady
from schemas.errors import NightsClaimed, NotThere
from tests.claims.conftest import STAFF
from tests.claims.placing import claimed, day, ended, on_bed, rests, within
from tests.premises.making import keep, premises


@pytest.fixture(autouse=True)
async def a_bed_that_rests_two_nights(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1"))
    await rests(pool, 2)


async def test_the_bed_rests_behind_a_booking_from_the_moment_it_is_placed(house: House, pool: Pool) -> None:
    await claimed(house, "booking", 3, 9)
    assert await on_bed(pool) == [("booking", 3, 9), ("turnaround", 9, 11)]
    with pytest.raises(NightsClaimed) as refused:
        await claimed(house, "booking", 9, 15)
    assert refused.value.nights == [day(9), day(10)]
    await claimed(house, "booking", 11, 15)


async def test_it_gives_way_to_what_is_there_already_and_to_the_day_the_bed_closes(house: House, pool: Pool) -> None:
    await claimed(house, "booking", 10, 15)
    await claimed(house, "booking", 3, 9)
    assert await on_bed(pool) == [("booking", 3, 9), ("turnaround", 9, 10), ("booking", 10, 15), ("turnaround", 15, 17)]
    await claimed(house, "booking", 1, 3)
    assert (await on_bed(pool))[:2] == [("booking", 1, 3), ("booking", 3, 9)]
    await pool.execute("update bed set open = daterange('2021-06-26', '2026-12-20')")
    await claimed(house, "booking", 20, 27)
    assert (await on_bed(pool))[-1] == ("turnaround", 27, 28)


async def test_it_begins_on_the_day_of_departure(house: House, pool: Pool) -> None:
    stay = await claimed(house, "stay", -10, 20)
    await within(house, end_claim, stay, how="departed", until=day(0))
    assert await on_bed(pool) == [("turnaround", 0, 2)]
    assert ("turnaround", "ended", 20, 22) in await ended(pool)


async def test_it_goes_with_a_booking_that_is_cancelled(house: House, pool: Pool) -> None:
    booking = await claimed(house, "booking", 3, 9)
    await within(house, end_claim, booking, how="cancelled")
    assert await on_bed(pool) == []


async def test_it_moves_with_the_nights_and_is_in_no_way_of_its_own_booking(house: House, pool: Pool) -> None:
    booking = await claimed(house, "booking", 3, 9)
    await within(house, change_nights, booking, day(3), day(10))
    assert await on_bed(pool) == [("booking", 3, 10), ("turnaround", 10, 12)]
    await within(house, become_stay, booking, day(4))
    assert await on_bed(pool) == [("stay", 4, 10), ("turnaround", 10, 12)]


async def test_an_import_of_several_lets_the_beds_rest_too(house: House, pool: Pool) -> None:
    given = [
        PlaceClaim(bed="AP1-1", kind="turnaround", from_=day(5), nights=1),
        PlaceClaim(bed="AP1-1", kind="out_of_service", from_=day(10), nights=3, reason="x"),
        PlaceClaim(bed="AP1-1", kind="booking", from_=day(6), nights=3, person=uuid4()),
    ]
    await act(house, OPERATOR, place_claims, PlaceClaims(claims=given))
    assert await on_bed(pool) == [
        ("turnaround", 5, 6),
        ("booking", 6, 9),
        ("turnaround", 9, 10),
        ("out_of_service", 10, 13),
    ]


async def test_a_bed_that_is_made_is_free_again_and_saying_so_twice_is_harmless(house: House, pool: Pool) -> None:
    for end in (0, -1):
        stay = await claimed(house, "stay", -5, 5)
        await within(house, end_claim, stay, how="departed", until=day(end))
        for _ in range(2):
            await act(house, STAFF, mark_ready, MarkReady(bed="AP1-1"))
        assert await on_bed(pool) == ([] if end == 0 else [("turnaround", -1, 0)])
    with pytest.raises(NotThere, match="whose beds you keep"):
        await act(house, structs.replace(STAFF, premises=()), mark_ready, MarkReady(bed="AP1-1"))


async def test_a_bed_that_is_slept_in_is_left_alone(house: House, pool: Pool) -> None:
    await claimed(house, "stay", -5, 5)
    await act(house, STAFF, mark_ready, MarkReady(bed="AP1-1"))
    assert await on_bed(pool) == [("stay", -5, 5), ("turnaround", 5, 7)]
