"""Claims whose nights are over leave the live table."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bedspace.claims.archive import archive_past
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.store.database import Pool
from gateway.worker.ticks import archive
from schemas.stays import ArchivePast
from tests.claims.placing import claimed, ended, on_bed, seen
from tests.premises.making import keep, premises


@pytest.fixture(autouse=True)
async def two_beds(house: House) -> None:
    await keep(house, premises("AP1", [[], []]))


def later(house: House, days: int) -> House:
    return House(pool=house.pool, now=lambda: house.now() + timedelta(days=days))


async def test_what_is_over_moves_and_what_is_live_stays(house: House, pool: Pool) -> None:
    await claimed(house, "turnaround", -9, -7)
    await claimed(house, "out_of_service", -7, 0)
    await claimed(house, "stay", 0, 2)
    await claimed(house, "out_of_service", 2, 9)
    assert await archive(house) == 2
    assert await archive(house) == 0
    assert await ended(pool) == [("turnaround", "past", -9, -7), ("out_of_service", "past", -7, 0)]
    assert await on_bed(pool) == [("stay", 0, 2), ("out_of_service", 2, 9)]


async def test_a_stay_without_a_departure_and_a_booking_without_an_answer_stay_live(house: House, pool: Pool) -> None:
    await claimed(house, "stay", -5, 1)
    await claimed(house, "booking", 1, 3)
    assert await archive(later(house, 30)) == 0
    assert len(await on_bed(pool)) == 2


async def test_a_booking_that_somebody_has_answered_for_moves(house: House, pool: Pool) -> None:
    sam = uuid4()
    await claimed(house, "booking", 1, 3, person=sam)
    await seen(pool, "update placement set state = 'withdrawn' where person_id = $1 returning 1", sam)
    assert await archive(later(house, 30)) == 1


async def test_it_goes_batch_by_batch(house: House, pool: Pool) -> None:
    await claimed(house, "turnaround", -9, -7)
    await claimed(house, "turnaround", -9, -7, bed="AP1-2")
    assert (await act(house, GATEWAY, archive_past, ArchivePast(most=1))).claims == 1
    assert await archive(house) == 1
