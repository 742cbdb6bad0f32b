"""Every wrong step is refused in words that say what to do, and changes nothing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from gateway.access.act import act
from gateway.people.meetings import record_pair
from schemas.errors import Conflict, Invalid, NightsClaimed, NotAllowed, NotThere
from schemas.meetings import RecordPair
from tests.placements.placing import AP1, AP2, ARRIVES, LEEDS, OPERATOR, Clock, somebody, staff

TODAY = date(2026, 11, 23)
Acts = list[tuple[str, dict[str, Any]]]


async def test_a_referral_without_a_decision_that_says_suitable_is_refused(clock: Clock) -> None:
    with pytest.raises(Conflict, match="Nobody has decided yet"):
        await clock.referred(decide=False)
    await clock.decided(somebody(), suitable=False)
    with pytest.raises(Conflict, match="do not suit this person"):
        await clock.referred(decide=False)
    await clock.decided(somebody(2))
    with pytest.raises(NotThere, match="no decision 2 about this person"):
        await clock.referred(decide=False, suitability=2)


async def test_the_table_itself_refuses_a_referral_that_rests_on_another_decision(clock: Clock, database: str) -> None:
    placement = await clock.referred()
    unsuitable = await clock.decided(somebody(), suitable=False)
    other = await clock.decided(somebody(2))
    owner = await asyncpg.connect(database)
    for decision in (unsuitable, other):
        with pytest.raises(asyncpg.ForeignKeyViolationError, match="is_about_this_person_and_says_suitable"):
            await owner.execute("update placement set suitability_id = $1 where id = $2", decision, placement)
    with pytest.raises(asyncpg.CheckViolationError, match="a_referral_rests_on_a_decision"):
        await owner.execute("update placement set suitability_id = null where id = $1", placement)
    await owner.close()


async def test_a_decision_says_why_and_where_else(clock: Clock) -> None:
    with pytest.raises(Invalid, match="Did you mean risk_of_harm"):
        await clock.decided(somebody(), reason="risk_of_harms")
    with pytest.raises(Invalid, match="Say where the person is pointed instead"):
        await clock.decided(somebody(), suitable=False, pointed_to="")
    with pytest.raises(Invalid, match="wants a note"):
        await clock.decided(somebody(), reason="other")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"arrives_on": TODAY - timedelta(days=1)}, "22 November 2026 is in the past"),
        ({"arrives_on": TODAY + timedelta(days=28), "short_notice_reason": None}, "28 days away or less. Say why"),
        ({"short_notice_reason": "hurry"}, "There is no short_notice_reason"),
        ({"needs": ["step_fre"]}, "There is no characteristic step_fre"),
        ({"ask": ["AP9"]}, "There are no premises AP9"),
        ({"gender": "female", "ask": ["AP1"]}, "AP1 is for men only"),
        ({"pdu": "X"}, "There is no such PDU"),
        ({"pdu": "N55YRK"}, "You do not work for N55YRK"),
    ],
)
async def test_a_referral_that_cannot_be_is_refused(clock: Clock, given: dict[str, Any], says: str) -> None:
    with pytest.raises((Invalid, NotThere, NotAllowed), match=says):
        await clock.referred(**given)


async def test_it_is_never_guessed_who_is_meant(clock: Clock) -> None:
    await clock.referred()
    with pytest.raises(Conflict, match="Check who is meant"):
        await clock.decided(somebody(name="Alex Someone-Else"))


async def test_the_same_referral_twice_names_the_first(clock: Clock) -> None:
    await clock.referred()
    with pytest.raises(Conflict, match="PL-000001 is open already for the same person and day"):
        await clock.referred(decide=False)


async def test_accepting_twice_and_declining_after_that(clock: Clock) -> None:
    placement = await clock.booked("AP1-1")
    with pytest.raises(Conflict, match="A bed is booked already"):
        await clock.do("accept", placement, AP1)
    with pytest.raises(Conflict, match="A bed is booked already"):
        await clock.do("decline", placement, AP1, reason="full")


async def test_what_nobody_asked_cannot_be_answered(clock: Clock) -> None:
    placement = await clock.referred()
    with pytest.raises(Conflict, match="Nobody is being asked"):
        await clock.do("accept", placement)
    await clock.do("ask", placement, premises=["AP1"])
    with pytest.raises(NotThere, match="AP2 is not being asked"):
        await clock.do("accept", placement, premises="AP2")
    with pytest.raises(Invalid, match="Bed AP2-1 is not at AP1"):
        await clock.do("accept", placement, bed="AP2-1")
    with pytest.raises(Invalid, match="There is no reason “busy”"):
        await clock.do("decline", placement, AP1, reason="busy")
    with pytest.raises(NotThere, match="There is no bed AP1-9"):
        await clock.do("offer", placement, bed="AP1-9")
    with pytest.raises(Invalid, match="Give a time with its zone"):
        await clock.do("accept", placement, arrive_by=clock.at)


async def test_steps_out_of_their_order(clock: Clock) -> None:
    placement = await clock.booked("AP1-1")
    early: list[tuple[str, dict[str, Any]]] = [
        ("depart", {"reason": "died"}),
        ("away", {"where": "police"}),
        ("back", {}),
    ]
    for what, given in early:
        with pytest.raises(Conflict, match="has not arrived yet"):
            await clock.do(what, placement, AP1, **given)
    with pytest.raises(Conflict, match="expected on 11 January 2027"):
        await clock.do("not_arrived", placement, AP1, reason="hospital")
    with pytest.raises(Conflict, match="Cancel the booking"):
        await clock.do("withdraw", placement, LEEDS, reason="duplicate")
    await clock.do("cancel", placement, LEEDS, reason="died")
    late: list[tuple[str, dict[str, Any]]] = [
        ("arrive", {}),
        ("extend", {"until": ARRIVES}),
        ("ask", {"premises": ["AP1"]}),
    ]
    for what, given in late:
        with pytest.raises(Conflict, match="This placement is over: it is cancelled"):
            await clock.do(what, placement, **given)


async def test_arriving_early_into_another_persons_bed_names_the_nights(clock: Clock) -> None:
    await clock.arrived("AP1-1", nights=49)
    booking = await clock.booked("AP1-1", somebody(2))
    clock.at = datetime(2027, 1, 9, 18, 0, tzinfo=UTC)
    with pytest.raises(NightsClaimed) as lost:
        await clock.do("arrive", booking, AP1)
    assert lost.value.nights == [date(2027, 1, 9), date(2027, 1, 10)]
    with pytest.raises(NightsClaimed):
        await clock.do("arrive", booking, AP1, bed="AP1-1")
    with pytest.raises(Invalid, match="not at AP1"):
        await clock.do("arrive", booking, AP1, bed="AP2-1")
    with pytest.raises(Invalid, match="still to come"):
        await clock.do("arrive", booking, AP1, at=clock.at + timedelta(hours=1))


async def test_arriving_when_all_nights_are_past(clock: Clock) -> None:
    placement = await clock.booked("AP1-1", nights=2)
    clock.at = datetime(2027, 1, 13, 9, 0, tzinfo=UTC)
    with pytest.raises(Conflict, match="ended on 13 January 2027"):
        await clock.do("arrive", placement, AP1)


async def test_extending_into_the_next_booking_names_its_nights(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1", nights=49)
    await clock.booked("AP1-1", somebody(2), nights=7)
    with pytest.raises(NightsClaimed) as lost:
        await clock.do("extend", stay, AP1, until=date(2027, 1, 13))
    assert lost.value.nights == [date(2027, 1, 11), date(2027, 1, 12)]


async def test_nights_that_cannot_be(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1", nights=10)
    with pytest.raises(Invalid, match="Give a later day, or shorten"):
        await clock.do("extend", stay, until=TODAY + timedelta(days=10))
    with pytest.raises(Invalid, match="Check the year"):
        await clock.do("extend", stay, until=date(2062, 1, 1))
    with pytest.raises(Invalid, match="Give an earlier day, or extend"):
        await clock.do("shorten", stay, until=TODAY + timedelta(days=11))
    with pytest.raises(Invalid, match="after the arrival on 23 November 2026"):
        await clock.do("shorten", stay, until=TODAY)
    clock.later(days=3)
    with pytest.raises(Invalid, match="24 November 2026 is past"):
        await clock.do("shorten", stay, until=TODAY + timedelta(days=1))


async def test_a_departure_before_the_arrival_or_ahead_or_without_its_reason(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1")
    with pytest.raises(Invalid, match="before the arrival"):
        await clock.do("depart", stay, at=clock.at - timedelta(minutes=1), reason="moved_on")
    with pytest.raises(Invalid, match="still to come"):
        await clock.do("depart", stay, at=clock.at + timedelta(minutes=1), reason="moved_on")
    with pytest.raises(Invalid, match="There is no move_on"):
        await clock.do("depart", stay, reason="moved_on", move_on="castle")
    with pytest.raises(Invalid, match="with its zone"):
        await clock.do("depart", stay, at=datetime(2026, 11, 23, 10, 0), reason="moved_on")  # noqa: DTZ001  # what is tested


async def test_moves_that_cannot_be(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1", nights=10)
    for given, says in (
        ({"bed": "AP1-2", "on": TODAY + timedelta(days=2)}, "is at AP1, too"),
        ({"bed": "AP2-1"}, "Only an emergency is at once"),
        ({"bed": "AP2-1", "on": TODAY - timedelta(days=1)}, "in the past"),
        ({"bed": "AP2-1", "on": TODAY + timedelta(days=10)}, "Give a day between"),
        ({"bed": "AP2-1", "on": TODAY + timedelta(days=1), "emergency": True}, "An emergency is today"),
    ):
        with pytest.raises(Invalid, match=says):
            await clock.do("relocate", stay, AP1, reason="closure", **given)
    with pytest.raises(Conflict, match="No move between premises waits"):
        await clock.do("relocation_accept", stay, AP1)
    with pytest.raises(Conflict, match="no move between premises to undo"):
        await clock.do("relocation_undo", stay, AP1)
    await clock.do("relocate", stay, AP1, bed="AP2-1", on=TODAY + timedelta(days=2), reason="closure")
    with pytest.raises(Conflict, match="Finish or undo it first"):
        await clock.do("extend", stay, until=TODAY + timedelta(days=20))
    with pytest.raises(NotAllowed, match="For AP2, their own staff decide"):
        await clock.do("relocation_accept", stay, AP1)
    await clock.do("relocation_accept", stay, AP2)


async def test_away_twice_and_back_twice(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1")
    with pytest.raises(Invalid, match="still to come"):
        await clock.do("away", stay, AP1, where="hospital", until=clock.at)
    await clock.do("away", stay, AP1, where="police", until=clock.at + timedelta(days=1))
    with pytest.raises(Conflict, match="away already"):
        await clock.do("away", stay, AP1, where="hospital")
    await clock.do("back", stay, AP1)
    with pytest.raises(Conflict, match="not away"):
        await clock.do("back", stay, AP1)


async def test_a_placement_that_is_not_yours_is_not_there(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1"])
    for who in (AP2, staff("AP3")):
        with pytest.raises(NotThere, match="There is no such placement, or it is not yours to see"):
            await clock.do("accept", placement, who)
    with pytest.raises(NotThere):
        await clock.do("arrive", uuid4(), OPERATOR)


async def test_booking_when_nobody_checked_who_must_not_meet_needs_a_named_reason(clock: Clock) -> None:
    clock.checks = False
    placement = await clock.referred(ask=["AP1"])
    with pytest.raises(Invalid, match="Nobody has checked who must not meet this person"):
        await clock.do("accept", placement, AP1)
    with pytest.raises(Invalid, match="wants a note"):
        await clock.do("accept", placement, AP1, checked_reason="no_time")
    await clock.do("accept", placement, AP1, checked_reason="no_time", checked_note="Tonight")
    read = await clock.read(placement)
    assert read.checked_reason == "no_time"
    assert "unchecked" in [line.kind for line in read.history]


async def test_premises_where_somebody_is_whom_they_must_not_meet_are_ruled_out_without_saying_why(
    clock: Clock,
) -> None:
    await clock.arrived("AP1-1", somebody(1), nights=84)
    pair = RecordPair(person="X000002", other="X000001", kind="co_defendant", source="police")
    other = await clock.referred(somebody(2), ask=["AP1", "AP2"])
    await act(clock.house, OPERATOR, record_pair, pair)
    for what, given in (("offer", {"bed": "AP1-2"}), ("accept", {"premises": "AP1"})):
        with pytest.raises(Conflict, match=r"^AP1 is ruled out for this person on these nights"):
            await clock.do(what, other, **given)  # type: ignore[arg-type]  # given by the test
    assert (await clock.do("accept", other, AP2)).state == "booked"


async def test_a_stay_is_not_extended_into_nights_of_somebody_whom_they_must_not_meet(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1", somebody(1), nights=14)
    until = (await clock.read(stay)).departs_on
    pair = RecordPair(person="X000002", other="X000001", kind="co_defendant", source="police")
    await clock.booked("AP1-2", somebody(2), arrives_on=until + timedelta(days=3))
    await act(clock.house, OPERATOR, record_pair, pair)
    with pytest.raises(Conflict, match=r"^AP1 is ruled out for this person on these nights"):
        await clock.do("extend", stay, AP1, until=until + timedelta(days=4))
    await clock.do("extend", stay, AP1, until=until + timedelta(days=3))
