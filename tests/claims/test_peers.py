"""What goes wrong with bookings that people have today, and must not here."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from bedspace.claims.change import end_claim
from bedspace.claims.out_of_service import revise_outage, take_out_of_service
from bedspace.claims.outages import read_outage
from bedspace.premises.overbook import overbook
from bedspace.search.ask import Ask
from bedspace.search.load import load
from bedspace.search.search import search
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from gateway.worker.ticks import lengthen
from schemas.errors import NightsClaimed
from schemas.outages import ReadOutage, ReviseOutage, TakeOutOfService
from schemas.overbooking import Overbook
from tests.claims.placing import TODAY, claimed, day, on_bed, within
from tests.premises.making import keep, premises


@pytest.fixture(autouse=True)
async def one_bed(house: House) -> None:
    await keep(house, premises("AP1"))


async def offered(house: House, first: int = 0, nights: int = 1) -> list[str]:
    """The beds that a search offers."""
    ask = Ask(first=day(first), nights=nights, lat=53.8, lon=-1.5, gender="male", needs=(), zones=(), limit=9)
    async with house.pool.acquire() as connection:
        snapshot, _ = await load(connection, TODAY, house.now())
    return [hit.bed for hit in search(snapshot, ask).hits]


async def test_a_booking_checks_capacity(house: House) -> None:
    await claimed(house, "booking", 0, 7)
    with pytest.raises(NightsClaimed) as refused:
        await claimed(house, "booking", 6, 9)
    assert refused.value.nights == [day(6)]


async def test_there_is_a_constraint_and_not_a_lock_on_the_request(house: House, pool: Pool) -> None:
    """Written past every verb, by hand, a second claim is refused by the table."""
    await claimed(house, "booking", 0, 7)
    again = (
        "insert into bed_claim (bed_id, kind, during, placed_by, placed_at) "
        "select bed_id, 'turnaround', during, 'x', now() from bed_claim"
    )
    with pytest.raises(asyncpg.ExclusionViolationError, match="a_bed_has_one_claim_a_night"):
        await pool.execute(again)


async def test_the_last_bed_is_not_booked_twice_by_two_at_the_same_moment(house: House) -> None:
    results = await asyncio.gather(*(claimed(house, "booking", 0, 7) for _ in range(2)), return_exceptions=True)
    assert [type(result) for result in results if not isinstance(result, int)] == [NightsClaimed]


async def test_overbooking_is_an_explicit_act_that_no_search_offers(house: House) -> None:
    await claimed(house, "stay", -5, 7)
    more = Overbook(premises="AP1", from_=TODAY, until=day(2), reason="no_other_bed", note="Agreed by the duty manager")
    bed = await act(house, OPERATOR, overbook, more)
    assert (bed.allowed_role, bed.reason, bed.until) == ("operator", "no_other_bed", day(2))
    assert await offered(house) == []
    await claimed(house, "booking", 0, 2, bed=bed.bed)


async def test_a_resident_past_the_expected_departure_does_not_drop_out_of_the_count(house: House, pool: Pool) -> None:
    await claimed(house, "stay", -5, 0)
    noon = House(pool=pool, now=lambda: house.now() + timedelta(hours=2))
    assert await offered(house) == ["AP1-1"]
    await lengthen(noon)
    assert await offered(house) == []
    assert await on_bed(pool) == [("stay", -5, 1)]


async def test_the_bed_is_free_again_as_soon_as_the_departure_is_recorded(house: House) -> None:
    stay = await claimed(house, "stay", -5, 30)
    assert await offered(house) == []
    await within(house, end_claim, stay, how="departed", until=TODAY)
    assert await offered(house) == ["AP1-1"]


async def test_a_booking_that_a_stay_is_in_the_way_of_does_not_share_the_bed_in_silence(
    house: House, pool: Pool
) -> None:
    await claimed(house, "stay", -5, 0)
    await claimed(house, "booking", 0, 9, person=uuid4())
    await lengthen(House(pool=pool, now=lambda: house.now() + timedelta(hours=2)))
    assert await on_bed(pool) == [("stay", -5, 1)]
    assert await pool.fetchval("select count(*) from event where kind = 'booking_displaced'") == 1


async def test_a_bed_out_of_service_keeps_every_revision(house: House) -> None:
    out = TakeOutOfService(bed="AP1-1", from_=day(1), until=day(3), reason="planned_repair", reference="WO-1")
    number = (await act(house, OPERATOR, take_out_of_service, out)).id
    said = ReviseOutage(id=number, from_=day(1), until=day(9), reason="unplanned_repair", reference="WO-2")
    await act(house, OPERATOR, revise_outage, said)
    record = await act(house, OPERATOR, read_outage, ReadOutage(id=number))
    assert [(one.until, one.reason, one.reference) for one in record.revisions] == [
        (day(9), "unplanned_repair", "WO-2"),
        (day(3), "planned_repair", "WO-1"),
    ]


async def test_a_bed_out_of_service_is_not_offered_and_cannot_be_booked(house: House) -> None:
    out = TakeOutOfService(bed="AP1-1", from_=day(0), until=day(3), reason="fire_or_flood")
    await act(house, OPERATOR, take_out_of_service, out)
    assert await offered(house) == []
    with pytest.raises(NightsClaimed):
        await claimed(house, "booking", 2, 5)
