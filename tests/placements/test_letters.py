"""Letters about referrals and moves: who gets them, what they say, and that they say nothing about anybody."""

from datetime import timedelta

import asyncpg
import pytest

from gateway.access.act import act
from gateway.access.actors import GATEWAY
from gateway.delivery.compose import Letter, WriteLetter
from gateway.worker.ticks import lengthen
from tests.placements.placing import AP1, AP2, Clock, somebody
from tests.placements.test_by_itself import WRITER, delivered, owed

DEPARTING, ARRIVING, OFFICER = (
    *("ap1.general@premises.invalid", "ap2.general@premises.invalid"),
    "officer@probation.invalid",
)


async def written(clock: Clock, purpose: str, subject: object) -> Letter:
    return await act(clock.house, GATEWAY, WRITER.write, WriteLetter(purpose=purpose, subject=f"placement:{subject}"))


@pytest.fixture
async def in_leeds(clock: Clock, database: str) -> asyncpg.Connection:
    """AP1 and AP2 lie in the PDU of Leeds."""
    owner = await asyncpg.connect(database)
    await owner.execute("update premises set pdu_code = 'N55LEE' where code in ('AP1', 'AP2')")
    return owner


async def test_the_spoc_of_the_pdu_learns_once_of_a_referral_to_its_premises(
    clock: Clock, in_leeds: asyncpg.Connection
) -> None:
    await clock.referred(ask=["AP1", "AP2"])
    assert await owed(clock) == ["referral_to_decider", "referral_to_spoc", "referral_to_decider"]
    mails = await delivered(clock)
    assert mails["n55lee@spoc.invalid"] == "[invented] PL-000001: an AP referral to premises in your PDU"
    told = await in_leeds.fetchval("select reason from audit where action = 'delivery.settle' and reason ~ 'spoc:'")
    assert "@" not in (told or "")
    await in_leeds.close()


async def test_where_somebody_resettles_the_spoc_there_learns_of_it_too(
    clock: Clock, in_leeds: asyncpg.Connection
) -> None:
    await clock.decided(somebody())
    await in_leeds.execute(
        "insert into release (id, person_id, prison_code, release_on, near, pdu_code, region_code, gender, noticed_at, "
        "noticed_by, changed_at) select gen_random_uuid(), s.person_id, (select min(code) from prison), '2027-01-11', "
        "'York', 'N55YRK', 'N55', 'male', now(), 'x', now() from suitability s"
    )
    await clock.referred(ask=["AP1"], decide=False)
    mails = await delivered(clock)
    assert "resettle in your PDU" in mails["n55yrk@spoc.invalid"]
    assert "premises in your PDU" in mails["n55lee@spoc.invalid"]
    await in_leeds.close()


async def test_both_premises_are_told_that_a_move_is_agreed(clock: Clock) -> None:
    placement = await clock.arrived("AP1-1")
    await delivered(clock)
    on = clock.at.date() + timedelta(days=2)
    await clock.do("relocate", placement, AP1, bed="AP2-1", on=on, reason="staff")
    mails = await delivered(clock)
    assert mails["ap2.referral@premises.invalid"].endswith("a move between premises for you to decide")
    await clock.do("relocation_accept", placement, AP2)
    mails = await delivered(clock)
    for whom in (DEPARTING, ARRIVING):
        assert mails[whom] == "[invented] PL-000001: the move between premises is agreed"
    assert "can be undone" in (await written(clock, "move_agreed_to_departing", placement)).text
    assert "record the arrival" in (await written(clock, "move_agreed_to_arriving", placement)).text


async def test_both_premises_are_told_that_a_move_is_declined(clock: Clock) -> None:
    placement = await clock.arrived("AP1-1")
    on = clock.at.date() + timedelta(days=2)
    await clock.do("relocate", placement, AP1, bed="AP2-1", on=on, reason="staff")
    await clock.do("relocation_decline", placement, AP2, reason="full")
    mails = await delivered(clock)
    for whom in (DEPARTING, ARRIVING):
        assert mails[whom] == "[invented] PL-000001: the move between premises is declined"
    assert "full" not in (await written(clock, "move_declined_to_departing", placement)).text


@pytest.mark.parametrize(("later", "by"), [(0, "17:00 on 23 November 2026"), (9, "21:00 on 23 November 2026")])
async def test_an_emergency_move_says_that_it_is_one_and_what_must_be_done_by_when(
    clock: Clock, later: int, by: str
) -> None:
    placement = await clock.arrived("AP1-1")
    await delivered(clock)
    clock.later(hours=later)
    await clock.do("relocate", placement, AP1, bed="AP2-1", emergency=True, reason="risk_to_resident")
    assert (await owed(clock))[-3:] == ["emergency_to_departing", "emergency_to_arriving", "emergency_to_officer"]
    mails = await delivered(clock)
    assert {mails[one] for one in (DEPARTING, ARRIVING, OFFICER)} == {
        "[invented] PL-000001: URGENT, an emergency move between premises"
    }
    for whom, what in (("departing", "medication"), ("arriving", "make the bed ready"), ("officer", "victim liaison")):
        text = (await written(clock, f"emergency_to_{whom}", placement)).text
        assert "This is an emergency move" in text
        assert f"By {by}:" in text
        assert what in text
        assert not [word for word in ("Sam", "X000001", "AP1", "AP2", "accept or decline") if word in text]


async def test_a_move_that_lost_its_bed_is_told_to_both_premises_and_the_officer(clock: Clock) -> None:
    placement = await clock.arrived("AP1-1", nights=3)
    on = clock.at.date() + timedelta(days=1)
    await clock.do("relocate", placement, AP1, bed="AP2-1", on=on, reason="staff")
    await clock.do("relocation_accept", placement, AP2)
    await delivered(clock)
    clock.later(hours=3)
    for _ in range(3):
        clock.later(days=1)
        await lengthen(clock.house)
    mails = await delivered(clock)
    for whom in (DEPARTING, ARRIVING, OFFICER):
        assert mails[whom] == "[invented] PL-000001: URGENT, the move between premises is off"
