"""Documents, reviews by a named reader, police checks, and clocks recounted when what they hang on changes."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.delivery.compose import WriteLetter, Writer
from gateway.intake.settle import Settler
from gateway.people.keep import limit_access
from gateway.store.database import Pool
from gateway.transfers.actions import complete_action, record_evidence
from gateway.transfers.documents import record_document
from gateway.transfers.holders import keep_holder
from gateway.transfers.meeting import meet_clock
from gateway.transfers.police import police_checks
from gateway.transfers.read import read_nsi
from gateway.transfers.recount import recount
from gateway.transfers.review import asked, read_reviews, review_case
from gateway.worker.clocks import patterns
from schemas.action_list import CompleteAction, MeetClock, RecordEvidence
from schemas.chasing import KeepHolder
from schemas.errors import Invalid, NotAllowed, NotThere
from schemas.files import PoliceChecks, ReadReviews, RecordDocument, ReviewAnswer, ReviewCase
from schemas.nsis import Nsi, ReadNsi
from schemas.people import LimitAccess
from tests.messages import LEEDS, YORK, prepared

INSPECTOR = Actor(id="inspector-1", name="Nell Invented", role="inspector")
WRITER = Writer(secret=b"x" * 32, link_base="http://gateway.invalid", invented=False)


async def read(house: House, nsi: Nsi, actor: Actor = OPERATOR) -> Nsi:
    return await act(house, actor, read_nsi, ReadNsi(id=nsi.id))


def on(house: House, day: date) -> House:
    return House(pool=house.pool, now=lambda: datetime(day.year, day.month, day.day, 9, tzinfo=house.now().tzinfo))


async def changed(house: House, nsi: Nsi, *statements: str, **more: Any) -> None:
    """Statements about the NSI and its person, and then a recount."""
    async with house.pool.acquire() as tx, tx.transaction():
        await tx.execute(
            "select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true)"
        )
        await tx.execute("select set_config('bedspace.actor', 'test', true)")
        for statement in statements:
            await tx.execute(statement.format(nsi=f"'{nsi.id}'", person=f"'{nsi.person.id}'", id=f"'{uuid4()}'"))
        await recount(tx, nsi.id, more.get("now") or house.now())


def rules(nsi: Nsi) -> dict[str, date]:
    return {clock.rule: clock.due for clock in nsi.clocks}


async def test_documents_are_met_when_all_that_are_required_have_come(house: House, settler: Settler) -> None:
    nsi = await read(house, await prepared(house, settler, rosh="low", mappa=None))
    required = [one.kind for one in nsi.documents if one.need == "required"]
    assert required == [
        *("assessment", "supervision_plan", "order_or_licence", "contact_log", "transfer_form", "action_list")
    ]
    for n, kind in enumerate(required):
        assert next(clock for clock in (await read(house, nsi)).clocks if clock.rule == "T-06").met_on is None
        sent = RecordDocument(id=nsi.id, kind=kind, sent_on=date(2026, 11, 10))
        await act(house, YORK, record_document, sent)
        received = RecordDocument(id=nsi.id, kind=kind, received_on=date(2026, 11, 12 + n), complete=True)
        await act(house, LEEDS, record_document, received)
    found = await read(house, nsi)
    assert next(clock for clock in found.clocks if clock.rule == "T-06").met_on == date(2026, 11, 17)
    first = found.documents[0]
    assert (first.sent_by, first.received_by, first.complete) == (YORK.id, LEEDS.id, True)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "novel"}, "kind"),
        ({"received_on": date(2026, 11, 23)}, "received_on"),
        ({"sent_on": date(2026, 11, 12), "received_on": date(2026, 11, 11)}, "received_on"),
        ({"complete": True}, "complete"),
        ({"received_on": date(2026, 11, 12), "complete": False}, "lacking"),
        ({"received_on": date(2026, 11, 12), "lacking": "Page 3"}, "complete"),
        ({"need": "not_applicable"}, "why"),
    ],
)
async def test_a_document_that_cannot_be_so_is_named(
    house: House, settler: Settler, more: dict[str, Any], field: str
) -> None:
    nsi = await prepared(house, settler)
    given: dict[str, Any] = {"id": nsi.id, "kind": "assessment"} | more
    command = RecordDocument(**given)
    with pytest.raises(Invalid) as caught:
        await act(house, LEEDS, record_document, command)
    assert [fault.field for fault in caught.value.faults] == [field]


async def test_the_risk_that_rises_brings_its_rules_and_one_that_falls_lays_them_aside_keeping_what_was_met(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler, rosh="low", mappa=None)
    assert not {"T-03", "T-19", "T-20"} & set(rules(await read(house, nsi)))
    await changed(house, nsi, "update nsi set rosh = 'high', mappa = 'Cat 1 Level 3' where id = {nsi}")
    high = await read(house, nsi)
    assert {"T-03", "T-04", "T-19", "T-20", "T-21", "T-22"} <= set(rules(high))
    assert {"aco_oversight_sending", "mappa_point"} <= {one.kind for one in high.actions if one.mandatory}
    await act(house, YORK, meet_clock, MeetClock(id=nsi.id, rule="T-04"))
    await changed(house, nsi, "update nsi set rosh = 'low', mappa = null where id = {nsi}")
    low = await read(house, nsi)
    assert {"T-03", "T-04", "T-19", "T-20"} & set(rules(low)) == {"T-04"}
    assert not [one for one in low.actions if one.mandatory and one.done_at is None]
    await changed(house, nsi, "update nsi set rosh = 'very_high' where id = {nsi}")
    assert next(one for one in (await read(house, nsi)).actions if one.kind == "aco_oversight_sending").done_at is None


async def test_the_date_that_moves_takes_its_clocks_with_it_and_leaves_those_of_the_notice(
    house: House, settler: Settler
) -> None:
    """C-02, C-03: the two clocks are kept apart."""
    nsi = await prepared(house, settler)
    before = {clock.rule: clock for clock in (await read(house, nsi)).clocks}
    await changed(house, nsi, "update nsi set move_on = '2027-01-04' where id = {nsi}")
    after = {clock.rule: clock for clock in (await read(house, nsi)).clocks}
    assert (after["T-07"].due, after["T-06"].due, after["T-10"].due) == (
        date(2027, 2, 1),
        date(2027, 1, 14),
        date(2027, 1, 4),
    )
    told = [rule for rule, clock in before.items() if clock.phase == "notification" and rule != "T-01"]
    assert [after[rule].due for rule in told] == [before[rule].due for rule in told]
    assert after["T-01"].met_on == before["T-01"].met_on


async def test_a_register_that_knows_a_higher_risk_than_the_nsi_brings_the_rules_of_high_risk(
    house: House, settler: Settler
) -> None:
    """C-18: high risk on one register and not on the other."""
    nsi = await prepared(house, settler, rosh="medium")
    row = "insert into registration (id, person_id, kind, pdu_code, since, recorded_at) values "
    await changed(house, nsi, row + "({id}, {person}, 'high_risk_register', 'N55YRK', '2026-01-01', now())")
    assert {"T-03", "T-04", "T-19"} <= set(rules(await read(house, nsi)))


async def test_a_licence_on_record_has_no_court_application_and_an_order_has(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    row = "insert into sentence (id, person_id, kind, code, starts_on, recorded_at) values "
    await changed(house, nsi, row + "({id}, {person}, 'licence', 'licence', '2026-01-01', now())")
    assert "T-09" not in rules(await read(house, nsi))
    await changed(house, nsi, row + "({id}, {person}, 'order', 'community_order', '2026-01-01', now())")
    assert rules(await read(house, nsi))["T-09"] == date(2027, 1, 29)


async def test_somebody_transferred_in_reports_weekly_until_the_risk_is_clear(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    came = "insert into nsi_end (nsi_id, which, on_day, reported_at) values ({nsi}, 'in', '2026-12-18', now())"
    await changed(house, nsi, came)
    assert rules(await read(house, nsi))["T-12"] == date(2026, 12, 25)
    seen = "insert into contact (id, person_id, at, kind, outcome, recorded_at) values "
    await changed(
        house,
        nsi,
        seen + "({id}, {person}, '2026-12-22 10:00Z', 'appointment', 'attended', now())",
        seen + "({id}, {person}, '2026-12-29 10:00Z', 'appointment', 'unacceptable_absence', now())",
        now=house.now() + timedelta(days=40),
    )
    assert rules(await read(house, nsi))["T-12"] == date(2027, 1, 1)
    later = House(pool=house.pool, now=lambda: house.now() + timedelta(days=42))
    n = next(one.n for one in (await read(house, nsi)).actions if one.kind == "oasys_reassessment")
    done = CompleteAction(id=nsi.id, n=n, evidence={"on": "2027-01-02"})
    await act(later, LEEDS, complete_action, done)
    weekly = next(clock for clock in (await read(later, nsi)).clocks if clock.rule == "T-12")
    assert weekly.met_on == date(2027, 1, 2)


async def test_clocks_are_recounted_by_whoever_the_person_is_masked_from(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    row = "insert into sentence (id, person_id, kind, code, starts_on, recorded_at) values "
    await changed(house, nsi, row + "({id}, {person}, 'licence', 'licence', '2026-01-01', now())")
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id, allowed=(YORK.id,)))
    await act(house, LEEDS, meet_clock, MeetClock(id=nsi.id, rule="T-05"))
    assert "T-09" not in rules(await read(house, nsi))


def answers(**given: str) -> list[ReviewAnswer]:
    return [ReviewAnswer(question=one, answer=answer) for one, answer in given.items()]


async def test_a_named_reader_answers_the_four_point_questions_with_reasons_and_may_correct_them(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    first = ReviewCase(id=nsi.id, answers=answers(enforcement="fully", home_visit_5wd="met"))
    await act(house, INSPECTOR, review_case, first)
    again = ReviewAnswer(question="enforcement", answer="partly", why="An absence there was not counted.")
    await act(house, INSPECTOR, review_case, ReviewCase(id=nsi.id, answers=[again]))
    found = await act(house, INSPECTOR, read_reviews, ReadReviews(id=nsi.id))
    assert [(one.question, one.answer, one.why, one.read_by) for one in found.items] == [
        ("home_visit_5wd", "met", "", INSPECTOR.id),
        ("enforcement", "partly", again.why, INSPECTOR.id),
    ]
    with pytest.raises(NotAllowed):
        await act(house, YORK, review_case, first)
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    with pytest.raises(NotThere):
        await act(house, INSPECTOR, review_case, first)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (answers(colour="met"), "question"),
        (answers(enforcement="met"), "answer"),
        (answers(home_visit_5wd="largely"), "answer"),
        (answers(enforcement="not_met"), "why"),
        (answers(enforcement="fully") * 2, "question"),
    ],
)
async def test_an_answer_that_does_not_fit_is_named_and_nothing_is_kept(
    house: House, settler: Settler, given: list[ReviewAnswer], field: str
) -> None:
    nsi = await prepared(house, settler)
    with pytest.raises(Invalid) as caught:
        await act(house, INSPECTOR, review_case, ReviewCase(id=nsi.id, answers=given))
    assert caught.value.faults[-1].field.endswith(f".{field}")
    assert (await act(house, INSPECTOR, read_reviews, ReadReviews(id=nsi.id))).items == []


def test_the_review_asks_what_the_inspection_asked() -> None:
    kinds = {one.id: one.kind for one in asked().values()}
    assert sum(kind == "scale" for kind in kinds.values()) == 10
    assert (kinds["home_visit_5wd"], kinds["victim_liaison"], kinds["received_assessment"]) == (
        *("count", "scale"),
        "count",
    )


async def checks(house: House, settler: Settler, count: int, **evidence: str | bool) -> list[Nsi]:
    made = []
    for n in range(count):
        who = {"name": f"Robin Invented-{chr(65 + n) * 4}", "crn": f"X{n:06}", "noms": None, "birth_date": None}
        nsi = await prepared(house, settler, **who)
        line = next(one.n for one in nsi.actions if one.kind == "police_check")
        await act(house, YORK, record_evidence, RecordEvidence(id=nsi.id, n=line, evidence=evidence))
        made.append(nsi)
    return made


async def test_police_checks_are_counted_by_force_and_pdu_and_a_pattern_of_delays_is_told_once(
    house: House, pool: Pool, settler: Settler
) -> None:
    made = await checks(house, settler, 3, force="west_yorkshire", asked_on="2026-11-20")
    line = next(one.n for one in made[0].actions if one.kind == "police_check")
    early, late = on(house, date(2026, 12, 4)), on(house, date(2026, 12, 7))
    assert await patterns(early) == 0
    assert (await patterns(late), await patterns(late)) == (1, 0)
    report = (await act(late, OPERATOR, police_checks, PoliceChecks())).items
    assert [(one.pdu, one.force, one.asked, one.returned, one.overdue, one.longest_days) for one in report] == [
        ("N55LEE", "west_yorkshire", 3, 0, 3, 17)
    ]
    assert report[0].alerted
    aco = KeepHolder(grade="aco", place="N55", name="Lee Invented", email="lee@aco.invalid")
    await act(house, OPERATOR, keep_holder, aco)
    subject = await pool.fetchval("select subject from outbox where purpose = 'police_checks_to_region'")
    purpose = WriteLetter(purpose="police_checks_to_region", subject=subject)
    written = await act(late, GATEWAY, WRITER.write, purpose)
    assert (written.to, written.subject) == ("lee@aco.invalid", "Police checks are overdue in Leeds")
    assert "3 checks asked of West Yorkshire have not come back in time" in written.text
    back = CompleteAction(id=made[0].id, n=line, evidence={"returned_on": "2026-12-07"})
    await act(late, YORK, complete_action, back)
    assert await patterns(late) == 0
    report = (await act(late, LEEDS, police_checks, PoliceChecks(pdu="N55LEE", overdue=True))).items
    assert [(one.returned, one.overdue, one.median_days, one.alerted) for one in report] == [(1, 2, 17.0, False)]
    assert await pool.fetchval("select count(*) from outbox where purpose = 'police_checks_to_region'") == 1
