"""Clocks that stand still for a reason, within a limit, and go on by themselves."""

from datetime import date, timedelta
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import Actor
from gateway.intake.settle import Settler
from gateway.transfers.meeting import meet_clock
from gateway.transfers.pauses import pause_clock, resume_clock
from gateway.transfers.read import read_nsi
from schemas.action_list import MeetClock
from schemas.chasing import PauseClock, ResumeClock
from schemas.errors import BedspaceError, Conflict, Invalid, NotAllowed, NotThere
from schemas.nsis import Clock, Nsi, ReadNsi
from tests.messages import LEEDS, YORK, prepared

SPO = Actor(id="spo-york", name="Sandy Invented", role="spo", pdus=("N55YRK",))


def on(house: House, days: int) -> House:
    return House(pool=house.pool, now=lambda: house.now() + timedelta(days=days))


async def clock(house: House, nsi: Nsi, rule: str = "T-14") -> Clock:
    found = await act(house, LEEDS, read_nsi, ReadNsi(id=nsi.id))
    return next(one for one in found.clocks if one.rule == rule)


def pausing(nsi: Nsi, **more: Any) -> PauseClock:
    given = {"rule": "T-14", "from_": date(2026, 12, 7), "until": date(2026, 12, 14), "reason": "in_custody", **more}
    return PauseClock(id=nsi.id, **given)


async def test_a_pause_moves_the_day_by_its_working_days_ends_by_itself_and_is_in_the_history(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    assert (await clock(house, nsi)).due == date(2026, 12, 18)
    await act(house, SPO, pause_clock, pausing(nsi))
    assert ((await clock(house, nsi)).due, (await clock(house, nsi)).paused_until) == (date(2026, 12, 29), None)
    assert (await clock(on(house, 15), nsi)).paused_until == date(2026, 12, 14)
    assert (await clock(on(house, 22), nsi)).paused_until is None
    found = await act(house, LEEDS, read_nsi, ReadNsi(id=nsi.id))
    said = "Clock paused: T-14 from 7 December 2026 until 14 December 2026: in custody."
    assert said in [line.what for line in found.history]
    handover = next(one for one in found.actions if one.kind == "three_way_handover")
    assert handover.due == date(2026, 12, 18)
    assert (await clock(house, nsi, "T-24")).due == date(2026, 12, 18)


async def test_a_pause_that_ends_sooner_gives_back_the_days_it_did_not_take(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await act(house, SPO, pause_clock, pausing(nsi))
    for _ in range(2):
        await act(on(house, 17), SPO, resume_clock, ResumeClock(id=nsi.id, rule="T-14"))
    assert (await clock(house, nsi)).due == date(2026, 12, 22)


@pytest.mark.parametrize(
    ("more", "error", "says"),
    [
        ({"reason": "too_busy"}, Invalid, "takes these reasons for a pause: in_custody"),
        ({"rule": "T-02", "from_": date(2026, 11, 22), "until": date(2026, 11, 24)}, Invalid, "sets no limit"),
        ({"rule": "T-99"}, NotThere, "no clock of rule T-99"),
        ({"rule": "T-01"}, Conflict, "was met on"),
        ({"until": date(2027, 1, 20)}, Invalid, "20 working days in all; 20 are left"),
        ({"until": date(9999, 1, 1)}, Invalid, "within the next year"),
        ({"until": date(2026, 12, 7)}, Invalid, "a day after the pause begins"),
        ({"from_": date(2026, 11, 20)}, Invalid, "not recorded after the event"),
        ({"from_": date(2026, 12, 19), "until": date(2026, 12, 22)}, Conflict, "does not undo what is overdue"),
    ],
)
async def test_a_clock_is_paused_only_with_a_reason_and_within_the_limit_of_its_regime(
    house: House, settler: Settler, more: dict[str, Any], error: type[BedspaceError], says: str
) -> None:
    nsi = await prepared(house, settler)
    with pytest.raises(error, match=says):
        await act(house, SPO, pause_clock, pausing(nsi, **more))
    assert (await clock(house, nsi)).due == date(2026, 12, 18)


async def test_pauses_do_not_overlap_and_their_limit_is_of_all_together(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await act(house, SPO, pause_clock, pausing(nsi))
    with pytest.raises(Conflict, match="paused on some of these days already"):
        await act(house, SPO, pause_clock, pausing(nsi, from_=date(2026, 12, 13), until=date(2026, 12, 16)))
    with pytest.raises(Invalid, match="15 are left"):
        await act(house, SPO, pause_clock, pausing(nsi, from_=date(2026, 12, 14), until=date(2027, 1, 8)))
    await act(house, SPO, pause_clock, pausing(nsi, from_=date(2026, 12, 14), until=date(2026, 12, 15)))
    assert (await clock(house, nsi)).due == date(2026, 12, 30)


async def test_a_practitioner_does_not_stop_a_clock_and_a_rule_met_by_hand_keeps_its_first_day(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    with pytest.raises(NotAllowed):
        await act(house, YORK, pause_clock, pausing(nsi))
    for day in (20, 21):
        met = MeetClock(id=nsi.id, rule="T-08", on=date(2026, 11, day))
        await act(house, LEEDS, meet_clock, met)
    assert (await clock(house, nsi, "T-08")).met_on == date(2026, 11, 20)
