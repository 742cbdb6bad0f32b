"""Bookings, stays and beds out of service."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from msgspec import convert

from bedspace.claims.stays import ClaimPlaced, PlaceClaim, place_claim
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from schemas.errors import Conflict, Invalid, NightsClaimed
from tests.premises.making import keep, premises

SAM, ALEX = uuid4(), uuid4()
YESTERDAY, TODAY = date(2026, 11, 21), date(2026, 11, 22)


@pytest.fixture(autouse=True)
async def two_beds(house: House) -> None:
    await keep(house, premises("AP1", [[], []]))


async def claim(
    house: House,
    bed: str,
    kind: str,
    from_: date,
    *,
    nights: int = 7,
    person: UUID | None = None,
    reason: str | None = None,
) -> ClaimPlaced:
    given = {"bed": bed, "kind": kind, "from": from_, "nights": nights, "person": person, "reason": reason}
    return await act(house, OPERATOR, place_claim, convert(given, PlaceClaim))


async def test_a_stay_may_have_begun_and_a_new_booking_may_not(house: House) -> None:
    await claim(house, "AP1-1", "stay", YESTERDAY, person=SAM)
    with pytest.raises(Invalid, match="21 November 2026 is in the past"):
        await claim(house, "AP1-2", "booking", YESTERDAY, person=ALEX)
    await claim(house, "AP1-2", "booking", TODAY, person=ALEX)


async def test_a_person_is_not_in_two_beds_on_one_night(house: House, pool: Pool) -> None:
    await claim(house, "AP1-1", "stay", TODAY, person=SAM)
    with pytest.raises(Conflict, match="already has a bed for some of those nights"):
        await claim(house, "AP1-2", "booking", date(2026, 11, 28), person=SAM)
    await claim(house, "AP1-2", "booking", date(2026, 11, 29), person=SAM)
    assert await pool.fetchval("select count(*) from presence") == 2


async def test_a_person_leaves_a_presence_and_a_bed_out_of_service_leaves_none(house: House, pool: Pool) -> None:
    await claim(house, "AP1-1", "stay", TODAY, person=SAM)
    await claim(house, "AP1-2", "out_of_service", TODAY, reason="Repair of a window")
    assert await pool.fetchval("select array_agg(person_id) from presence") == [SAM]
    await pool.execute("delete from bed_claim")
    assert await pool.fetchval("select count(*) from presence") == 0


async def test_claims_of_every_kind_keep_each_other_from_a_bed(house: House) -> None:
    await claim(house, "AP1-1", "out_of_service", TODAY, reason="Repair of a window")
    for kind, person in (("stay", SAM), ("booking", SAM), ("turnaround", None)):
        with pytest.raises(NightsClaimed):
            await claim(house, "AP1-1", kind, TODAY, person=person)


async def test_what_does_not_fit_its_kind_is_refused_in_words(house: House) -> None:
    with pytest.raises(Invalid, match="A stay is somebody's"):
        await claim(house, "AP1-1", "stay", TODAY)
    with pytest.raises(Invalid, match="nobody's"):
        await claim(house, "AP1-1", "turnaround", TODAY, person=SAM)
    with pytest.raises(Invalid, match="Say why"):
        await claim(house, "AP1-1", "out_of_service", TODAY)


async def test_an_event_of_a_claim_names_the_bed_and_the_kind_and_travels_in_the_persons_lane(
    house: House, pool: Pool
) -> None:
    placed = await claim(house, "AP1-1", "stay", TODAY, person=SAM)
    row = await pool.fetchrow("select kind, subject, person_id, body from event where kind = 'claim_placed'")
    assert row is not None
    assert tuple(row) == ("claim_placed", f"claim:{placed.id}", SAM, {"bed": "AP1-1", "kind": "stay"})
