"""T-27, T-25: enforcement and recall stay possible throughout."""

from datetime import date

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.cases.enforcement import record_enforcement_outcome
from gateway.transfers.caretaking import record_caretaking
from gateway.transfers.challenge import raise_challenge
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from schemas.challenges import RaiseChallenge
from schemas.contacts import EnforcementOutcome
from schemas.custody import RecordCaretaking
from schemas.errors import Invalid, NotAllowed, NotThere
from schemas.nsis import Nsi, ReadNsi, RecordStatus
from tests.cases.recording import ABSENT, CRN, ago, contact, enforced, log
from tests.messages import HULL, LEEDS, YORK


async def test_t_27_enforcement_is_possible_at_every_status_by_whoever_holds_or_supervises(
    house: House, nsi: Nsi
) -> None:
    await enforced(house, YORK, kind="warning")
    for status in ("received", "allocated", "in_progress"):
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))
        assert (await enforced(house, YORK)).pdu == "N55YRK"
        assert (await enforced(house, LEEDS, kind="recall")).pdu == "N55LEE"
    assert len((await log(house)).enforcement) == 7
    whole = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    assert sum("Enforcement recorded" in one.what for one in whole.history) == 7


@pytest.mark.parametrize("over", ["completed", "withdrawn"])
async def test_t_27_when_the_nsi_is_over_whoever_is_responsible_enforces(house: House, nsi: Nsi, over: str) -> None:
    sender = over == "withdrawn"
    if not sender:
        for status in ("received", "allocated"):
            await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))
    await act(house, YORK if sender else OPERATOR, record_status, RecordStatus(id=nsi.id, status=over))  # type: ignore[arg-type]  # a status
    holder, other = (YORK, LEEDS) if sender else (LEEDS, YORK)
    assert (await enforced(house, holder)).pdu == holder.pdus[0]
    with pytest.raises(NotAllowed, match="holds or supervises"):
        await enforced(house, other)


async def test_t_27_and_t_25_enforcement_and_recall_go_on_during_a_challenge_on_risk(house: House, nsi: Nsi) -> None:
    await act(house, LEEDS, raise_challenge, RaiseChallenge(id=nsi.id, reason="victim", said="Close by."))
    assert (await enforced(house, LEEDS, kind="recall")).pdu == "N55LEE"
    assert (await enforced(house, YORK, kind="breach")).pdu == "N55YRK"
    await contact(house, LEEDS)


async def test_t_27_whoever_holds_the_person_for_another_enforces(house: House, nsi: Nsi) -> None:
    await act(house, YORK, record_status, RecordStatus(id=nsi.id, status="withdrawn"))
    with pytest.raises(NotAllowed):
        await enforced(house, LEEDS)
    held = RecordCaretaking(person=CRN, by_pdu="N55LEE", from_=date(2026, 11, 1))
    await act(house, OPERATOR, record_caretaking, held)
    assert (await enforced(house, LEEDS)).pdu == "N55LEE"


async def test_t_23_enforcement_rests_on_the_absences_of_both_areas(house: House, nsi: Nsi) -> None:
    await contact(house, YORK, outcome=ABSENT, at=ago(5))
    await contact(house, LEEDS, outcome=ABSENT, at=ago(2))
    assert (await enforced(house, LEEDS)).absences == 2


async def test_what_came_of_enforcement_is_recorded_once(house: House, nsi: Nsi) -> None:
    made = await enforced(house, on=ago(5).date())
    end = EnforcementOutcome(person=CRN, enforcement=made.id, outcome="upheld")
    for _ in range(2):
        await act(house, LEEDS, record_enforcement_outcome, end)
    found = (await log(house)).enforcement[0]
    assert (found.outcome, found.outcome_on, found.pdu_name) == ("upheld", date(2026, 11, 22), "York")
    early = EnforcementOutcome(person=CRN, enforcement=made.id, outcome="withdrawn", on=ago(9).date())
    with pytest.raises(Invalid, match="begun on 17 November"):
        await act(house, YORK, record_enforcement_outcome, early)


async def test_enforcement_of_a_day_ahead_or_by_somebody_elses_area_is_refused(house: House, nsi: Nsi) -> None:
    with pytest.raises(Invalid, match="on: Give today"):
        await enforced(house, on=date(2026, 11, 23))
    with pytest.raises(NotThere):
        await enforced(house, HULL)
    with pytest.raises(NotAllowed, match="a PDU that you work for"):
        await enforced(house, YORK, pdu="N55LEE")
    assert (await log(house)).enforcement == []
