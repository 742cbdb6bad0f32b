"""What the incumbent does and we do not, and what is worth keeping from it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bedspace.placements.deadlines import answer_by, default_nights, timeliness_of
from schemas.errors import Conflict
from schemas.premises import PremisesType
from tests.placements.placing import AP1, AP2, ARRIVES, LEEDS, Clock, somebody

TODAY = date(2026, 11, 23)


async def test_a_move_between_premises_is_one_act_with_its_dates_linked(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1", nights=28)
    on, end = TODAY + timedelta(days=4), TODAY + timedelta(days=28)
    await clock.do("relocate", stay, AP1, bed="AP2-1", on=on, reason="closer_to_home")
    assert [claim[:2] for claim in await clock.claims()] == [("AP1-1", "stay"), ("AP2-1", "hold")]
    await clock.do("relocation_accept", stay, AP2)
    assert await clock.claims() == [
        ("AP1-1", "stay", TODAY, on),
        ("AP1-1", "hold", on, end),
        ("AP2-1", "booking", on, end),
    ]
    clock.later(days=4)
    moved = await clock.do("arrive", stay, AP2)
    assert (moved.state, moved.premises, moved.bed, moved.departs_on) == ("arrived", "AP2", "AP2-1", end)
    assert await clock.claims() == [("AP2-1", "stay", on, end)]
    read = await clock.read(stay)
    assert read.relocation is not None
    assert (read.relocation.state, read.relocation.from_premises.code) == ("moved", "AP1")


async def test_a_move_in_an_emergency_is_at_once(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1", nights=28)
    clock.later(days=2)
    done = await clock.do("relocate", stay, AP1, bed="AP2-1", emergency=True, reason="risk_to_resident")
    assert (done.state, done.premises) == ("arrived", "AP2")
    assert await clock.claims() == [("AP2-1", "stay", date(2026, 11, 25), TODAY + timedelta(days=28))]
    assert [(one.premises.code, one.outcome) for one in (await clock.read(stay)).approaches] == [
        ("AP1", "accepted"),
        ("AP2", "accepted"),
    ]


async def test_a_move_in_an_emergency_on_the_day_of_arrival(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1", nights=28)
    await clock.do("relocate", stay, AP1, bed="AP2-1", emergency=True, reason="public_protection")
    assert await clock.claims() == [("AP2-1", "stay", TODAY, TODAY + timedelta(days=28))]


@pytest.mark.parametrize("agreed", [False, True])
async def test_a_move_is_undone_until_the_arrival_and_everything_is_as_before(
    clock: Clock,
    agreed: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    stay = await clock.arrived("AP1-1", nights=28)
    before = await clock.claims()
    await clock.do("relocate", stay, AP1, bed="AP2-1", on=TODAY + timedelta(days=4), reason="staff")
    if agreed:
        await clock.do("relocation_accept", stay, AP2)
    await clock.do("relocation_undo", stay, AP1)
    assert await clock.claims() == before
    assert (await clock.read(stay)).approaches[-1].outcome == "withdrawn"


async def test_a_move_that_the_other_premises_decline_changes_nothing(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1", nights=28)
    before = await clock.claims()
    await clock.do("relocate", stay, AP1, bed="AP2-1", on=TODAY + timedelta(days=4), reason="staff")
    done = await clock.do("relocation_decline", stay, AP2, reason="full")
    assert (done.state, await clock.claims()) == ("arrived", before)


async def test_the_rest_of_the_nights_is_kept_where_beds_rest_between_two_people(clock: Clock, database: str) -> None:
    await clock.pool.execute("update premises set turnaround_nights = 2")
    stay = await clock.arrived("AP1-1", nights=28)
    before = await clock.claims()
    on = TODAY + timedelta(days=4)
    await clock.do("relocate", stay, AP1, bed="AP2-1", on=on, reason="staff")
    await clock.do("relocation_accept", stay, AP2)
    assert ("AP1-1", "hold", on, TODAY + timedelta(days=28)) in await clock.claims()
    await clock.do("relocation_undo", stay, AP1)
    assert await clock.claims() == before
    await clock.do("relocate", stay, AP1, bed="AP2-1", on=on, reason="staff")
    await clock.do("relocation_accept", stay, AP2)
    clock.later(days=4)
    await clock.do("arrive", stay, AP2)
    assert [claim[:2] for claim in await clock.claims()] == [
        ("AP1-1", "turnaround"),
        ("AP2-1", "stay"),
        ("AP2-1", "turnaround"),
    ]


async def test_arriving_twice_and_departing_twice_are_harmless(clock: Clock) -> None:
    placement = await clock.booked("AP1-1", arrives_on=TODAY)
    first = await clock.do("arrive", placement, AP1)
    events = await clock.pool.fetchval("select count(*) from event")
    clock.later(hours=2)
    assert await clock.do("arrive", placement, AP1) == first
    assert await clock.pool.fetchval("select count(*) from event") == events
    clock.later(days=3)
    left = await clock.do("depart", placement, AP1, reason="recall", move_on="custody")
    events = await clock.pool.fetchval("select count(*) from event")
    clock.later(days=1)
    assert await clock.do("depart", placement, AP1, reason="moved_on") == left
    assert await clock.pool.fetchval("select count(*) from event") == events


async def test_a_conflict_names_the_other_premises(clock: Clock) -> None:
    await clock.booked("AP1-1", nights=28)
    other = await clock.referred(arrives_on=ARRIVES + timedelta(days=3), ask=["AP2"])
    says = r"already has a bed at Example House AP1 \(AP1\) from 11 January 2027 until 8 February 2027"
    with pytest.raises(Conflict, match=says):
        await clock.do("offer", other, bed="AP2-1")
    with pytest.raises(Conflict, match=says):
        await clock.do("accept", other, AP2)


async def test_a_withdrawal_is_a_tree_and_says_what_stands_in_its_way(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1"])
    await clock.do("offer", placement, bed="AP2-1")
    assert (await clock.read(placement)).withdrawal == [
        "AP referral PL-000001",
        "The approach to Example House AP1 (AP1)",
        "The approach to Example House AP2 (AP2), with the hold on bed AP2-1",
    ]
    await clock.do("withdraw", placement, LEEDS, reason="circumstances")
    assert [one.outcome for one in (await clock.read(placement)).approaches] == ["withdrawn", "withdrawn"]
    assert await clock.claims() == []

    stay = await clock.arrived("AP1-1", somebody(2))
    read = await clock.read(stay)
    (withdraw,) = [one for one in read.may if one.act == "withdraw"]
    assert (withdraw.allowed, read.withdrawal) == (False, [])
    with pytest.raises(Conflict, match=withdraw.why_not):
        await clock.do("withdraw", stay, LEEDS, reason="circumstances")


@pytest.mark.parametrize(("type_", "nights"), [("standard", 84), ("pipe", 182), ("esap", 364), ("rfap", 84)])
async def test_the_default_stay_is_by_type(clock: Clock, type_: PremisesType, nights: int) -> None:
    assert default_nights(type_) == nights
    read = await clock.read(await clock.referred(type=type_))
    assert (read.departs_on - read.arrives_on).days == nights


@pytest.mark.parametrize(
    ("days", "timeliness"),
    [(0, "emergency"), (7, "emergency"), (8, "short_notice"), (28, "short_notice"), (29, "standard")],
)
def test_timeliness_is_by_the_days_until_the_arrival(days: int, timeliness: str) -> None:
    assert timeliness_of(TODAY + timedelta(days=days), TODAY) == timeliness


@pytest.mark.parametrize(
    ("timeliness", "asked", "due"),
    [
        ("emergency", datetime(2026, 11, 23, 10, 0, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)),
        ("emergency", datetime(2026, 11, 23, 13, 0, tzinfo=UTC), datetime(2026, 11, 24, 11, 0, tzinfo=UTC)),
        ("emergency", datetime(2026, 11, 21, 8, 0, tzinfo=UTC), datetime(2026, 11, 23, 11, 0, tzinfo=UTC)),
        ("short_notice", datetime(2026, 11, 23, 10, 0, tzinfo=UTC), datetime(2026, 11, 30, 10, 0, tzinfo=UTC)),
        ("standard", datetime(2026, 11, 23, 10, 0, tzinfo=UTC), datetime(2026, 12, 7, 10, 0, tzinfo=UTC)),
        # the afternoon before Christmas: the clock starts on Tuesday the 29th, after the bank holiday of the 28th
        ("short_notice", datetime(2026, 12, 24, 14, 0, tzinfo=UTC), datetime(2027, 1, 6, 9, 0, tzinfo=UTC)),
        # summer time: the clock is London's
        ("emergency", datetime(2026, 7, 1, 12, 30, tzinfo=UTC), datetime(2026, 7, 2, 10, 0, tzinfo=UTC)),
    ],
)
def test_deadlines_are_two_hours_five_and_ten_working_days_with_a_cut_off_at_one(
    timeliness: str, asked: datetime, due: datetime
) -> None:
    assert answer_by(timeliness, asked) == due  # type: ignore[arg-type]  # a parameter of the test
