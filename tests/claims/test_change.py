"""What verbs do to live claims."""

from uuid import uuid4

import pytest

from bedspace.claims.change import become_stay, change_nights, claims_of_placement, end_claim, lock_beds
from gateway.access.act import House
from gateway.store.database import Pool
from schemas.errors import Conflict, Invalid, NightsClaimed, NotThere
from tests.claims.placing import claimed, day, ended, on_bed, within
from tests.premises.making import keep, premises


@pytest.fixture(autouse=True)
async def two_beds(house: House) -> None:
    await keep(house, premises("AP1", [[], []]))


async def test_a_stay_that_ends_keeps_the_nights_that_were_slept(house: House, pool: Pool) -> None:
    stay = await claimed(house, "stay", -10, 20)
    gone = await within(house, end_claim, stay, how="departed", until=day(0))
    assert (gone.first, gone.end, gone.bed, gone.premises) == (day(-10), day(20), "AP1-1", "AP1")
    assert await on_bed(pool) == []
    assert await ended(pool) == [("stay", "departed", -10, 0)]


async def test_who_leaves_on_the_day_of_arrival_slept_no_night(house: House, pool: Pool) -> None:
    stay = await claimed(house, "stay", 0, 20)
    await within(house, end_claim, stay, how="departed", until=day(0))
    assert await ended(pool) == [("stay", "departed", None, None)]


async def test_ending_twice_is_harmless(house: House, pool: Pool) -> None:
    booking = await claimed(house, "booking", 3, 9)
    assert await within(house, end_claim, booking, how="cancelled") is not None
    assert await within(house, end_claim, booking, how="not_arrived") is None
    assert await ended(pool) == [("booking", "cancelled", 3, 9)]


async def test_a_claim_has_other_nights_under_the_same_id(house: House, pool: Pool) -> None:
    booking = await claimed(house, "booking", 3, 9)
    held, _ = await within(house, change_nights, booking, day(1), day(12))
    assert (held.id, held.first, held.end) == (booking, day(1), day(12))
    assert await on_bed(pool) == [("booking", 1, 12)]
    assert await pool.fetchval("select during from presence") == await pool.fetchval("select during from bed_claim")


async def test_exactly_the_nights_in_the_way_are_named(house: House, pool: Pool) -> None:
    booking = await claimed(house, "booking", 3, 9)
    await claimed(house, "booking", 10, 12)
    await claimed(house, "booking", 13, 20)
    with pytest.raises(NightsClaimed) as refused:
        await within(house, change_nights, booking, day(5), day(15))
    assert refused.value.nights == [day(10), day(11), day(13), day(14)]
    assert await on_bed(pool) == [("booking", 3, 9), ("booking", 10, 12), ("booking", 13, 20)]


async def test_nights_on_which_the_bed_is_not_open_are_refused_and_fewer_nights_never(house: House, pool: Pool) -> None:
    booking = await claimed(house, "booking", 3, 9)
    await pool.execute("update bed set open = daterange('2026-11-26', '2026-11-30') where code = 'AP1-1'")
    with pytest.raises(Invalid, match="opens on 26 November 2026"):
        await within(house, change_nights, booking, day(2), day(8))
    with pytest.raises(Invalid, match="closes on 30 November 2026"):
        await within(house, change_nights, booking, day(4), day(10))
    await within(house, change_nights, booking, day(3), day(7))
    with pytest.raises(Invalid, match="later than the first night"):
        await within(house, change_nights, booking, day(3), day(3))


async def test_nobody_gets_a_second_bed_by_other_nights(house: House) -> None:
    sam = uuid4()
    booking = await claimed(house, "booking", 3, 9, person=sam)
    await claimed(house, "booking", 9, 12, bed="AP1-2", person=sam)
    with pytest.raises(Conflict, match="already has a bed"):
        await within(house, change_nights, booking, day(3), day(10))


async def test_what_is_over_cannot_be_changed(house: House) -> None:
    with pytest.raises(NotThere, match="is over, or never was"):
        await within(house, change_nights, 99, day(3), day(10))


async def test_a_hold_whose_time_is_over_is_in_nobodys_way(house: House, pool: Pool) -> None:
    booking = await claimed(house, "booking", 3, 9)
    await pool.execute(
        "insert into bed_claim (bed_id, kind, during, expires_at, placed_by, placed_at) "
        "select bed_id, 'hold', '[2026-12-01,2026-12-05)', '2026-11-22T10:00Z', 'x', '2026-11-22T06:00Z' from bed_claim"
    )
    _, lapsed = await within(house, change_nights, booking, day(3), day(12))
    assert [event.kind for event in lapsed] == ["hold_lapsed"]


async def test_a_booking_becomes_a_stay_from_its_actual_first_night(house: House, pool: Pool) -> None:
    booking = await claimed(house, "booking", 3, 9)
    held, _ = await within(house, become_stay, booking, day(1))
    assert (held.id, held.kind) == (booking, "stay")
    assert await on_bed(pool) == [("stay", 1, 9)]
    later = await claimed(house, "booking", 3, 9, bed="AP1-2")
    await within(house, become_stay, later, day(9), end=day(11))
    assert await on_bed(pool, "AP1-2") == [("stay", 9, 11)]


async def test_who_comes_before_the_bed_is_free_is_told_the_nights(house: House) -> None:
    await claimed(house, "stay", -3, 3)
    booking = await claimed(house, "booking", 3, 9)
    with pytest.raises(NightsClaimed) as refused:
        await within(house, become_stay, booking, day(2))
    assert refused.value.nights == [day(2)]


async def test_the_claims_of_a_placement_are_found(house: House, pool: Pool) -> None:
    booking = await claimed(house, "booking", 3, 9)
    placement = await pool.fetchval("select placement_id from bed_claim")

    async def read(tx: object, now: object) -> object:
        return await claims_of_placement(tx, placement)  # type: ignore[arg-type]  # a connection

    (held,) = await within(house, read)
    assert (held.id, held.placement, held.kind) == (booking, placement, "booking")


async def test_beds_are_locked_by_code_claim_and_placement_and_an_unknown_one_is_named(
    house: House, pool: Pool
) -> None:
    booking = await claimed(house, "booking", 3, 9)
    placement = await pool.fetchval("select placement_id from bed_claim")
    locked, _ = await within(house, lock_beds, beds=["AP1-2"], claims=[booking], placements=[placement])
    assert sorted(locked) == ["AP1-1", "AP1-2"]
    with pytest.raises(NotThere, match="no bed AP9-9"):
        await within(house, lock_beds, beds=["AP9-9"])
