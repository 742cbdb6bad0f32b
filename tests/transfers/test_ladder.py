"""Overdue clocks go up the ladder, once a step; a concern goes to one's own SPO; one digest a person a day."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.delivery.compose import Letter, WriteLetter, Writer
from gateway.intake.settle import Settler
from gateway.store.database import Pool
from gateway.transfers.applies import Case
from gateway.transfers.escalate import answer_escalation, escalate_nsi, raise_concern
from gateway.transfers.forecast import forecast
from gateway.transfers.holders import holder_away, keep_holder
from gateway.transfers.ladder import steps_due
from gateway.transfers.meeting import meet_clock
from gateway.transfers.read import read_nsi
from gateway.transfers.regime import regimes
from gateway.transfers.status import record_status
from gateway.worker.clocks import chase, digest
from schemas.action_list import MeetClock
from schemas.chasing import AnswerEscalation, EscalateNsi, Forecast, HolderAway, KeepHolder, RaiseConcern
from schemas.errors import Invalid, NotAllowed, NotThere, Refused
from schemas.nsis import Nsi, ReadNsi, RecordStatus
from tests.messages import HULL, LEEDS, YORK, prepared

REGIME = regimes()["framework_2022"]
DUE = date(2026, 11, 27)
SPO = Actor(id="spo-york", name="Sandy Invented", role="spo", pdus=("N55YRK",))
WRITER = Writer(secret=b"x" * 32, link_base="http://gateway.invalid", invented=False)


def on(house: House, day: date, hour: int = 9) -> House:
    return House(pool=house.pool, now=lambda: datetime(day.year, day.month, day.day, hour, tzinfo=house.now().tzinfo))


async def read(house: House, nsi: Nsi) -> Nsi:
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))


async def told(house: House, nsi: Nsi, rule: str) -> list[str]:
    return [one.grade for one in (await read(house, nsi)).escalations if one.rule == rule and one.step]


async def letters(pool: Pool) -> list[str]:
    rows = await pool.fetch("select purpose from outbox where purpose ~ 'escalation|concern|digest' order by id")
    return [row["purpose"] for row in rows]


async def letter(house: House, pool: Pool, purpose: str) -> Letter:
    subject = await pool.fetchval("select subject from outbox where purpose = $1 order by id desc limit 1", purpose)
    return await act(house, GATEWAY, WRITER.write, WriteLetter(purpose=purpose, subject=subject))


@pytest.mark.parametrize(
    ("today", "level", "disputed", "grades"),
    [
        (date(2026, 11, 29), None, 0, []),
        (date(2026, 11, 30), None, 0, ["practitioner"]),
        (date(2026, 12, 2), None, 0, ["practitioner", "spo"]),
        (date(2026, 12, 7), None, 0, ["practitioner", "spo", "aco"]),
        (date(2026, 12, 2), 3, 0, ["practitioner", "spo", "mappa_coordinator"]),
        (date(2026, 12, 14), 3, 0, ["practitioner", "spo", "aco", "mappa_coordinator", "national_lead"]),
        (date(2026, 12, 2), None, 1, ["practitioner", "spo", "national_lead"]),
    ],
)
def test_the_ladder_goes_from_practitioner_to_spo_to_aco_and_to_the_co_ordinator_or_national_lead(
    today: date, level: int | None, disputed: int, grades: list[str]
) -> None:
    case = Case(type="case_transfer", mappa_level=level, disputed=bool(disputed))
    assert [step.grade for step in steps_due(REGIME, case, DUE, today, [])] == grades
    assert steps_due(REGIME, case, DUE, today, range(1, 9)) == []


async def test_what_is_overdue_at_high_risk_is_told_at_once_step_by_step_and_once_each(
    house: House, pool: Pool, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    monday, wednesday = on(house, date(2026, 11, 30)), on(house, date(2026, 12, 2))
    assert await chase(on(house, date(2026, 11, 22))) == 0
    await asyncio.gather(*(act(monday, GATEWAY, escalate_nsi, EscalateNsi(id=nsi.id)) for _ in range(4)))
    assert await chase(monday) == 0
    assert await told(house, nsi, "T-05") == ["practitioner"]
    assert await told(house, nsi, "T-02") == ["practitioner", "spo"]
    assert await chase(wednesday) > 0
    assert await told(house, nsi, "T-05") == ["practitioner", "spo"]
    assert "nsi_escalation_to_receiving_practitioner" in await letters(pool)
    written = await letter(wednesday, pool, "nsi_escalation_to_sending_practitioner")
    assert (written.to, written.subject) == (
        "jo.example@sender.invalid",
        f"{nsi.reference}: URGENT, overdue at high risk",
    )
    assert "T-02 Written confirmation of the move: was due 24 November 2026" in written.text
    assert "Robin" not in written.text
    with pytest.raises(Refused, match="Nobody is named as SPO there"):
        await letter(wednesday, pool, "nsi_escalation_to_sending_spo")
    said = [line.what for line in (await read(house, nsi)).history if line.what.startswith("Told up the ladder")]
    visit = "Told up the ladder: T-05 Home visit done, or suitability of the address confirmed, due 27 November 2026"
    assert f"{visit}: the practitioner of N55LEE is told." in said
    assert len(said) == len({*said})


async def test_evidence_is_looked_at_before_anybody_is_told(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    await act(house, LEEDS, meet_clock, MeetClock(id=nsi.id, rule="T-05"))
    await chase(on(house, date(2026, 12, 14)))
    assert await told(house, nsi, "T-05") == []
    assert "aco" in await told(house, nsi, "T-02")


async def test_history_and_withdrawn_nsis_chase_nobody(
    house: House, pool: Pool, settler: Settler, database: str
) -> None:
    quiet = await prepared(house, settler)
    gone = await prepared(house, settler, name="Kit Example-Other", crn="X654321", noms=None, birth_date=None)
    async with pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        await tx.execute("update nsi set quiet = true where id = $1", quiet.id)
    await act(house, YORK, record_status, RecordStatus(id=gone.id, status="withdrawn"))
    late = on(house, date(2026, 12, 14))
    assert (await chase(late), await digest(late)) == (0, 0)
    assert (await act(late, OPERATOR, forecast, Forecast())).pdus == []
    assert await letters(pool) == []


async def test_the_rest_is_one_digest_a_person_a_day_with_references_only(
    house: House, pool: Pool, settler: Settler
) -> None:
    nsi = await prepared(house, settler, rosh="low")
    other = await prepared(
        house, settler, name="Kit Example-Other", crn="X654321", noms=None, birth_date=None, rosh=None
    )
    monday = on(house, date(2026, 11, 30))
    await chase(monday)
    assert await letters(pool) == []
    assert await digest(on(house, date(2026, 11, 29))) == 0
    assert await digest(on(house, date(2026, 11, 30), hour=5)) == 0
    done = await asyncio.gather(digest(monday), digest(monday))
    assert sum(done) == 2
    assert await letters(pool) == ["digest_to_person", "digest_to_person"]
    texts = []
    for row in await pool.fetch("select subject from outbox where purpose = 'digest_to_person' order by id"):
        made = await act(monday, GATEWAY, WRITER.write, WriteLetter(purpose="digest_to_person", subject=row["subject"]))
        texts.append((made.to, made.text))
    assert {to for to, _ in texts} == {"jo.example@sender.invalid", "n55lee@spoc.invalid"}
    for _, text in texts:
        assert nsi.reference in text
        assert other.reference in text
        assert "Robin" not in text
    assert await digest(on(house, date(2026, 12, 1))) == 2


async def test_who_covers_gets_what_the_absent_would_get(house: House, pool: Pool, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    spo = KeepHolder(grade="spo", place="N55YRK", name="Sandy Invented", email="sandy@spo.invalid")
    kept = await act(house, OPERATOR, keep_holder, spo)
    wednesday = on(house, date(2026, 12, 2))
    await chase(wednesday)
    assert (await letter(wednesday, pool, "nsi_escalation_to_sending_spo")).to == "sandy@spo.invalid"
    away = HolderAway(
        id=kept.items[0].id,
        from_=date(2026, 12, 1),
        until=date(2026, 12, 8),
        cover_name="Dee Invented",
        cover_email="dee@spo.invalid",
    )
    await act(house, OPERATOR, holder_away, away)
    assert (await letter(wednesday, pool, "nsi_escalation_to_sending_spo")).to == "dee@spo.invalid"
    assert (await letter(on(house, date(2026, 12, 8)), pool, "nsi_escalation_to_sending_spo")).to == "sandy@spo.invalid"
    assert nsi.reference


async def test_a_concern_goes_to_ones_own_spo_at_any_time_shows_on_the_nsi_and_is_answered(
    house: House, pool: Pool, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    concern = RaiseConcern(id=nsi.id, said="Nobody answers at the other end.", rule="T-05")
    for _ in range(2):
        await act(house, YORK, raise_concern, concern)
    assert await letters(pool) == ["nsi_concern_to_spo"]
    raised = (await read(house, nsi)).escalations
    assert [(one.rule, one.step, one.grade, one.pdu, one.said) for one in raised] == [
        ("T-05", None, "spo", "N55YRK", "Nobody answers at the other end.")
    ]
    answer = AnswerEscalation(id=nsi.id, escalation=raised[0].id, answer="I have spoken to their SPO.")
    with pytest.raises(NotAllowed):
        await act(house, YORK, answer_escalation, answer)
    await act(house, SPO, answer_escalation, answer)
    found = await read(house, nsi)
    assert (found.escalations[0].answer, found.escalations[0].answered_by) == (answer.answer, SPO.id)
    assert [line.what for line in found.history if "oncern" in line.what or "answered" in line.what] == [
        "Concern raised: T-05, to the SPO of N55YRK.",
        "Escalation answered: T-05.",
    ]
    with pytest.raises(NotThere):
        await act(house, HULL, raise_concern, concern)


async def test_the_forecast_says_by_pdu_what_will_be_overdue_this_week(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    found = await act(house, OPERATOR, forecast, Forecast())
    lines = {one.pdu: [(line.rule, line.due.day) for line in one.lines] for one in found.pdus}
    assert lines == {"N55YRK": [("T-03", 22), ("T-02", 24), ("T-04", 27)], "N55LEE": [("T-05", 27)]}
    late = await act(on(house, date(2026, 11, 28)), LEEDS, forecast, Forecast(pdu="N55LEE", days=1))
    assert [(one.overdue, one.coming, one.lines[0].reference) for one in late.pdus] == [(1, 0, nsi.reference)]
    assert (await act(house, HULL, forecast, Forecast())).pdus == []


async def test_a_grade_is_held_at_the_right_kind_of_place_and_by_one_at_a_time(house: House) -> None:
    with pytest.raises(Invalid, match="the code of a PDU"):
        await act(house, OPERATOR, keep_holder, KeepHolder(grade="spo", place="N55", name="A", email="a@b.invalid"))
    for name in ("Ash", "Bo"):
        lead = KeepHolder(
            grade="national_lead",
            place="nation",
            name=name,
            email=f"{name}@lead.invalid",
            from_=date(2026, 12, 1) + timedelta(days=name == "Bo"),
        )
        kept = await act(house, OPERATOR, keep_holder, lead)
    assert [(one.name, one.from_) for one in kept.items] == [("Ash", date(2026, 12, 1)), ("Bo", date(2026, 12, 2))]
    aco = Actor(id="aco", name="Lee Invented", role="aco", regions=("N54",))
    with pytest.raises(NotAllowed):
        await act(house, aco, keep_holder, KeepHolder(grade="aco", place="N55", name="A", email="a@b.invalid"))
