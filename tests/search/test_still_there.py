"""A bed in which somebody sleeps tonight never looks free, also before the worker has come by."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bedspace.search.ask import Ask
from bedspace.search.register import Register
from bedspace.search.sql_form import walk
from bedspace.search.words import LEAVES_TODAY
from gateway.access.act import House
from gateway.store.database import Pool
from gateway.verify.register import snapshot_differs
from tests.claims.placing import claimed, day
from tests.premises.making import keep, premises
from tests.search.conftest import Clock, beds, need


@pytest.fixture(autouse=True)
async def one_bed(house: House) -> None:
    await keep(house, premises("AP1"))


class Searched:
    """Both forms of the search, which agree; and so does what `verify` compares."""

    def __init__(self, register: Register, pool: Pool, clock: Clock) -> None:
        self.register, self.pool, self.clock = register, pool, clock

    async def free(self, first: int, nights: int = 1) -> bool:
        found = beds(await self.register.shortlist(need(**{"from": day(first), "nights": nights})))
        ask = Ask(lat=53.8, lon=-1.5, first=day(first), nights=nights, gender="male")
        walked = [one.code for one in await walk(self.pool, ask, self.clock.now)]
        assert bool(found) == bool(walked)
        assert await snapshot_differs(self.pool, self.clock.now) == []
        return bool(found)

    async def reasons(self) -> list[str]:
        return (await self.register.shortlist(need(**{"from": day(0), "nights": 1}))).hits[0].reasons


@pytest.fixture
def searched(register: Register, pool: Pool, clock: Clock) -> Searched:
    return Searched(register, pool, clock)


@pytest.mark.parametrize("end", [-1, -4])
async def test_a_stay_whose_end_is_past_keeps_tonight_and_no_night_after(
    house: House, searched: Searched, end: int
) -> None:
    await claimed(house, "stay", -9, end)
    assert not await searched.free(0)
    assert not await searched.free(0, 30)
    assert await searched.free(1)


async def test_whoever_was_to_leave_today_is_there_tonight_from_the_hour_when_people_leave(
    house: House, searched: Searched, clock: Clock, pool: Pool
) -> None:
    await claimed(house, "stay", -9, 0)
    clock.now = datetime(2026, 11, 22, 11, 59, 59, tzinfo=UTC)
    assert await searched.free(0)
    assert LEAVES_TODAY in await searched.reasons()
    clock.now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert not await searched.free(0), "without a write, and without reading the register anew"
    assert await searched.free(1)
    clock.now = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    assert await searched.free(0), "a clock that was set back"
    await pool.execute("update premises set depart_by = '10:30'")
    assert not await searched.free(0)


async def test_a_departure_that_is_recorded_frees_the_bed_at_once(house: House, searched: Searched, pool: Pool) -> None:
    gone = await claimed(house, "stay", -9, -1)
    assert not await searched.free(0)
    await pool.execute("delete from bed_claim where id = $1", gone)
    assert await searched.free(0)


@pytest.mark.parametrize("kind", ["stay", "out_of_service"])
async def test_a_claim_without_an_end_keeps_every_night(
    house: House, searched: Searched, pool: Pool, kind: str
) -> None:
    claim = await claimed(house, kind, 2, 5)
    assert await searched.free(0, 2), "known before it changes"
    for end in ("", "infinity"):
        endless = "update bed_claim set during = $2::text::daterange where id = $1"
        await pool.execute(endless, claim, f"[{day(2)},{end})")
        assert await searched.free(0, 2)
        for first in (2, 5, 400, 729):
            assert not await searched.free(first), "brought up to now"
        assert not await searched.free((date(2030, 1, 1) - day(0)).days), "past the horizon"


async def test_a_booking_that_is_over_keeps_no_night(house: House, searched: Searched, clock: Clock) -> None:
    """Nobody has said whether they came: that is a question to a person, and nobody sleeps there that is known."""
    await claimed(house, "booking", 0, 2)
    clock.now += timedelta(days=4)
    assert await searched.free(4)
