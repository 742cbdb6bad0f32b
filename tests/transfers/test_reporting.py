"""SYS-10, SYS-12: far systems report NSIs; whatever the order, whoever else acts, they end in one state."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.delivery.letters import OWED
from gateway.intake.settle import Settler
from gateway.store.database import Pool
from gateway.transfers.allocate import answer_question
from gateway.transfers.in_flight import keep_in_flight
from gateway.transfers.merge import merge_nsi
from gateway.transfers.raising import Raiser
from gateway.transfers.read import list_nsis, read_nsi
from gateway.transfers.reporting import Reporter
from gateway.transfers.status import record_status
from gateway.verify.invariants import INVARIANTS, Look
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.nsi_life import AnswerQuestion, KeepInFlight, MergeNsi, NsiRecord, NsiReported, ReportNsi
from schemas.nsis import ListNsis, NewPerson, Nsi, ReadNsi, RecordStatus
from schemas.words import NsiStatus
from tests.messages import LEEDS, prepared
from tests.transfers.test_raising import new

SYSTEM = Actor(id="system-york", name="York's case system", role="area_system", pdus=("N55YRK",))
WHO: dict[str, Any] = {"name": "Robin Invented", "crn": "X123456", "birth_date": date(1990, 2, 3), "gender": "male"}


def record(person: dict[str, Any] | None = None, **more: Any) -> NsiRecord:
    facts: dict[str, Any] = {
        "type": "case_transfer",
        "move_on": date(2026, 12, 18),
        "destination": "LS1 4AP",
        "sending_pdu": "N55YRK",
        "referred_on": date(2026, 11, 2),
        "rosh": "high",
    } | more
    return NsiRecord(person=NewPerson(**(WHO | (person or {}))), **facts)


def said(version: int, status: NsiStatus, day: int, **more: Any) -> ReportNsi:
    facts: dict[str, Any] = {"source": "ndelius", "external_reference": "2500123", "record": record()} | more
    at = datetime(2026, 11, day, 12, tzinfo=UTC)
    return ReportNsi(version=version, status=status, status_at=at, **facts)


@pytest.fixture
def reporter(postcodes: Postcodes) -> Reporter:
    return Reporter(postcodes)


async def report(house: House, reporter: Reporter, *these: ReportNsi, actor: Actor = SYSTEM) -> NsiReported:
    answers = [await act(house, actor, reporter.report_nsi, one) for one in these]
    return answers[-1]


async def read(house: House, found: NsiReported) -> Nsi:
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=found.id))


async def folded(house: House) -> list[str]:
    """What `verify` finds of statuses that are not the fold, or not told."""
    async with house.pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        look = Look(tx, house.now())
        return [line for one in INVARIANTS if one.id in ("folded", "history") for line in await one.find(look)]


SIX = (
    said(1, "raised", 2),
    said(2, "received", 4),
    said(3, "allocated", 5),
    said(4, "in_progress", 4),
    said(1, "received", 3, source="tracker", external_reference="row 7"),
    said(2, "completed", 9, source="tracker", external_reference="row 7", outcome="transferred"),
)


@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (3, 5, 0, 5, 2, 4, 1, 0), (4, 0, 5, 3, 3, 1, 2)]
)
async def test_sys_10_whatever_the_order_of_arrival_six_reports_with_duplicates_end_in_one_state(
    house: House, reporter: Reporter, order: tuple[int, ...]
) -> None:
    nsi = await read(house, await report(house, reporter, *(SIX[n] for n in order)))
    assert (nsi.status, nsi.started_on, nsi.ended_on, nsi.outcome) == (
        "completed",
        date(2026, 11, 5),
        date(2026, 11, 9),
        "transferred",
    )
    assert [(one.source, one.version) for one in nsi.reports] == [
        ("ndelius", 1), ("tracker", 1), ("ndelius", 2), ("ndelius", 3), ("ndelius", 4), ("tracker", 2)
    ]  # fmt: skip
    assert {(one.source, one.reference) for one in nsi.known_as} == {("ndelius", "2500123"), ("tracker", "row 7")}
    assert await folded(house) == []


async def test_a_report_that_is_new_is_routed_like_any_nsi_and_once_more_is_harmless(
    house: House, pool: Pool, reporter: Reporter
) -> None:
    first = await report(house, reporter, said(1, "raised", 20, note="Comes with the case."))
    again = await report(house, reporter, said(1, "raised", 20, note="Comes with the case."))
    assert (first.new, first.taken, again.new, again.taken, again.id) == (True, True, False, False, first.id)
    nsi = await read(house, first)
    assert (nsi.receiving.pdu.code, nsi.source, nsi.referred_on) == ("N55LEE", "ndelius", date(2026, 11, 2))
    assert [note.text for note in nsi.notes] == ["Comes with the case."]
    assert await pool.fetchval("select string_agg(purpose, ' ') from outbox") == "nsi_to_spoc"


async def test_what_cannot_be_is_kept_and_asked_about_and_a_person_answers_once(
    house: House, reporter: Reporter
) -> None:
    found = await report(house, reporter, said(1, "withdrawn", 10), said(2, "completed", 12))
    assert found.status == "completed"
    assert found.questions == [
        "Withdrawn (ndelius 2500123, version 1), and after it Completed (ndelius 2500123, version 2)."
    ]
    nsi = await read(house, found)
    for again in (False, True):
        answer = AnswerQuestion(id=nsi.id, n=nsi.questions[0].n, answer="Withdrawn by mistake, they say.")
        if again:
            with pytest.raises(Conflict, match="answered already"):
                await act(house, LEEDS, answer_question, answer)
        else:
            await act(house, LEEDS, answer_question, answer)
    assert (await report(house, reporter, said(3, "completed", 13))).questions == []
    with pytest.raises(NotThere, match="no question 999"):
        await act(house, LEEDS, answer_question, AnswerQuestion(id=nsi.id, n=999, answer="x"))


async def test_a_question_that_what_was_missing_settles_is_closed_by_itself(house: House, reporter: Reporter) -> None:
    asked = await report(house, reporter, said(1, "returned", 5), said(3, "received", 7))
    assert len(asked.questions) == 1
    assert (await report(house, reporter, said(2, "raised", 6))).questions == []


async def test_a_version_that_says_something_else_than_before_is_refused_and_changes_nothing(
    house: House, reporter: Reporter
) -> None:
    await report(house, reporter, said(1, "raised", 20))
    with pytest.raises(Conflict, match="version 1 said something else"):
        await report(house, reporter, said(1, "completed", 20))
    assert (await report(house, reporter, said(1, "raised", 20))).status == "raised"


async def test_the_fields_are_those_of_the_newest_version_of_who_owns_them(house: House, reporter: Reporter) -> None:
    await report(house, reporter, said(3, "in_progress", 20, record=record(team="Team three", officer="Kit Invented")))
    await report(house, reporter, said(2, "received", 19, record=record(team="Team two")))
    other = said(9, "in_progress", 21, source="tracker", external_reference="row 7", record=record(team="Tracked"))
    nsi = await read(house, await report(house, reporter, other))
    assert (nsi.team, nsi.officer) == ("Team three", "Kit Invented")


async def test_duplicates_by_external_reference_go_to_one_nsi_and_ours_is_found_by_our_reference(
    house: House, reporter: Reporter, settler: Settler
) -> None:
    ours = await prepared(house, settler, sending="York PDU")
    linked = await report(house, reporter, said(1, "raised", 21, reference=ours.reference, record=None))
    later = await report(house, reporter, said(2, "received", 21, record=None))
    assert (linked.id, later.id, linked.new) == (ours.id, ours.id, False)
    unlike = said(3, "received", 21, record=record({"crn": "X777777"}, type="temporary_move"))
    assert "ndelius holds it to be a temporary move." in (await report(house, reporter, unlike)).questions


async def test_c_21_a_row_of_a_tracker_is_a_retrospective_nsi_whose_clocks_count_from_the_referral(
    house: House, reporter: Reporter
) -> None:
    nsi = await read(house, await report(house, reporter, said(1, "received", 5, way="retrospective")))
    clock = next(one for one in nsi.clocks if one.rule == "T-14")
    assert (nsi.way, clock.due, clock.state) == ("retrospective", date(2026, 11, 30), "running")
    assert any(line.what.startswith("In flight when NSIs began") for line in nsi.history)


async def test_sys_12_a_region_keeps_its_cases_in_flight_on_its_tracker_until_it_says_otherwise(
    house: House, reporter: Reporter
) -> None:
    aco = Actor(id="aco", name="An ACO", role="aco", regions=("N55",))
    region = await house.pool.fetchval("select region_code from pdu where code = 'N55YRK'")
    aco = Actor(id="aco", name="An ACO", role="aco", regions=(region,))
    await act(house, aco, keep_in_flight, KeepInFlight(region=region, how="tracker"))
    with pytest.raises(Conflict, match="on its tracker until they are done"):
        await report(house, reporter, said(1, "received", 5, way="retrospective"))
    with pytest.raises(NotThere):
        await act(house, aco, keep_in_flight, KeepInFlight(region="N00", how="tracker"))
    await act(house, aco, keep_in_flight, KeepInFlight(region=region, how="retrospective"))
    assert (await report(house, reporter, said(1, "received", 5, way="retrospective"))).new


async def test_historic_imports_send_nothing_and_chase_nobody(house: House, pool: Pool, reporter: Reporter) -> None:
    old = said(4, "completed", 9, quiet=True, started_on=date(2026, 11, 3), outcome="transferred")
    done = await read(house, await report(house, reporter, old))
    begun = said(
        1,
        "in_progress",
        4,
        quiet=True,
        external_reference="2500124",
        record=record({"crn": "X123457"}, move_on=date(2026, 11, 3)),
    )
    open_ = await read(house, await report(house, reporter, begun))
    assert (done.quiet, open_.quiet, done.clocks, open_.clocks, open_.actions) == (True, True, [], [], [])
    assert done.responsible is not None
    assert done.responsible.pdu == "Leeds"
    await report(house, reporter, said(2, "completed", 9, external_reference="2500124"))
    assert await pool.fetchval("select count(*) from outbox") == 0
    assert await pool.fetchval("select count(*) from nsi_escalation") == 0
    owing = await pool.fetch("select kind from event where kind = any ($1)", list(OWED))
    assert {row[0] for row in owing} == {"nsi_routed"}
    overdue = await act(house, OPERATOR, list_nsis, ListNsis(overdue=True))
    assert overdue.items == []


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (said(1, "raised", 20, ended_on=date(2026, 11, 21)), "ended_on"),
        (said(1, "completed", 20, started_on=date(2026, 11, 21), ended_on=date(2026, 11, 20)), "ended_on"),
        (said(1, "raised", 30), "status_at"),
        (said(1, "raised", 1), "status_at"),
        (said(1, "prepared", 20), "status"),
        (said(1, "raised", 20, outcome="transferred"), "outcome"),
        (said(1, "completed", 20, outcome="vanished"), "outcome"),
        (said(1, "raised", 20, source="bedspace"), "source"),
        (said(1, "raised", 20, record=record(requirement="Programme")), "record.requirement"),
        (said(1, "raised", 20, record=record(until=date(2026, 12, 1))), "record.until"),
        (said(1, "raised", 20, record=record(sub_type="holiday")), "sub_type"),
        (said(1, "raised", 20, record=None), "record"),
    ],
)
async def test_a_report_that_does_not_fit_is_named_and_changes_nothing(
    house: House, pool: Pool, reporter: Reporter, command: ReportNsi, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        await report(house, reporter, command)
    assert [fault.field for fault in caught.value.faults] == [field]
    assert await pool.fetchval("select count(*) from event") == 0


async def test_a_system_reports_only_what_its_pdus_send_or_receive(house: House, reporter: Reporter) -> None:
    hull = Actor(id="system-hull", name="Hull's case system", role="area_system", pdus=("N55HER",))
    with pytest.raises(NotAllowed):
        await report(house, reporter, said(1, "raised", 20), actor=hull)
    await report(house, reporter, said(1, "raised", 20))
    elsewhere = said(2, "received", 21, record=record(sending_pdu="N55HER", destination="YO1 7HH"))
    with pytest.raises(NotAllowed, match="out of your reach"):
        await report(house, reporter, elsewhere, actor=hull)


async def test_race_two_systems_and_a_person_at_once_on_one_nsi_end_in_the_fold(
    house: House, reporter: Reporter
) -> None:
    found = await report(house, reporter, said(1, "raised", 3))
    later = House(pool=house.pool, now=lambda: house.now() + timedelta(minutes=1))
    reports = [said(n, "received" if n % 2 else "allocated", 4) for n in range(2, 6)]
    rows = [said(n, "received", 5, source="tracker", external_reference="row 7") for n in range(1, 5)]
    results = await asyncio.gather(
        *(act(later, SYSTEM, reporter.report_nsi, one) for one in (*reports, *rows, *reports)),
        *(act(later, LEEDS, record_status, RecordStatus(id=found.id, status="received")) for _ in range(3)),
        return_exceptions=True,
    )
    assert [one for one in results if isinstance(one, BaseException) and not isinstance(one, Conflict)] == []
    nsi = await read(later, found)
    assert len({(one.source, one.record, one.version) for one in nsi.reports}) == len(nsi.reports)
    assert {one.version for one in nsi.reports if one.source == "tracker"} == {1, 2, 3, 4}
    assert await folded(later) == []


async def test_race_a_merge_against_reports_loses_none_and_ends_in_the_fold(
    house: House, reporter: Reporter, postcodes: Postcodes
) -> None:
    ours = await act(
        house, OPERATOR, Raiser(postcodes).raise_nsi, new(sending_pdu="N55YRK", move_on=date(2026, 12, 19))
    )
    theirs = await report(house, reporter, said(1, "raised", 3))
    later = House(pool=house.pool, now=lambda: house.now() + timedelta(minutes=1))
    results = await asyncio.gather(
        *(act(later, SYSTEM, reporter.report_nsi, said(n, "received", 4)) for n in range(2, 6)),
        act(later, OPERATOR, merge_nsi, MergeNsi(id=theirs.id, into=ours.reference)),
        *(act(later, SYSTEM, reporter.report_nsi, said(n, "in_progress", 5)) for n in range(6, 9)),
        return_exceptions=True,
    )
    assert [one for one in results if isinstance(one, BaseException)] == []
    survivor = await act(later, OPERATOR, read_nsi, ReadNsi(id=ours.id))
    assert {one.version for one in survivor.reports if one.source == "ndelius"} == set(range(1, 9))
    assert await folded(later) == []
