"""Holds: who gets the bed, for how long, and how they end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from bedspace.claims.holds import end_hold, lapse_holds, place_hold
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.store.database import Pool
from schemas.claims import EndHold, Hold, LapseHolds, PlaceHold
from schemas.errors import Invalid, NightsClaimed, NotThere
from tests.premises.making import keep, premises

HOLD = PlaceHold(bed="AP1-1", from_=date(2026, 12, 1), nights=10, reason="Release in December")
PRISON = Actor(id="prison-1", name="Pat Invented", role="prison_staff")


@pytest.fixture(autouse=True)
async def one_bed(house: House) -> None:
    await keep(house, premises("AP1"))


def at(house: House, hours: float) -> House:
    """The same house, some hours later."""
    moment = house.now() + timedelta(hours=hours)
    return House(pool=house.pool, now=lambda: moment)


async def hold(house: House, **changes: object) -> Hold:
    return await act(house, PRISON, place_hold, structs.replace(HOLD, **changes))


async def events(pool: Pool) -> list[tuple[str, str, dict[str, object]]]:
    rows = await pool.fetch("select kind, subject, body from event where kind like 'hold%' order by id")
    return [(row["kind"], row["subject"], row["body"]) for row in rows]


async def test_a_hold_says_when_it_lapses_and_leaves_its_event(house: House, pool: Pool) -> None:
    placed = await hold(house, hours=6)
    assert placed.expires_at == house.now() + timedelta(hours=6)
    assert await events(pool) == [("hold_placed", f"hold:{placed.id}", {"bed": "AP1-1"})]
    assert await pool.fetchval("select placed_by from bed_claim") == "prison-1"


async def test_a_second_hold_is_refused_with_exactly_the_nights_already_claimed(house: House) -> None:
    await hold(house)
    with pytest.raises(NightsClaimed) as refused:
        await hold(house, from_=date(2026, 12, 8), nights=10)
    assert refused.value.nights == [date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 10)]


async def test_the_last_bed_is_not_booked_twice(house: House, pool: Pool) -> None:
    await hold(house)
    with pytest.raises(NightsClaimed):
        await hold(house)
    assert await pool.fetchval("select count(*) from bed_claim") == 1


async def test_a_window_between_two_claims_is_free_and_one_across_them_names_both(house: House) -> None:
    await hold(house, from_=date(2026, 12, 1), nights=2)
    await hold(house, from_=date(2026, 12, 5), nights=2)
    with pytest.raises(NightsClaimed) as refused:
        await hold(house, from_=date(2026, 12, 2), nights=4)
    assert [night.day for night in refused.value.nights] == [2, 5]
    assert (await hold(house, from_=date(2026, 12, 3), nights=2)).nights == 2


async def test_nights_are_half_open_so_one_leaves_and_another_comes_on_the_same_day(house: House) -> None:
    await hold(house, from_=date(2026, 12, 1), nights=10)
    await hold(house, from_=date(2026, 12, 11), nights=1)


async def test_a_hold_may_start_today_in_london_but_not_yesterday(house: House) -> None:
    with pytest.raises(Invalid, match=r"from: 21 November 2026 is in the past. Give 22 November 2026 or a later date"):
        await hold(house, from_=date(2026, 11, 21))
    await hold(house, from_=date(2026, 11, 22))


async def test_today_is_londons_even_in_the_hour_when_it_is_not_utcs(house: House) -> None:
    just_past_midnight_in_london = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    summer = House(pool=house.pool, now=lambda: just_past_midnight_in_london)
    with pytest.raises(Invalid, match="Give 1 July 2027"):
        await hold(summer, from_=date(2027, 6, 30))


async def test_there_is_no_such_bed(house: House) -> None:
    with pytest.raises(NotThere, match="There is no bed AP9-9"):
        await hold(house, bed="AP9-9")


async def test_a_bed_is_held_only_while_it_is_open(house: House, pool: Pool) -> None:
    await pool.execute("update bed set open = daterange('2026-12-01', '2026-12-20')")
    with pytest.raises(Invalid, match="opens on 1 December 2026"):
        await hold(house, from_=date(2026, 11, 30))
    with pytest.raises(Invalid, match="closes on 20 December 2026"):
        await hold(house, from_=date(2026, 12, 15), nights=6)
    await hold(house, from_=date(2026, 12, 15), nights=5)


async def test_a_date_at_the_end_of_the_calendar_is_refused_in_words(house: House) -> None:
    with pytest.raises(Invalid, match="too far ahead"):
        await hold(house, from_=date(9999, 12, 31), nights=730)


async def test_an_ended_hold_frees_the_bed_and_is_kept_in_the_history(house: House, pool: Pool) -> None:
    placed = await hold(house)
    ended = await act(house, OPERATOR, end_hold, EndHold(id=placed.id))
    assert (ended.id, ended.bed) == (placed.id, "AP1-1")
    await hold(house)
    row = await pool.fetchrow("select id, placed_by, ended_by, ended_how from bed_claim_history")
    assert row is not None
    assert tuple(row) == (placed.id, "prison-1", "operator", "ended")


async def test_ending_a_hold_twice_is_harmless_and_happens_once(house: House, pool: Pool) -> None:
    placed = await hold(house)
    first = await act(house, PRISON, end_hold, EndHold(id=placed.id))
    assert await act(house, PRISON, end_hold, EndHold(id=placed.id)) == first
    assert [kind for kind, _, _ in await events(pool)] == ["hold_placed", "hold_ended"]


@pytest.mark.parametrize("number", [0, 99, -1, 1 << 70])
async def test_a_hold_that_never_was_cannot_be_ended(house: House, number: int) -> None:
    with pytest.raises(NotThere, match="There is no hold"):
        await act(house, PRISON, end_hold, EndHold(id=number))


async def test_a_hold_lapses_by_itself_and_the_next_caller_has_the_bed(house: House, pool: Pool) -> None:
    first = await hold(house, hours=4)
    with pytest.raises(NightsClaimed):
        await hold(at(house, 3.99))
    second = await hold(at(house, 4))
    assert await events(pool) == [
        ("hold_placed", f"hold:{first.id}", {"bed": "AP1-1"}),
        ("hold_lapsed", f"hold:{first.id}", {"bed": "AP1-1"}),
        ("hold_placed", f"hold:{second.id}", {"bed": "AP1-1"}),
    ]


async def test_lapsing_ends_every_hold_whose_time_is_over_and_no_other(house: House, pool: Pool) -> None:
    await hold(house, hours=4)
    await hold(house, from_=date(2027, 1, 1), hours=5)
    later = at(house, 4)
    assert (await act(later, GATEWAY, lapse_holds, LapseHolds())).holds == 1
    assert (await act(later, GATEWAY, lapse_holds, LapseHolds())).holds == 0
    assert await pool.fetchval("select count(*) from bed_claim") == 1
    assert [kind for kind, _, _ in await events(pool)] == ["hold_placed", "hold_placed", "hold_lapsed"]
