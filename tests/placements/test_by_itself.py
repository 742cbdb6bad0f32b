"""What happens by itself: approaches lapse, people are told who did not come; letters say nothing about anybody."""

from datetime import date, timedelta

import pytest

from gateway.access.act import act
from gateway.access.actors import GATEWAY
from gateway.delivery.captured import Capture
from gateway.delivery.compose import WriteLetter, Writer
from gateway.delivery.relay import Relay
from gateway.worker.ticks import alert, lapse_answers
from tests.placements.placing import AP1, AP2, Clock, somebody

WRITER = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)


async def delivered(clock: Clock) -> dict[str, str]:
    """Recipient → subject of every mail, sent through the relay."""
    relay = Relay(house=clock.house, writer=WRITER, transport=Capture(clock.pool), sender="gateway@bedspace.invalid")
    while await relay.deliver_due():
        pass
    rows = await clock.pool.fetch("select recipient, subject, body from captured_mail order by id")
    assert not [row["body"] for row in rows if "Invented" in row["body"] or "X0000" in row["body"]]
    return {row["recipient"]: row["subject"] for row in rows}


async def owed(clock: Clock) -> list[str]:
    rows = await clock.pool.fetch("select purpose from outbox order by id")
    return [row["purpose"] for row in rows]


async def test_whoever_decides_is_written_to_and_then_the_referrer(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1", "AP2"])
    assert await delivered(clock) == {
        "ap1.referral@premises.invalid": "[invented] PL-000001: an AP referral for you to decide",
        "ap2.referral@premises.invalid": "[invented] PL-000001: an AP referral for you to decide",
    }
    await clock.do("decline", placement, AP2, reason="full")
    assert (await delivered(clock))["officer@probation.invalid"] == "[invented] PL-000001: declined by premises"
    await clock.do("accept", placement, AP1)
    assert (await delivered(clock))[
        "officer@probation.invalid"
    ] == "[invented] PL-000001: accepted, and a bed is booked"
    told = [line.note for line in (await clock.read(placement)).history if line.kind == "mail_sent"]
    assert told == [
        *("To whoever decides.", "To whoever decides.", "To the referrer: declined.", "To the referrer: accepted.")
    ]


async def test_a_letter_holds_a_reference_a_link_and_when_to_answer(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1"], risk_note="canary")
    written = await act(
        clock.house, GATEWAY, WRITER.write, WriteLetter(purpose="referral_to_decider", subject="approach:1")
    )
    assert f"http://127.0.0.1:8000/placements/{placement}" in written.text
    assert "accept or decline by 10:00 on 7 December 2026" in written.text
    assert not [word for word in ("canary", "Sam", "X000001", "1970", "AP1") if word in written.text]


async def test_who_has_not_arrived_by_the_agreed_hour_alerts_three_once_and_at_once(clock: Clock) -> None:
    placement = await clock.booked("AP1-1", arrives_on=clock.at.date())
    await delivered(clock)
    clock.later(hours=6, minutes=59)
    assert await alert(clock.house) == 0
    clock.later(minutes=2)
    assert await alert(clock.house) == 1
    assert await alert(clock.house) == 0
    mails = await delivered(clock)
    urgent = "[invented] PL-000001: URGENT, not arrived by the agreed hour"
    assert {to for to, subject in mails.items() if subject == urgent} == {
        "ap1.general@premises.invalid",
        "ap1.out_of_hours@premises.invalid",
        "officer@probation.invalid",
    }
    assert (await clock.read(placement)).alerted_at == clock.at


async def test_who_arrived_or_was_cancelled_alerts_nobody(clock: Clock) -> None:
    await clock.arrived("AP1-1", somebody(1))
    cancelled = await clock.booked("AP1-2", somebody(2), arrives_on=clock.at.date())
    await clock.do("cancel", cancelled, reason="died")
    clock.later(hours=12)
    assert await alert(clock.house) == 0
    assert (await clock.do("alert", cancelled)).state == "cancelled"
    assert "not_arrived_to_premises" not in await owed(clock)


async def test_who_moves_and_does_not_arrive_at_the_other_premises_alerts_those(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1")
    await clock.do("relocate", stay, AP1, bed="AP2-1", on=clock.at.date() + timedelta(days=2), reason="staff")
    await clock.do("relocation_accept", stay, AP2)
    clock.later(days=2, hours=8)
    assert await alert(clock.house) == 1
    assert "ap2.out_of_hours@premises.invalid" in await delivered(clock)


async def test_approaches_that_nobody_answered_lapse_and_the_referrer_is_told(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1"], arrives_on=date(2026, 11, 25))
    assert await lapse_answers(clock.house) == 0
    clock.later(hours=2)
    assert await lapse_answers(clock.house) == 1
    assert await lapse_answers(clock.house) == 0
    assert (await clock.read(placement)).state == "lapsed"
    assert "lapse_to_referrer" in await owed(clock)


async def test_a_move_that_nobody_answered_lapses_and_the_stay_goes_on(clock: Clock) -> None:
    stay = await clock.arrived("AP1-1")
    before = await clock.claims()
    await clock.do("relocate", stay, AP1, bed="AP2-1", on=clock.at.date() + timedelta(days=2), reason="staff")
    clock.later(hours=3)
    assert await lapse_answers(clock.house) == 1
    read = await clock.read(stay)
    assert read.relocation is not None
    assert (read.state, read.relocation.state, await clock.claims()) == ("arrived", "lapsed", before)


@pytest.mark.parametrize("email", [None])
async def test_where_no_officer_is_named_no_letter_is_owed_to_them(clock: Clock, email: None) -> None:
    placement = await clock.referred(ask=["AP1"], officer_email=email)
    await clock.do("accept", placement)
    assert await owed(clock) == ["referral_to_decider"]
