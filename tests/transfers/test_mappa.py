"""T-21, T-22: level 2 and 3: salient features sent before the move, a meeting in the receiving area after it."""

from datetime import date
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.settle import Settler
from gateway.transfers.actions import complete_action
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from schemas.action_list import CompleteAction
from schemas.errors import Invalid
from schemas.nsis import Action, ConfirmNsi, Nsi, ReadNsi, RecordStatus
from tests.messages import LEEDS, YORK, prepared
from tests.transfers.test_responsible import later


@pytest.fixture
async def nsi(house: House, settler: Settler) -> Nsi:
    made = await prepared(house, settler, rosh="low", mappa="Category 2 Level 2")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=made.id))


def line(nsi: Nsi, kind: str) -> Action:
    return next(one for one in nsi.actions if one.kind == kind)


def clock(nsi: Nsi, rule: str) -> Any:
    return next(one for one in nsi.clocks if one.rule == rule)


async def done(house: House, nsi: Nsi, kind: str, **evidence: str | bool) -> Nsi:
    command = CompleteAction(id=nsi.id, n=line(nsi, kind).n, evidence=evidence)
    await act(house, OPERATOR, complete_action, command)
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))


async def test_t_21_salient_features_and_the_plan_of_a_level_2_case_are_sent_in_good_time_before_the_transfer(
    house: House, nsi: Nsi
) -> None:
    features = clock(nsi, "T-21")
    assert (features.due, features.owner) == (date(2026, 12, 11), "sending practitioner")
    assert line(nsi, "mappa_features").due == features.due
    with pytest.raises(Invalid, match=r"sent_on"):
        await done(house, nsi, "mappa_features")
    nsi = await done(later(house, days=5), nsi, "mappa_features", sent_on="2026-11-26", victim_issues=True)
    assert (clock(nsi, "T-21").met_on, clock(nsi, "T-22").met_on) == (date(2026, 11, 26), None)


async def test_t_22_the_meeting_on_a_level_2_case_is_convened_in_the_receiving_area_by_its_co_ordinator(
    house: House, nsi: Nsi
) -> None:
    assert (clock(nsi, "T-22").due, clock(nsi, "T-22").owner) == (date(2027, 1, 15), "MAPPA co-ordinator")
    await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="allocated"))
    moved = later(house, days=1)
    await act(moved, LEEDS, record_status, RecordStatus(id=nsi.id, status="completed"))
    nsi = await act(moved, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    assert clock(nsi, "T-22").due == date(2026, 12, 21), "four weeks after the transfer, which was earlier than planned"
    nsi = await done(later(house, days=9), nsi, "mappa_meeting", on="2026-11-30", level="two")
    assert clock(nsi, "T-22").met_on == date(2026, 11, 30)
