"""T-18, C-07, SYS-18: what the national lead decides about a challenge on risk, and what follows from it."""

from datetime import date

import pytest

from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.settle import Settler
from gateway.transfers.actions import complete_action
from gateway.transfers.challenge import decide_challenge, raise_challenge
from gateway.transfers.challenges import list_challenges
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.merge import merge_nsi
from gateway.transfers.national import lead_search, seek_for_nsi
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from schemas.action_list import CompleteAction
from schemas.challenges import Condition, DecideChallenge, Decision, ListChallenges, RaiseChallenge
from schemas.errors import Conflict, Invalid
from schemas.national import LeadSearch, SeekForNsi
from schemas.nsi_life import MergeNsi
from schemas.nsis import ConfirmNsi, Nsi, ReadNsi, RecordStatus
from tests.messages import LEEDS, YORK, prepared
from tests.transfers.test_responsible import later

LEAD = demo_actor("national_lead")
ZONE = Condition(title="An exclusion zone is set", owner="sending SPO")


@pytest.fixture
async def nsi(house: House, settler: Settler) -> Nsi:
    made = await prepared(house, settler, rosh="low")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    return made


async def decided(house: House, nsi: Nsi, decision: Decision, *conditions: Condition) -> Nsi:
    await act(house, LEEDS, raise_challenge, RaiseChallenge(id=nsi.id, reason="victim", said="Too near."))
    (waits,) = (await act(house, LEAD, list_challenges, ListChallenges())).items
    command = DecideChallenge(id=waits.id, decision=decision, why="As it is.", conditions=list(conditions))
    await act(house, LEAD, decide_challenge, command)
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))


async def test_c_07_a_condition_is_closed_before_the_nsi_completes_and_by_saying_how(house: House, nsi: Nsi) -> None:
    line = (await decided(house, nsi, "goes_on_with_conditions", ZONE)).actions[-1]
    assert (line.title, line.mandatory) == (ZONE.title, True)
    await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="allocated"))
    with pytest.raises(Conflict, match="An exclusion zone is set"):
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="completed"))
    with pytest.raises(Invalid, match=r"evidence\.note: This line is mandatory: say how it was done"):
        await act(house, YORK, complete_action, CompleteAction(id=nsi.id, n=line.n))
    done = CompleteAction(id=nsi.id, n=line.n, evidence={"note": "Set by the court."})
    await act(house, YORK, complete_action, done)
    await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="completed"))


async def test_c_07_a_challenge_of_an_nsi_that_is_found_to_be_another_is_still_to_be_decided(
    house: House, settler: Settler, nsi: Nsi
) -> None:
    challenge = RaiseChallenge(id=nsi.id, reason="victim", said="Too near.")
    await act(house, LEEDS, raise_challenge, challenge)
    twin = await prepared(house, settler, rosh="low", destination="LS6 2AA", move_on=date(2026, 12, 19))
    await act(house, OPERATOR, merge_nsi, MergeNsi(id=nsi.id, into=twin.reference))
    (waits,) = (await act(house, LEAD, list_challenges, ListChallenges())).items
    assert (waits.reference, waits.said) == (twin.reference, "Too near.")
    await act(house, LEAD, decide_challenge, DecideChallenge(id=waits.id, decision="goes_on", why="As it is."))
    assert (await act(house, LEAD, list_challenges, ListChallenges())).items == []


async def test_sys_18_the_national_lead_decides_again_about_an_nsi_that_they_decided_about_before(
    house: House, nsi: Nsi
) -> None:
    assert (await decided(house, nsi, "returned_to_sender")).status == "returned"
    at = later(house, days=1)
    await act(at, YORK, record_status, RecordStatus(id=nsi.id, status="raised"))
    seek = SeekForNsi(id=nsi.id, reason="victims", tried="Everybody.", needed="Nobody near.")
    sought = await act(at, YORK, seek_for_nsi, seek)
    await act(at, LEAD, lead_search, LeadSearch(id=sought.id, leads="Nat Example"))
    assert (await decided(later(house, days=2), nsi, "goes_on")).status == "raised"
