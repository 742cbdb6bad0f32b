"""From one status to the next, the action list, and who is responsible."""

from datetime import date, timedelta

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.demo.closing import close_mandatory
from gateway.intake.settle import Settler
from gateway.store.database import Pool
from gateway.transfers.actions import complete_action
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.meeting import meet_clock
from gateway.transfers.read import read_nsi
from gateway.transfers.status import NEXT, record_status
from schemas.action_list import CompleteAction, MeetClock
from schemas.errors import Conflict, Invalid, NotThere
from schemas.nsis import ConfirmNsi, Nsi, ReadNsi, RecordStatus
from schemas.words import NsiStatus
from tests.messages import HULL, LEEDS, YORK, prepared

WAY: tuple[NsiStatus, ...] = ("received", "allocated", "in_progress", "completed")


async def raised(house: House, settler: Settler, **facts: object) -> Nsi:
    nsi = await prepared(house, settler, **facts)
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id))
    return nsi


async def record(house: House, nsi: Nsi, *statuses: NsiStatus) -> None:
    for status in statuses:
        if status == "completed":
            await close_mandatory(house, nsi.id)
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))


async def read(house: House, nsi: Nsi) -> Nsi:
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))


async def test_an_nsi_goes_its_way_and_the_history_keeps_every_step(house: House, settler: Settler) -> None:
    nsi = await raised(house, settler)
    await record(house, nsi, *WAY)
    done = await read(house, nsi)
    assert done.status == "completed"
    assert [line.status for line in done.history if line.status] == ["prepared", "raised", *WAY]


async def test_completing_a_case_transfer_makes_the_receiving_pdu_responsible(house: House, settler: Settler) -> None:
    nsi = await raised(house, settler)
    await record(house, nsi, "received", "allocated", "in_progress")
    before = (await read(house, nsi)).responsible
    assert before is not None
    assert before.pdu == "York"
    await record(later := House(pool=house.pool, now=lambda: house.now() + timedelta(hours=1)), nsi, "completed")
    done = await read(later, nsi)
    assert done.responsible is not None
    assert (done.responsible.pdu, done.responsible.since) == ("Leeds", later.now())
    assert "Responsibility passed: To Leeds (N55LEE)" in " ".join(line.what for line in done.history)
    clocks = {clock.rule: clock for clock in done.clocks}
    assert (clocks["T-14"].state, clocks["T-07"].state) == ("met", "running")


async def test_the_origin_stays_responsible_through_a_temporary_move(house: House, settler: Settler) -> None:
    nsi = await raised(house, settler, type="temporary_move", until=date(2027, 1, 8))
    await record(House(pool=house.pool, now=lambda: house.now() + timedelta(days=50)), nsi, *WAY)
    done = await read(house, nsi)
    assert done.responsible is not None
    assert done.responsible.pdu == "York"


async def test_a_temporary_move_is_not_completed_before_it_starts(house: House, settler: Settler) -> None:
    nsi = await raised(house, settler, type="temporary_move", until=date(2027, 1, 8))
    await record(house, nsi, *WAY[:-1])
    with pytest.raises(Invalid, match=r"status: .*completed by the return"):
        await record(house, nsi, "completed")
    assert (await read(house, nsi)).status == "in_progress"


async def test_a_further_message_moves_no_responsibility(house: House, settler: Settler) -> None:
    await prepared(house, settler)
    later = House(pool=house.pool, now=lambda: house.now() + timedelta(days=1))
    further = await prepared(later, settler, type="temporary_move", until=date(2027, 1, 8), sending="Leeds PDU")
    assert further.responsible is not None
    assert (further.responsible.pdu, further.responsible.since) == ("York", house.now())


async def test_the_same_status_again_is_harmless(house: House, pool: Pool, settler: Settler) -> None:
    nsi = await raised(house, settler)
    await record(house, nsi, "received", "received")
    assert await pool.fetchval("select count(*) from event where kind = 'nsi_status_recorded'") == 1


@pytest.mark.parametrize("status", sorted(set(NEXT) - NEXT["raised"] - {"raised"}))
async def test_a_status_that_cannot_follow_is_refused_and_says_what_can(
    house: House, settler: Settler, status: NsiStatus
) -> None:
    nsi = await raised(house, settler)
    with pytest.raises(Conflict, match="it can become allocated, received, returned, withdrawn"):
        await record(house, nsi, status)


async def test_an_unconfirmed_nsi_is_confirmed_first(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    with pytest.raises(Conflict, match="Confirm it first"):
        await record(house, nsi, "received")


async def test_nothing_follows_completion(house: House, settler: Settler) -> None:
    nsi = await raised(house, settler)
    await record(house, nsi, *WAY)
    with pytest.raises(Conflict, match="nothing follows"):
        await record(house, nsi, "withdrawn")


async def test_a_status_may_be_recorded_at_an_earlier_time_but_not_out_of_order(house: House, settler: Settler) -> None:
    nsi = await raised(House(pool=house.pool, now=lambda: house.now() - timedelta(days=9)), settler)
    at = house.now() - timedelta(days=4)
    await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="received", at=at))
    assert [line.at for line in (await read(house, nsi)).history if line.status == "received"] == [at]
    for wrong in (at - timedelta(days=1), house.now() + timedelta(seconds=1), at.replace(tzinfo=None)):
        with pytest.raises(Invalid, match="at: Give a time"):
            await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="allocated", at=wrong))


async def test_another_pdu_records_nothing(house: House, settler: Settler) -> None:
    nsi = await raised(house, settler)
    with pytest.raises(NotThere):
        await act(house, HULL, record_status, RecordStatus(id=nsi.id, status="received"))
    with pytest.raises(NotThere):
        await act(house, HULL, complete_action, CompleteAction(id=nsi.id, n=1))
    with pytest.raises(NotThere):
        await act(house, HULL, meet_clock, MeetClock(id=nsi.id, rule="T-05"))


async def test_an_action_that_is_done_meets_its_rule(house: House, settler: Settler) -> None:
    nsi = await raised(house, settler)
    visit = next(action for action in nsi.actions if action.title.startswith("Visit"))
    for _ in range(2):
        await act(house, LEEDS, complete_action, CompleteAction(id=nsi.id, n=visit.n))
    done = await read(house, nsi)
    assert done.actions[visit.n - 1].done_at == house.now()
    assert next(clock for clock in done.clocks if clock.rule == "T-05").met_on == date(2026, 11, 22)
    assert sum("Action done: Visit" in line.what for line in done.history) == 1
    with pytest.raises(NotThere, match="no action 99"):
        await act(house, LEEDS, complete_action, CompleteAction(id=nsi.id, n=99))


async def test_a_rule_is_met_on_the_day_it_was_and_the_first_day_stands(house: House, settler: Settler) -> None:
    nsi = await raised(house, settler)
    for on in (date(2026, 11, 20), None):
        await act(house, LEEDS, meet_clock, MeetClock(id=nsi.id, rule="T-05", on=on))
    clock = next(clock for clock in (await read(house, nsi)).clocks if clock.rule == "T-05")
    assert (clock.met_on, clock.state) == (date(2026, 11, 20), "met")
    with pytest.raises(Invalid, match="on: Give today"):
        await act(house, LEEDS, meet_clock, MeetClock(id=nsi.id, rule="T-06", on=date(2026, 11, 23)))
    with pytest.raises(NotThere, match="no rule T-99"):
        await act(house, LEEDS, meet_clock, MeetClock(id=nsi.id, rule="T-99"))
