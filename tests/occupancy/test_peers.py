"""What others get wrong, and would fail here."""

from datetime import datetime

from gateway.access.act import House
from gateway.store.database import Pool
from tests.api.serving import Served, serving, until_open
from tests.claims.placing import claimed
from tests.occupancy.test_doors import ask


async def test_room_characteristics_are_not_counted_one_by_one(served: Served) -> None:
    """One room step-free, another en-suite: each is free, and nobody who needs both can be placed."""
    night = (await ask(served, "/premises/AP2/calendar", nights=1, needs=["step_free", "en_suite"]))["days"][0]
    assert night["free_with"]["step_free"] == night["free_with"]["en_suite"] == 1
    assert night["with_all"] == 0


async def test_two_people_are_not_given_the_same_bed_because_it_is_counted_under_two_codes(served: Served) -> None:
    """AP1 has one bed that is both: counted code by code there is one of each, and only one person fits."""
    found = await ask(served, "/premises/AP1/calendar", nights=1, demand="step_free:1,en_suite:1")
    night = found["days"][0]
    assert night["free_with"]["step_free"] == night["free_with"]["en_suite"] == 1
    assert (night["placed"], night["fits"]) == (1, False)


async def test_a_resident_past_the_expected_departure_does_not_drop_out_of_the_count(
    served: Served, house: House
) -> None:
    """No tick has run: the claim still ends four days ago, and somebody sleeps there."""
    await claimed(house, "stay", -9, -4)
    night = (await ask(served, "/premises/AP1/calendar", nights=1))["days"][0]
    grid = await ask(served, "/occupancy", nights=1)
    forecast = await ask(served, "/occupancy/forecast", premises="AP1")
    assert (night["stay"], night["free"]) == (1, 1)
    assert grid["rows"][0]["free"] == [1]
    assert (forecast["overdue"], forecast["total"]["weeks"][0]["high"]) == (1, 1.0)


async def test_a_resident_who_leaves_today_counts_from_the_hour_when_people_leave(
    served: Served, house: House, database: str, now: datetime
) -> None:
    await claimed(house, "stay", -9, 0)
    assert (await ask(served, "/premises/AP1/calendar", nights=1))["days"][0]["free"] == 2
    async with serving(database, now.replace(hour=13)) as later:
        await until_open(later)
        assert (await ask(later, "/premises/AP1/calendar", nights=1))["days"][0]["free"] == 1
        assert (await ask(later, "/occupancy", nights=1))["rows"][0]["free"] == [1]


async def test_capacity_answers(served: Served, house: House, pool: Pool) -> None:
    """A bed out of service, one full, one temporary: the last bed is not offered twice, and none is added silently."""
    await claimed(house, "out_of_service", 0, 5)
    await claimed(house, "booking", 0, 5, bed="AP1-2")
    await pool.execute(
        "insert into bed (code, premises_id, room_id, open, temporary_reason, temporary_role, temporary_by) "
        "select 'AP1-T', premises_id, room_id, daterange('2026-11-20', '2026-12-20'), 'x', 'premises_manager', 'x' "
        "from bed where code = 'AP1-1'"
    )
    night = (await ask(served, "/premises/AP1/calendar", nights=1))["days"][0]
    assert (night["capacity"], night["out_of_service"], night["booking"], night["free"]) == (2, 1, 1, 0)
    assert (night["temporary"], night["temporary_claimed"]) == (1, 0)
    assert (await ask(served, "/occupancy", nights=1))["rows"][0] | {"premises": None} == {
        "premises": None,
        "capacity": [2],
        "free": [0],
    }
