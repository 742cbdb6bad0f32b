"""The whole life of a placement, as the people do it who do it in life."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.errors import Conflict, NotAllowed
from tests.placements.placing import AP1, AP2, ARRIVES, LEEDS, OPERATOR, UNIT, Clock, somebody


async def test_from_the_decision_to_the_departure(clock: Clock) -> None:
    decision = await clock.decided(somebody())
    placement = await clock.referred(decide=False, suitability=decision, ask=["AP1", "AP2"], risk_to_staff="high")
    read = await clock.read(placement, LEEDS)
    assert (read.state, read.timeliness, read.departs_on) == ("referred", "standard", ARRIVES + timedelta(days=84))
    assert [(one.premises.code, one.outcome) for one in read.approaches] == [("AP1", None), ("AP2", None)]
    assert read.risk.to_staff == "high"

    await clock.do("decline", placement, AP2, reason="full")
    offered = await clock.do("offer", placement, LEEDS, bed="AP1-1")
    assert (offered.state, offered.premises) == ("offered", "AP1")
    assert [claim[:2] for claim in await clock.claims()] == [("AP1-1", "hold")]

    accepted = await clock.do("accept", placement, AP1, note="Room 1 is ready")
    assert (accepted.state, accepted.bed) == ("booked", "AP1-1")
    assert await clock.claims() == [("AP1-1", "booking", ARRIVES, ARRIVES + timedelta(days=84))]

    clock.at = datetime(2027, 1, 11, 15, 30, tzinfo=UTC)
    arrived = await clock.do("arrive", placement, AP1)
    assert arrived.state == "arrived"
    assert await clock.claims() == [("AP1-1", "stay", ARRIVES, ARRIVES + timedelta(days=84))]
    await clock.do("extend", placement, AP1, until=date(2027, 5, 1))
    await clock.do("away", placement, AP1, where="hospital")
    await clock.do("back", placement, AP1)

    clock.at = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
    departed = await clock.do("depart", placement, AP1, reason="moved_on", move_on="family")
    assert (departed.state, departed.departs_on) == ("departed", date(2027, 3, 1))
    assert await clock.claims() == []
    read = await clock.read(placement, LEEDS)
    assert [line.state for line in read.history if line.state] == [
        *("referred", "referred", "offered", "booked", "arrived", "departed")
    ]
    assert [(one.premises.code, one.outcome, one.reason) for one in read.approaches] == [
        ("AP1", "accepted", None),
        ("AP2", "declined", "full"),
    ]


async def test_accepting_withdraws_the_other_approaches_and_frees_the_beds_kept_for_them(clock: Clock) -> None:
    placement = await clock.referred()
    await clock.do("offer", placement, bed="AP1-1")
    await clock.do("offer", placement, bed="AP2-1")
    await clock.do("accept", placement, AP1, premises="AP1")
    assert [claim[:2] for claim in await clock.claims()] == [("AP1-1", "booking")]
    read = await clock.read(placement)
    assert [(one.premises.code, one.outcome, one.note) for one in read.approaches] == [
        ("AP1", "accepted", ""),
        ("AP2", "withdrawn", "Accepted by AP1"),
    ]


async def test_premises_that_were_asked_without_a_bed_accept_with_one_that_has_every_need(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1"], needs=["step_free"])
    assert (await clock.do("accept", placement, AP1)).bed == "AP1-1"
    other = await clock.referred(somebody(2), ask=["AP1"], needs=["step_free"])
    with pytest.raises(Conflict, match="no bed that meets every need"):
        await clock.do("accept", other, AP1)
    accepted = await clock.do("accept", other, AP1, bed="AP1-2")
    assert accepted.remarks == ["Bed AP1-2 does not have: step free."]


async def test_who_decides_is_data_of_the_premises(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1", "AP3"])
    with pytest.raises(NotAllowed, match="their own staff decide"):
        await clock.do("accept", placement, UNIT, premises="AP1")
    with pytest.raises(NotAllowed, match="own staff decide"):
        await clock.do("decline", placement, UNIT, premises="AP1", reason="full")
    accepted = await clock.do("accept", placement, UNIT, premises="AP3")
    assert accepted.premises == "AP3"


async def test_when_everybody_has_declined_it_is_declined_and_others_may_be_asked(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1"])
    declined = await clock.do("decline", placement, AP1, reason="needs", note="No lift")
    assert declined.state == "declined"
    read = await clock.read(placement)
    assert (read.ended_reason, read.ended_note) == ("needs", "No lift")
    assert (await clock.do("ask", placement, LEEDS, premises=["AP2"])).state == "referred"
    assert (await clock.do("accept", placement, AP2)).state == "booked"


async def test_nobody_answered_in_time(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1"])
    await clock.do("offer", placement, bed="AP1-1")
    clock.later(days=15)
    with pytest.raises(Conflict, match="was due by 10:00 on 7 December 2026"):
        await clock.do("accept", placement, AP1)
    assert (await clock.do("lapse", placement)).state == "lapsed"
    assert await clock.claims() == []
    assert (await clock.read(placement)).approaches[0].outcome == "lapsed"
    assert (await clock.do("lapse", placement)).state == "lapsed"


async def test_somebody_who_did_not_arrive_frees_the_bed(clock: Clock) -> None:
    placement = await clock.booked("AP1-1", arrives_on=clock.at.date())
    done = await clock.do("not_arrived", placement, AP1, reason="did_not_come")
    assert (done.state, await clock.claims()) == ("not_arrived", [])


async def test_a_booking_is_cancelled_and_a_referral_withdrawn(clock: Clock) -> None:
    placement = await clock.booked("AP1-1")
    await clock.do("cancel", placement, LEEDS, reason="release_moved")
    other = await clock.referred(somebody(2), ask=["AP1"])
    await clock.do("offer", other, bed="AP1-1")
    assert (await clock.do("withdraw", other, LEEDS, reason="circumstances")).state == "withdrawn"
    assert await clock.claims() == []


async def test_arriving_on_another_day_than_booked_is_adjusted(clock: Clock) -> None:
    early = await clock.booked("AP1-1", nights=28)
    late = await clock.booked("AP1-2", somebody(2), nights=28)
    clock.at = datetime(2027, 1, 9, 18, 0, tzinfo=UTC)
    assert (await clock.do("arrive", early, AP1)).arrives_on == date(2027, 1, 9)
    clock.at = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
    await clock.do("arrive", late, AP1)
    assert await clock.claims() == [
        ("AP1-1", "stay", date(2027, 1, 9), date(2027, 2, 8)),
        ("AP1-2", "stay", date(2027, 1, 12), date(2027, 2, 8)),
    ]


async def test_somebody_may_arrive_in_another_bed_of_the_premises(clock: Clock) -> None:
    placement = await clock.booked("AP1-1", arrives_on=clock.at.date())
    assert (await clock.do("arrive", placement, AP1, bed="AP1-3")).bed == "AP1-3"
    assert [claim[:2] for claim in await clock.claims()] == [("AP1-3", "stay")]


async def test_a_change_of_needs_says_what_the_bed_no_longer_meets(clock: Clock) -> None:
    placement = await clock.booked("AP1-2")
    done = await clock.do("needs", placement, LEEDS, needs=["step_free", "single_room"])
    assert done.remarks == ["Bed AP1-2 does not have: step free."]
    assert "needs_not_met" in [line.kind for line in (await clock.read(placement)).history]
    assert (await clock.do("needs", placement, OPERATOR, needs=["single_room"])).remarks == []
