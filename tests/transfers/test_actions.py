"""The action list: closed by evidence, skipped only by who may; and an NSI that waits for what is mandatory."""

from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from bedspace.lists.check import check_listed
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.demo.closing import close, close_mandatory
from gateway.intake.settle import Settler
from gateway.people.keep import limit_access
from gateway.store.database import Pool
from gateway.transfers.actions import (
    add_action,
    assign_action,
    complete_action,
    record_evidence,
    reopen_action,
    skip_action,
)
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.kinds import action_kinds
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from gateway.worker.clocks import chase
from schemas.action_list import (
    AddAction,
    AssignAction,
    CompleteAction,
    RecordEvidence,
    ReopenAction,
    SkipAction,
)
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.nsis import Action, Clock, ConfirmNsi, Nsi, ReadNsi, RecordStatus
from schemas.people import LimitAccess
from schemas.words import NsiStatus
from tests.messages import LEEDS, YORK, prepared

ACO = Actor(id="aco", name="Lee Invented", role="aco", regions=("N55",))
COORDINATOR = Actor(id="mappa", name="Max Invented", role="mappa_coordinator", regions=("N55",))
VLO = Actor(id="vlo", name="Val Invented", role="vlo", regions=("N55",))
SPO = Actor(id="spo", name="Sandy Invented", role="spo", pdus=("N55YRK", "N55LEE"))


async def read(house: House, nsi: Nsi, actor: Actor = OPERATOR) -> Nsi:
    return await act(house, actor, read_nsi, ReadNsi(id=nsi.id))


async def line(house: House, nsi: Nsi, kind: str) -> Action:
    return next(one for one in (await read(house, nsi)).actions if one.kind == kind)


async def clock(house: House, nsi: Nsi, rule: str) -> Clock:
    return next(one for one in (await read(house, nsi)).clocks if one.rule == rule)


async def under_way(house: House, settler: Settler, *statuses: NsiStatus, **facts: Any) -> Nsi:
    nsi = await prepared(house, settler, **facts)
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id))
    await record(house, nsi, *(statuses or ("received", "allocated", "in_progress")))
    return nsi


async def record(house: House, nsi: Nsi, *statuses: NsiStatus) -> None:
    for status in statuses:
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))


async def completing(house: House, nsi: Nsi) -> None:
    await record(house, nsi, "completed")


def evidence(**given: str | bool) -> dict[str, str | bool]:
    return given


async def test_a_high_risk_case_cannot_be_completed_without_the_assistant_chief_officer_at_both_ends(
    house: House, settler: Settler
) -> None:
    nsi = await under_way(house, settler)
    with pytest.raises(Conflict, match="cannot be completed while this is open: Have an assistant chief officer"):
        await completing(house, nsi)
    assert (await read(house, nsi)).status == "in_progress"
    await close_mandatory(house, nsi.id)
    await completing(house, nsi)
    assert (await read(house, nsi)).status == "completed"


async def test_a_mappa_3_case_cannot_skip_the_co_ordinator_without_a_recorded_reason(
    house: House, settler: Settler
) -> None:
    """It comes before anything else: the NSI is not even allocated."""
    nsi = await under_way(house, settler, "received", rosh="medium", mappa="Category 2 Level 3")
    mappa = await line(house, nsi, "mappa_point")
    assert mappa.mandatory
    with pytest.raises(Conflict, match="MAPPA co-ordination point"):
        await record(house, nsi, "allocated")
    for actor in (YORK, SPO, OPERATOR):
        with pytest.raises(NotAllowed, match="the MAPPA co-ordinator or an assistant chief officer"):
            await act(house, actor, skip_action, SkipAction(id=nsi.id, n=mappa.n, why="There is no time."))
    await act(house, COORDINATOR, skip_action, SkipAction(id=nsi.id, n=mappa.n, why="Brokered by telephone."))
    await record(house, nsi, "allocated", "in_progress", "completed")
    assert (await read(house, nsi)).status == "completed"
    said = [one.what for one in (await read(house, nsi)).history if "Skipped: Brokered by telephone." in one.what]
    assert len(said) == 1


async def test_the_assistant_chief_officer_is_skipped_by_one_of_them_and_by_nobody_else_and_the_rule_is_not_met(
    house: House, settler: Settler
) -> None:
    nsi = await under_way(house, settler)
    aco = await line(house, nsi, "aco_oversight_sending")
    with pytest.raises(NotAllowed, match="an assistant chief officer or the national lead can"):
        await act(house, SPO, skip_action, SkipAction(id=nsi.id, n=aco.n, why="On leave."))
    await act(house, ACO, skip_action, SkipAction(id=nsi.id, n=aco.n, why="Seen at the panel of Monday."))
    skipped = await line(house, nsi, "aco_oversight_sending")
    assert (skipped.not_applicable, skipped.done_by) == ("Seen at the panel of Monday.", ACO.id)
    found = await clock(house, nsi, "T-19")
    assert (found.state, found.passed_over_on, found.met_on) == ("not_met", house.now().date(), None)
    late = House(pool=house.pool, now=lambda: house.now() + timedelta(days=60))
    await chase(late)
    assert "T-19" not in {one.rule for one in (await read(late, nsi)).escalations}
    await act(house, ACO, reopen_action, ReopenAction(id=nsi.id, n=aco.n, why="It was not the panel after all."))
    assert (await clock(house, nsi, "T-19")).state == "running"


async def test_the_table_keeps_the_promise_that_what_is_mandatory_is_closed_by_evidence_or_a_reason(
    house: House, settler: Settler, database: str
) -> None:
    nsi = await under_way(house, settler)
    connection = await asyncpg.connect(database)
    await connection.execute("select set_config('bedspace.nation', 'on', false)")
    with pytest.raises(asyncpg.CheckViolationError, match="closed_by_evidence_or_a_reason"):
        await connection.execute("update nsi_action set done_at = now() where mandatory")
    with pytest.raises(asyncpg.CheckViolationError, match="assistant chief officer"):
        await connection.execute("update nsi set status = 'completed', ended_on = '2026-11-22' where id = $1", nsi.id)
    await connection.close()


async def test_what_a_far_system_says_is_completed_is_kept_and_asked_about(
    house: House, settler: Settler, database: str
) -> None:
    nsi = await under_way(house, settler)
    connection = await asyncpg.connect(database)
    await connection.execute("select set_config('bedspace.nation', 'on', false)")
    await connection.execute(
        "insert into nsi_report (nsi_id, source, version, status, at, received_at, by_whom) "
        "values ($1, 'delius', 7, 'completed', now(), now(), 'delius')",
        nsi.id,
    )
    await connection.execute("update nsi set status = 'completed', ended_on = '2026-11-22' where id = $1", nsi.id)
    asked = await connection.fetchval("select said from nsi_question where kind = 'mandatory_open'")
    assert asked.startswith("Completed at its source with this still open: Have an assistant chief officer")
    await connection.close()


async def test_a_conversation_says_with_whom_when_and_what_was_agreed(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    n = (await line(house, nsi, "conversation")).n
    with pytest.raises(Invalid) as caught:
        await act(house, YORK, complete_action, CompleteAction(id=nsi.id, n=n))
    assert [one.field for one in caught.value.faults] == ["evidence.with_whom", "evidence.on", "evidence.agreed"]
    said = evidence(with_whom="Sam Example-Leeds", on="2026-11-22", agreed="They meet on the 18th.")
    await act(house, YORK, complete_action, CompleteAction(id=nsi.id, n=n, evidence=said))
    done = await line(house, nsi, "conversation")
    assert (done.evidence, done.done_by) == (said, YORK.id)


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("conversation", {"with_whom": True}, "with_whom"),
        ("conversation", {"on": "tomorrow"}, "on"),
        ("conversation", {"on": "2026-11-23"}, "on"),
        ("conversation", {"colour": "blue"}, "colour"),
        ("oasys_current", {"rosh_current": "yes"}, "rosh_current"),
        ("address_check", {"how": "by_thought"}, "how"),
        ("police_check", {"asked_on": "2026-11-20", "returned_on": "2026-11-19"}, "returned_on"),
        ("police_check", {"force": "no_such_force"}, "force"),
        ("court_application", {"outcome": "perhaps"}, "outcome"),
    ],
)
async def test_evidence_that_does_not_fit_is_named_and_nothing_is_kept(
    house: House, settler: Settler, kind: str, given: dict[str, str | bool], field: str
) -> None:
    nsi = await prepared(house, settler)
    n = (await line(house, nsi, kind)).n
    with pytest.raises(Invalid) as caught:
        await act(house, YORK, record_evidence, RecordEvidence(id=nsi.id, n=n, evidence=given))
    assert [one.field.removeprefix("evidence.") for one in caught.value.faults] == [field]
    assert (await line(house, nsi, kind)).evidence == {}


async def test_a_police_check_is_asked_for_first_and_closed_when_it_is_back(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    n = (await line(house, nsi, "police_check")).n
    asked = evidence(force="west_yorkshire", asked_on="2026-11-20")
    await act(house, YORK, record_evidence, RecordEvidence(id=nsi.id, n=n, evidence=asked))
    with pytest.raises(Invalid, match="returned_on"):
        await act(house, YORK, complete_action, CompleteAction(id=nsi.id, n=n))
    back = evidence(returned_on="2026-11-22", concern=False)
    await act(house, YORK, complete_action, CompleteAction(id=nsi.id, n=n, evidence=back))
    assert (await line(house, nsi, "police_check")).evidence == asked | back


async def test_a_home_visit_meets_its_rule_on_the_day_of_the_visit(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    later = House(pool=house.pool, now=lambda: house.now() + timedelta(days=9))
    said = evidence(how="visit", on="2026-11-25", suitable=True)
    n = (await line(house, nsi, "address_check")).n
    await act(later, LEEDS, complete_action, CompleteAction(id=nsi.id, n=n, evidence=said))
    found = await clock(later, nsi, "T-05")
    assert (found.met_on, found.state) == (date(2026, 11, 25), "met")


async def test_what_must_be_so_does_not_close_an_action_while_it_is_not(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    n = (await line(house, nsi, "first_appointment")).n
    said = evidence(on="2026-12-18", told=False)
    with pytest.raises(Invalid, match="not done while this is so"):
        await act(house, YORK, complete_action, CompleteAction(id=nsi.id, n=n, evidence=said))


async def test_an_action_opened_again_lets_its_rule_run_again(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    n = (await line(house, nsi, "risk_report")).n
    await act(house, YORK, complete_action, CompleteAction(id=nsi.id, n=n))
    assert (await clock(house, nsi, "T-03")).state == "met"
    for _ in range(2):
        await act(house, YORK, reopen_action, ReopenAction(id=nsi.id, n=n, why="It was another report."))
    assert (await clock(house, nsi, "T-03")).state == "due"
    assert (await line(house, nsi, "risk_report")).done_at is None


async def test_a_licence_has_no_court_and_the_line_is_not_applicable_with_a_reason(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    n = (await line(house, nsi, "court_application")).n
    await act(house, YORK, skip_action, SkipAction(id=nsi.id, n=n, why="It is a licence."))
    assert "T-09" not in {one.rule for one in (await read(house, nsi)).clocks}
    with pytest.raises(Conflict, match="Open it again first"):
        await act(house, YORK, assign_action, AssignAction(id=nsi.id, n=n, to="Sam"))
    await act(house, YORK, reopen_action, ReopenAction(id=nsi.id, n=n, why="There is an order too."))
    assert "T-09" in {one.rule for one in (await read(house, nsi)).clocks}


async def test_lines_of_ones_own_are_added_assigned_and_closed(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    own = AddAction(id=nsi.id, title="Ring the hostel", due=date(2026, 12, 1), to="Sam Example-Leeds")
    await act(house, YORK, add_action, own)
    added = (await read(house, nsi)).actions[-1]
    assert (added.kind, added.title, added.due, added.assigned_to) == ("other", own.title, own.due, own.to)
    await act(house, YORK, assign_action, AssignAction(id=nsi.id, n=added.n, to="Jo", due=date(2026, 12, 2)))
    await act(house, LEEDS, complete_action, CompleteAction(id=nsi.id, n=added.n))
    added = (await read(house, nsi)).actions[-1]
    assert (added.assigned_to, added.due, added.done_by) == ("Jo", date(2026, 12, 2), LEEDS.id)
    with pytest.raises(Invalid, match="today or a later day"):
        await act(house, YORK, add_action, AddAction(id=nsi.id, title="Too late", due=date(2026, 11, 1)))


async def test_the_day_of_a_rule_is_not_ones_own_to_set(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    n = (await line(house, nsi, "risk_report")).n
    with pytest.raises(Invalid, match="due with rule T-03"):
        await act(house, YORK, assign_action, AssignAction(id=nsi.id, n=n, due=date(2026, 12, 1)))


async def test_a_line_that_is_not_there_is_not_there(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    with pytest.raises(NotThere, match="has no action 99"):
        await act(house, YORK, skip_action, SkipAction(id=nsi.id, n=99, why="None"))


async def test_evidence_is_masked_with_the_person(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await close(house, nsi.id, await line(house, nsi, "conversation"))
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id, allowed=(YORK.id,)))
    assert (await line(house, nsi, "conversation")).evidence == {}
    seen = next(one for one in (await read(house, nsi, YORK)).actions if one.kind == "conversation")
    assert seen.evidence


async def test_every_kind_of_the_source_has_its_own_evidence(pool: Pool) -> None:
    kinds = action_kinds()
    assert {one.id for one in kinds["court_application"].field} >= {"from_court", "to_court", "applied_on", "outcome"}
    assert {one.id for one in kinds["paper_file"].field} == {
        *("dispatched_on", "carrier", "reference", "from_place", "to_place", "place", "received_on", "received_by"),
        "missing",
    }
    assert {one.id for one in kinds["vlo_handover"].field} >= {"from_whom", "to_whom", "on"}
    async with pool.acquire() as tx, tx.transaction():
        for kind in kinds.values():
            for one in kind.field:
                if one.list:
                    with pytest.raises(Invalid, match=r"Choose one of: .+"):
                        await check_listed(tx, "none", of=one.list, field=one.id, today=date(2026, 11, 22))


async def test_sys_14_a_victim_liaison_officer_hands_over_to_another_with_evidence_that_conditions_were_gone_through(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    n = (await line(house, nsi, "vlo_handover")).n
    said = evidence(from_whom="Val Invented", to_whom="Vic Invented", on="2026-11-20", conditions_checked=False)
    with pytest.raises(Invalid, match="not done while this is so"):
        await act(house, VLO, complete_action, CompleteAction(id=nsi.id, n=n, evidence=said))
    said["conditions_checked"] = True
    await act(house, VLO, complete_action, CompleteAction(id=nsi.id, n=n, evidence=said))
    done = await line(house, nsi, "vlo_handover")
    assert (done.owner, done.done_by, done.evidence) == ("VLO", VLO.id, said)


async def test_sys_15_an_application_to_the_court_has_both_courts_its_dates_and_its_outcome(
    house: House, settler: Settler
) -> None:
    nsi = await under_way(house, settler, rosh="low")
    await completing(house, nsi)
    n = (await line(house, nsi, "court_application")).n
    later = House(pool=house.pool, now=lambda: house.now() + timedelta(days=30))
    heard_first = evidence(from_court="York", to_court="Leeds", applied_on="2026-12-10", heard_on="2026-12-09")
    with pytest.raises(Invalid, match="heard_on"):
        await act(later, LEEDS, complete_action, CompleteAction(id=nsi.id, n=n, evidence=heard_first))
    said = heard_first | evidence(heard_on="2026-12-21", outcome="granted")
    await act(later, LEEDS, complete_action, CompleteAction(id=nsi.id, n=n, evidence=said))
    assert (await line(house, nsi, "court_application")).evidence == said
    assert (await clock(later, nsi, "T-09")).met_on == date(2026, 12, 10), "the day of the application counts"


async def test_c_13_what_programme_the_receiving_pdu_offers_and_how_long_its_waiting_list_is_stands_on_the_nsi(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    programme = await line(house, nsi, "programme")
    assert programme.owner == "receiving practitioner"
    with pytest.raises(Invalid, match="offered"):
        await act(house, LEEDS, complete_action, CompleteAction(id=nsi.id, n=programme.n))
    waits = evidence(programme="Thinking Skills", offered=True, waiting_weeks="9")
    await act(house, LEEDS, record_evidence, RecordEvidence(id=nsi.id, n=programme.n, evidence=waits))
    assert (await line(house, nsi, "programme")).done_at is None
    await act(house, LEEDS, complete_action, CompleteAction(id=nsi.id, n=programme.n))
    assert (await read(house, nsi, YORK)).actions[programme.n - 1].evidence["waiting_weeks"] == "9"
