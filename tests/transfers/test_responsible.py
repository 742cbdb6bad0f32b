"""T-16, T-17, C-06: exactly one region, PDU, team and officer is responsible at any instant; only `since` is stored."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.delivery.compose import WriteLetter, Writer
from gateway.intake.settle import Settler
from gateway.store.database import Pool
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.hand_over import hand_over, read_responsibility, take_over
from gateway.transfers.raising import Raiser
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from schemas.custody import HandOver, ReadResponsibility, Responsibility, TakeOver
from schemas.errors import BedspaceError, Conflict, Invalid, NotAllowed, NotThere
from schemas.nsis import ConfirmNsi, Nsi, ReadNsi, RecordStatus
from tests.messages import FACTS, HULL, LEEDS, YORK, prepared
from tests.transfers.test_raising import new

YORK_SPO = Actor(id="spo-york", name="Ada Example-York", role="spo", pdus=("N55YRK",))
LEEDS_SPO = Actor(id="spo-leeds", name="Bea Example-Leeds", role="spo", pdus=("N55LEE",))
CRN = FACTS["crn"]


@pytest.fixture
def raiser(postcodes: Postcodes) -> Raiser:
    return Raiser(postcodes)


@pytest.fixture
async def nsi(house: House, settler: Settler) -> Nsi:
    made = await prepared(house, settler, rosh="low")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    return made


def later(house: House, **by: float) -> House:
    at = house.now() + timedelta(**by)
    return House(pool=house.pool, now=lambda: at)


async def held(house: House, actor: Actor = OPERATOR) -> Responsibility:
    return await act(house, actor, read_responsibility, ReadResponsibility(person=CRN))


def over(**more: Any) -> TakeOver:
    given = {"person": CRN, "pdu": "N55LEE", "reason": "agreed", "evidence": "Both SPOs, minute of 3 December."}
    return TakeOver(**(given | more))


async def test_the_responsible_pdu_hands_over_to_another_officer_and_no_instant_is_without_one(
    house: House, nsi: Nsi
) -> None:
    at = later(house, hours=2)
    done = await act(at, YORK_SPO, hand_over, HandOver(person=CRN, team="Team 2", officer="Lee Example"))
    assert (done.responsible.team, done.responsible.officer, done.responsible.since) == (
        "Team 2",
        "Lee Example",
        at.now(),
    )
    new, old = (await held(at)).items
    assert (old.officer, old.until) == ("Jo Example-York", new.since)
    assert (new.pdu, new.until, new.by) == ("York", None, YORK_SPO.id)
    told = await act(at, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    assert "Within York (N55YRK), to another team or officer." in str(told.history)
    assert "Lee Example" not in str(told.history)


async def test_handing_over_to_whom_it_was_handed_is_harmless(house: House, nsi: Nsi) -> None:
    for hours in (1, 2):
        await act(later(house, hours=hours), YORK_SPO, hand_over, HandOver(person=CRN, officer="Lee Example"))
    assert len((await held(house)).items) == 2


async def test_a_hand_over_is_within_the_responsible_pdu_and_names_somebody(house: House, nsi: Nsi) -> None:
    with pytest.raises(NotAllowed, match="York is responsible, and hands over within itself"):
        await act(house, LEEDS_SPO, hand_over, HandOver(person=CRN, officer="Lee"))
    with pytest.raises(Invalid, match="Name the officer"):
        await act(house, YORK_SPO, hand_over, HandOver(person=CRN))
    with pytest.raises(NotAllowed):
        await act(house, YORK, hand_over, HandOver(person=CRN, officer="Lee"))


async def test_a_case_is_taken_over_with_reason_and_evidence_and_both_ends_are_told(
    house: House, pool: Pool, nsi: Nsi
) -> None:
    done = await act(later(house, days=1), LEEDS_SPO, take_over, over(officer="Lee Example"))
    assert (done.responsible.pdu, done.told) == ("Leeds", ["N55YRK", "N55LEE"])
    line = (await held(house)).items[0]
    assert line.why == "agreed: Both SPOs, minute of 3 December."
    writer = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)
    told = {}
    for purpose in ("taken_over_to_former", "taken_over_to_new"):
        assert await pool.fetchval("select count(*) from outbox where purpose = $1", purpose) == 1
        letter = WriteLetter(purpose=purpose, subject=f"nsi:{nsi.id}")
        told[purpose] = await act(house, GATEWAY, writer.write, letter)
    assert [one.to for one in told.values()] == ["n55yrk@spoc.invalid", "n55lee@spoc.invalid"]
    assert "no longer responsible" in told["taken_over_to_former"].subject
    assert "Robin" not in str(told)


@pytest.mark.parametrize(
    ("actor", "more", "error", "said"),
    [
        (LEEDS, {}, NotAllowed, "practitioner may not"),
        (LEEDS_SPO, {"pdu": "N55HER"}, NotAllowed, "Ask the SPO there"),
        (LEEDS_SPO, {"pdu": "N55XXX"}, Invalid, "no such PDU"),
        (YORK_SPO, {"pdu": "N55YRK"}, Invalid, "responsible already"),
        (LEEDS_SPO, {"reason": "because"}, Invalid, "agreed"),
        (Actor(id="h", name="H", role="spo", pdus=("N55HER",)), {"pdu": "N55HER"}, NotThere, "within your reach"),
    ],
)
async def test_a_take_over_is_by_an_spo_or_above_who_becomes_responsible(
    house: House, nsi: Nsi, actor: Actor, more: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await act(house, actor, take_over, over(**more))
    assert len((await held(house)).items) == 1


async def test_responsibility_back_dated_over_another_is_refused_and_says_since_when(house: House, nsi: Nsi) -> None:
    before = house.now() - timedelta(days=2)
    with pytest.raises(Conflict, match="York has been responsible since 10:00 on 22 November 2026, so it cannot pass"):
        await act(house, LEEDS_SPO, take_over, over(at=before))
    with pytest.raises(Conflict, match="cannot pass from before that"):
        await act(house, YORK_SPO, hand_over, HandOver(person=CRN, officer="Lee", at=before))
    for wrong in (house.now() + timedelta(seconds=1), datetime(2026, 11, 22)):  # noqa: DTZ001  # a time without its zone
        with pytest.raises(Invalid, match="at: Give a time with its zone"):
            await act(house, LEEDS_SPO, take_over, over(at=wrong))
    assert len((await held(house)).items) == 1


async def test_a_completion_back_dated_over_another_is_refused_and_nothing_is_changed(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(early := later(house, days=-9), settler, rosh="low")
    await act(early, YORK, confirm_nsi, ConfirmNsi(id=nsi.id))
    await act(early, LEEDS, record_status, RecordStatus(id=nsi.id, status="allocated"))
    await act(house, YORK_SPO, hand_over, HandOver(person=CRN, officer="Lee Example"))
    at = house.now() - timedelta(days=1)
    with pytest.raises(Conflict, match="York has been responsible since 10:00"):
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="completed", at=at))
    seen = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    assert (seen.status, seen.responsible and seen.responsible.pdu) == ("allocated", "York")


async def test_the_table_itself_refuses_a_back_dated_line(pool: Pool, house: House, nsi: Nsi) -> None:
    async with pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        with pytest.raises(Exception, match="somebody is responsible from that time on already"):
            await tx.execute(
                "insert into responsibility (person_id, since, pdu_code) select person_id, since - interval '1 day', "
                "'N55LEE' from responsibility"
            )


async def test_t_16_under_the_rules_of_2004_the_importing_pdu_is_responsible_at_once_when_it_receives(
    house: House, raiser: Raiser
) -> None:
    """The one regime passes responsibility by what the other does not: both are data."""
    for n, (referred, responsible) in enumerate([(date(2022, 10, 3), "Leeds"), (date(2022, 10, 17), "York")]):
        who = {"crn": f"X77777{n}", "name": f"Ash Invented{'ab'[n]}", "birth_date": date(1980, 1, 1 + n)}
        state = await act(house, YORK, raiser.raise_nsi, new(who, referred_on=referred))
        at = later(house, hours=1)
        await act(at, LEEDS, record_status, RecordStatus(id=state.id, status="received"))
        seen = await act(at, OPERATOR, read_nsi, ReadNsi(id=state.id))
        assert (seen.responsible and seen.responsible.pdu) == responsible


async def test_the_origin_stays_responsible_during_a_temporary_move_that_was_received(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler, type="temporary_move", until=date(2027, 1, 8))
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id))
    await act(later(house, hours=1), LEEDS, record_status, RecordStatus(id=nsi.id, status="received"))
    assert [line.pdu for line in (await held(house)).items] == ["York"]


async def test_the_history_of_responsibility_is_readable_by_either_end_audited_and_by_nobody_else(
    house: House, pool: Pool, nsi: Nsi
) -> None:
    for actor in (YORK, LEEDS, demo_actor("national_lead")):
        assert [line.pdu for line in (await held(house, actor)).items] == ["York"]
    with pytest.raises(NotThere):
        await held(house, HULL)
    with pytest.raises(NotAllowed):
        await held(house, demo_actor("prison_staff"))
    read = await pool.fetchval("select count(*) from audit where action = 'responsibility.read' and persons <> '{}'")
    assert read == 3


async def test_whoever_took_a_case_over_sees_the_person_without_an_nsi(house: House, nsi: Nsi) -> None:
    await act(later(house, days=1), OPERATOR, take_over, over(pdu="N55HER", reason="national_decision"))
    assert (await held(house, HULL)).items[0].pdu == "Hull and East Riding"


async def test_of_two_who_take_over_at_once_each_follows_the_other(house: House, nsi: Nsi) -> None:
    await asyncio.gather(
        *(act(later(house, days=1), OPERATOR, take_over, over(pdu=pdu)) for pdu in ("N55LEE", "N55HER"))
    )
    lines = (await held(house)).items
    assert {line.pdu for line in lines[:2]} == {"Leeds", "Hull and East Riding"}
    assert [line.until for line in lines] == [None, *(line.since for line in lines[:-1])]


async def test_two_completions_of_two_nsis_of_one_person_at_once_leave_one_responsible(
    house: House, settler: Settler, nsi: Nsi
) -> None:
    other = await prepared(house, settler, rosh="low", destination="HU1 1AA", address="2 Invented Street, Hull")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=other.id))
    at = later(house, days=1)
    for one in (nsi, other):
        await act(at, OPERATOR, record_status, RecordStatus(id=one.id, status="allocated"))
    answers = await asyncio.gather(
        *(act(at, OPERATOR, record_status, RecordStatus(id=one.id, status="completed")) for one in (nsi, other)),
        return_exceptions=True,
    )
    assert not [one for one in answers if not isinstance(one, BedspaceError) and isinstance(one, BaseException)]
    lines = (await held(at)).items
    assert len(lines) == 3
    assert lines[0].since > lines[1].since
