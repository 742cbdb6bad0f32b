"""A bed that frees is proposed to the first whom it fits, and nobody is offered or skipped by a machine."""

from datetime import date, timedelta

import pytest

from bedspace.waiting import keep as module
from gateway.access.actors import GATEWAY
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.search import Avoid
from tests.placements.conftest import furnish
from tests.placements.placing import AP1, AP2, LEEDS, UNIT
from tests.placements.test_by_itself import delivered
from tests.premises.making import keep, premises
from tests.waiting.conftest import Lobby


async def test_a_free_bed_is_proposed_to_the_first_and_kept_and_nobody_is_offered_anything(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    second = await lobby.waits(rosh="high")
    first = await lobby.waits(rosh="very_high")
    assert await lobby.tick() == 1
    assert await lobby.proposed() == {first: "AP1-1"}
    row = await lobby.proposal_of(first)
    assert (row["place"], row["times"], row["kept_until"] - row["proposed_at"]) == (1, 1, timedelta(hours=24))
    (hold,) = await lobby.rows("select * from bed_claim")
    assert (hold["id"], hold["kind"], hold["reason"]) == (row["hold_id"], "hold", "Proposed for the waiting list")
    assert hold["expires_at"] > row["kept_until"]
    states = await lobby.rows("select state from placement where id = any ($1)", [first, second])
    assert {one["state"] for one in states} == {"referred"}
    assert await lobby.tick() == 0


async def test_an_emergency_is_kept_for_two_hours(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    one = await lobby.waits(arrives_on=lobby.at.date() + timedelta(days=3))
    await lobby.tick()
    row = await lobby.proposal_of(one)
    assert row["kept_until"] - row["proposed_at"] == timedelta(hours=2)


async def test_whoever_stood_ahead_and_was_passed_over_is_written_down_with_why(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    needy = await lobby.waits(rosh="very_high", needs=["step_free"])
    woman = await lobby.waits(rosh="very_high", gender="female")
    barred = await lobby.waits(rosh="very_high", avoid=[Avoid("LS1 4AP", 5)])
    one = await lobby.waits(rosh="high")
    await lobby.tick()
    assert await lobby.proposed() == {one: "AP1-1"}
    rows = await lobby.rows("select placement_id, place, code from proposal_passed order by place")
    assert [tuple(row) for row in rows] == [
        (needy, 1, "needs:step_free"),
        (woman, 2, "estate"),
        (barred, 3, "ruled_out"),
    ]


async def test_a_bed_that_is_not_free_all_nights_is_not_proposed_and_is_once_it_is(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    booked = await lobby.booked("AP1-1")
    one = await lobby.waits()
    assert await lobby.tick() == 0
    await lobby.do("cancel", booked, reason="release_moved")
    assert await lobby.tick() == 1
    assert await lobby.proposed() == {one: "AP1-1"}


async def test_a_need_that_no_bed_can_meet_is_never_proposed(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    await lobby.waits(needs=["wheelchair"])
    assert await lobby.tick() == 0


async def test_a_stay_past_the_horizon_is_asked_of_the_database(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    one = await lobby.waits(arrives_on=date(2028, 10, 1), nights=200, person=None)
    await lobby.join(one, until=date(2028, 6, 1))
    assert await lobby.tick() == 1
    assert await lobby.proposed() == {one: "AP1-1"}


async def test_a_named_person_offers_it_and_the_premises_are_asked_with_the_bed_kept(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    one = await lobby.waits()
    await lobby.tick()
    done = await lobby.offer((await lobby.proposal_of(one))["id"], by=AP1)
    assert (done.outcome, done.bed) == ("offered", "AP1-1")
    read = await lobby.read(one)
    assert (read.state, read.bed or read.approaches[0].bed, read.waiting_since is not None) == (
        "offered",
        "AP1-1",
        True,
    )
    assert await lobby.proposed() == {}
    assert [row["kind"] for row in await lobby.rows("select kind from bed_claim")] == ["hold"]
    assert await lobby.tick() == 0
    await lobby.do("accept", one, by=AP1)
    assert (await lobby.read(one)).waiting_since is None


async def test_an_offer_that_is_declined_puts_them_back_in_their_place_and_not_at_those_premises(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    one = await lobby.waits(rosh="very_high")
    other = await lobby.waits()
    await lobby.tick()
    await lobby.offer((await lobby.proposal_of(one))["id"])
    await lobby.do("decline", one, by=AP1, reason="residents")
    await lobby.tick()
    assert await lobby.proposed() == {other: "AP1-1"}
    await keep(lobby.house, premises("AP2"))
    await lobby.tick()
    assert await lobby.proposed() == {one: "AP2-1", other: "AP1-1"}


async def test_a_bed_wanted_days_ago_is_offered_from_today_for_as_many_nights(lobby: Lobby) -> None:
    one = await lobby.waits(arrives_on=lobby.at.date() + timedelta(days=2), nights=10)
    lobby.later(days=4)
    await keep(lobby.house, premises("AP1"))
    await lobby.tick()
    row = await lobby.proposal_of(one)
    assert (row["from_day"], row["until_day"]) == (date(2026, 11, 27), date(2026, 12, 7))
    await lobby.offer(row["id"])
    read = await lobby.read(one)
    assert (read.arrives_on, read.departs_on) == (date(2026, 11, 27), date(2026, 12, 7))


async def test_a_person_who_says_why_not_frees_the_bed_for_the_next_and_it_is_kept_with_the_reason(
    lobby: Lobby,
) -> None:
    await keep(lobby.house, premises("AP1"))
    one, other = await lobby.waits(rosh="very_high"), await lobby.waits()
    await lobby.tick()
    done = await lobby.skip((await lobby.proposal_of(one))["id"], by=AP1, reason="residents")
    assert (done.outcome, done.next) == ("skipped", None)
    assert await lobby.rows("select 1 from bed_claim") == []
    await lobby.tick()
    assert await lobby.proposed() == {other: "AP1-1"}
    (skip,) = await lobby.rows("select * from proposal_skip")
    assert (skip["placement_id"], skip["reason"], skip["skipped_by"]) == (one, "residents", AP1.id)
    (passed,) = await lobby.rows("select placement_id, code from proposal_passed")
    assert tuple(passed) == (one, "skipped")


async def test_a_higher_need_goes_ahead_of_the_order_with_a_reason_on_the_record_of_each_skipped(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    first, second, third = [await lobby.waits(rosh=risk) for risk in ("very_high", "high", "medium")]
    unfit = await lobby.waits(rosh="very_high", needs=["step_free"])
    await lobby.tick()
    proposal = (await lobby.proposal_of(first))["id"]
    reference = (await lobby.read(third)).reference
    with pytest.raises(Invalid, match="Say who goes first"):
        await lobby.skip(proposal, by=UNIT, reason="higher_need", note="Leaves hospital tonight")
    done = await lobby.skip(proposal, by=UNIT, reason="higher_need", note="Leaves hospital tonight", instead=reference)
    row = await lobby.proposal_of(third)
    assert (done.next, row["bed"], row["chosen_by"], row["place"]) == (row["id"], "AP1-1", UNIT.id, 4)
    skips = await lobby.rows("select placement_id, reason, note, instead from proposal_skip order by id")
    assert [tuple(one) for one in skips] == [
        (first, "higher_need", "Leaves hospital tonight", third),
        (second, "higher_need", "Leaves hospital tonight", third),
    ]
    passed = await lobby.rows("select placement_id, code from proposal_passed where proposal_id = $1", done.next)
    assert [tuple(one) for one in passed] == [(unfit, "needs:step_free")]
    assert await lobby.tick() == 0


async def test_who_is_picked_ahead_must_wait_and_the_bed_must_fit(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    first = await lobby.waits(rosh="very_high")
    unfit = await lobby.waits(needs=["step_free"])
    apart = await lobby.referred()
    await lobby.tick()
    proposal = (await lobby.proposal_of(first))["id"]
    for who, error, words in (
        ((await lobby.read(unfit)).reference, Conflict, "not step-free"),
        ((await lobby.read(apart)).reference, Conflict, "does not wait"),
        ((await lobby.read(first)).reference, Invalid, "proposed to"),
        ("PL-999999", Invalid, "no placement PL-999999"),
    ):
        with pytest.raises(error, match=words):
            await lobby.skip(proposal, by=UNIT, reason="higher_need", note="x", instead=who)
    assert list(await lobby.proposed()) == [first]


async def test_only_who_decides_there_offers_or_skips(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    one = await lobby.waits()
    await lobby.tick()
    proposal = (await lobby.proposal_of(one))["id"]
    with pytest.raises(NotThere):
        await lobby.offer(proposal, by=AP2)
    for machine in (LEEDS, GATEWAY):
        with pytest.raises(NotAllowed):
            await lobby.offer(proposal, by=machine)
        with pytest.raises(NotAllowed):
            await lobby.skip(proposal, by=machine)
    with pytest.raises(Invalid, match="Choose one of"):
        await lobby.skip(proposal, by=AP1, reason="nonsense")
    await lobby.skip(proposal, by=AP1)
    with pytest.raises(Conflict, match="why this bed is not offered"):
        await lobby.offer(proposal, by=UNIT)


async def test_when_nobody_decides_that_is_told_and_the_same_person_is_proposed_first_again(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    one = await lobby.waits()
    await lobby.tick()
    newer = await lobby.waits(rosh="very_high")
    lobby.later(hours=24, minutes=1)
    await lobby.tick()
    assert await lobby.proposed() == {one: "AP1-1"}
    row = await lobby.proposal_of(one)
    assert row["times"] == 2
    rows = await lobby.rows("select outcome, settled_by from proposal where outcome is not null")
    assert [tuple(one) for one in rows] == [("lapsed", "gateway")]
    events = await lobby.rows("select kind from event where kind = 'proposal_lapsed'")
    assert len(events) == 1
    assert newer not in await lobby.proposed()


async def test_whoever_decides_is_written_to_when_nobody_did_and_less_often_each_time(
    lobby: Lobby, database: str
) -> None:
    await furnish(database)
    placement = await lobby.waits()
    for _ in range(4):
        await lobby.tick()
        lobby.later(hours=24, minutes=1)
    await lobby.tick()
    lapsed = await lobby.rows("select 1 from event where kind = 'proposal_lapsed'")
    sent = await delivered(lobby)
    letters = await lobby.rows("select 1 from captured_mail where subject like '%nobody decided%'")
    assert (len(lapsed), len(letters)) == (4, 3)
    assert sent["ap1.referral@premises.invalid"] == "[invented] PL-000001: nobody decided on the bed proposed for it"
    told = [line.note for line in (await lobby.read(placement)).history if line.kind == "mail_sent"]
    assert "To whoever decides: nobody decided on the bed proposed." in told


async def test_a_worker_that_was_away_for_days_goes_on_where_it_was(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    one = await lobby.waits()
    await lobby.tick()
    lobby.later(days=3)
    await lobby.tick()
    assert await lobby.proposed() == {one: "AP1-1"}
    assert len(await lobby.rows("select 1 from bed_claim where kind = 'hold'")) == 1


async def test_whoever_leaves_is_booked_elsewhere_or_withdrawn_keeps_no_bed(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1", [[]] * 3))
    left, withdrawn, offered = [await lobby.waits() for _ in range(3)]
    await lobby.tick()
    assert len(await lobby.proposed()) == 3
    await lobby.leave(left)
    await lobby.do("withdraw", withdrawn, reason="circumstances")
    await keep(lobby.house, premises("AP2"))
    await lobby.do("offer", offered, bed="AP2-1")
    await lobby.tick()
    assert await lobby.proposed() == {}
    rows = await lobby.rows("select outcome from proposal")
    assert [row["outcome"] for row in rows] == ["closed"] * 3
    assert len(await lobby.rows("select 1 from bed_claim where kind = 'hold'")) == 1


async def test_an_act_that_dies_in_the_middle_leaves_nothing_and_the_next_one_does_it(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(lobby.house, premises("AP1", [[]] * 3))
    people = [await lobby.waits() for _ in range(3)]
    real, calls = module._keep_passed, list[int]()

    async def dies(tx: object, proposal: int, passed: object) -> None:
        calls.append(proposal)
        if len(calls) == 2:
            raise RuntimeError("killed")
        await real(tx, proposal, passed)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(module, "_keep_passed", dies)
    with pytest.raises(RuntimeError):
        await lobby.tick()
    assert await lobby.rows("select 1 from bed_claim") == []
    assert await lobby.proposed() == {}
    await lobby.tick()
    assert set(await lobby.proposed()) == set(people)
