"""SYS-16, C-02, C-03: from a release to a bed and its NSI, and what follows when something changes."""

from datetime import date, datetime, timedelta

import msgspec
import pytest

from bedspace.search.register import Register
from bedspace.store import Tx
from gateway.access.act import House
from gateway.access.actors import Actor
from gateway.releases.follow import follow
from gateway.releases.link import Stays, stays
from schemas.acts import Event
from schemas.errors import Conflict
from schemas.search import Need
from tests.releases.making import AP1, AP2, IN_SIX_WEEKS, LEEDS, POSTCODES, PRISON, Board, somebody

NIGHTS = timedelta(days=84)


async def test_an_accepted_bed_outside_the_home_pdu_has_its_temporary_move_and_home_stays_responsible(
    board: Board,
) -> None:
    done = await board.bedded("AP2")
    assert done.state == "ready"
    nsi = await board.nsi(done.nsi)
    assert (nsi.type, nsi.status) == ("temporary_move", "raised")
    assert (nsi.move_on, nsi.until) == (IN_SIX_WEEKS, IN_SIX_WEEKS + NIGHTS)
    assert nsi.receiving.pdu.code == "N55BAC"
    assert nsi.sending.pdu is not None
    assert nsi.sending.pdu.code == "N55LEE"
    assert nsi.responsible is not None
    assert nsi.responsible.pdu == "Leeds"
    assert nsi.address == "Example House AP2, LS1 4AP"
    told = await board.told("")
    assert {"referral_to_decider", "referral_to_spoc", "referral_to_resettlement"} <= told
    assert {"release_bed_ready_to_prison", "release_bed_ready_to_officer", "nsi_to_spoc"} <= told
    addressed = {purpose: letter.to for purpose, letter in await board.letters()}
    assert addressed["referral_to_spoc"] == "ap_referral.n55bac@spoc.invalid"
    assert addressed["referral_to_resettlement"] == "release.n55lee@spoc.invalid"
    assert addressed["release_bed_ready_to_prison"] == "discharge@prison.invalid"


async def test_prison_and_practitioner_get_address_hour_and_contact_for_the_licence(board: Board) -> None:
    done = await board.bedded("AP2")
    for by in (PRISON, LEEDS):
        seen = await board.see(done.id, by)
        assert seen.for_the_licence is not None
        assert seen.for_the_licence.address == "Example House AP2, LS1 4AP"
        assert seen.for_the_licence.phone == "01632 960000"
        assert seen.for_the_licence.hour is not None
        assert seen.for_the_licence.hour.date() == IN_SIX_WEEKS
    for _, letter in await board.letters():
        assert "LS1 4AP" not in letter.text


async def test_a_bed_in_the_home_pdu_needs_no_nsi(board: Board) -> None:
    done = await board.bedded("AP1")
    assert (done.state, done.nsi) == ("ready", None)
    needs = {one.need: one.state for one in (await board.see(done.id)).must_exist}
    assert (needs["place"], needs["nsi"]) == ("met", "met")


async def test_without_a_decision_that_premises_suit_there_is_no_referral(board: Board) -> None:
    noticed = await board.notice()
    with pytest.raises(Conflict, match="Nobody has decided yet"):
        await board.on(noticed.id, "refer", ask=["AP1"])
    await board.decided(somebody())
    referred = await board.on(noticed.id, "refer", ask=["AP1"])
    assert referred.state == "referred"
    with pytest.raises(Conflict, match="is open for"):
        await board.on(noticed.id, "refer", ask=["AP2"])


async def test_when_the_release_moves_the_bed_the_nsi_and_its_clocks_move_in_one_act(board: Board) -> None:
    done = await board.bedded("AP2")
    before = {clock.rule: clock.due for clock in (await board.nsi(done.nsi)).clocks}
    later = IN_SIX_WEEKS + timedelta(days=7)
    moved = await board.on(done.id, "change", PRISON, release_on=later)
    assert moved.questions == []
    placement = await board.read(done.placement)  # type: ignore[arg-type]  # it has one
    assert (placement.arrives_on, placement.departs_on) == (later, later + NIGHTS)
    assert placement.arrive_by is not None
    assert placement.arrive_by.date() == later
    assert next(claim for claim in await board.claims() if claim[1] == "booking")[2] == later
    nsi = await board.nsi(done.nsi)
    assert (nsi.move_on, nsi.until) == (later, later + NIGHTS)
    after = {clock.rule: clock.due for clock in nsi.clocks}
    assert (before["T-10"], after["T-10"]) == (IN_SIX_WEEKS, later)
    assert after["T-05"] == before["T-05"], "what counts from the notice stands"
    needs = {one.need: one.due for one in (await board.see(done.id)).must_exist}
    assert needs["licence_conditions"] == later - timedelta(days=7)
    assert {"release_moved_to_prison", "release_moved_to_premises", "release_moved_to_spoc"} <= await board.told(
        "moved"
    )
    # One act: where what follows fails at the very end, the bed, the NSI and the release are as they were.
    board.house = House(pool=board.pool, now=lambda: board.at, follow=fails)
    with pytest.raises(Conflict, match="Not now"):
        await board.on(done.id, "change", PRISON, release_on=later + timedelta(days=7))
    assert (await board.see(done.id)).release_on == later
    assert (await board.read(done.placement)).arrives_on == later  # type: ignore[arg-type]  # it has one
    assert await board.nsi(done.nsi) == nsi


def of_york() -> Actor:
    return Actor(id="york", name="Jo Invented", role="practitioner", pdus=("N55YRK",))


async def fails(tx: Tx, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    await follow(tx, events, now)
    if "release_moved" in {one.kind for one in events}:
        raise Conflict("Not now.")
    return ()


async def test_a_bed_that_is_not_free_on_the_new_day_is_left_and_asked_about(board: Board) -> None:
    done = await board.bedded("AP2")
    bed = (await board.see(done.id)).placement
    assert bed is not None
    other = await board.booked(str(bed.bed), somebody(9), arrives_on=bed.departs_on + timedelta(days=1))
    moved = await board.on(done.id, "change", release_on=IN_SIX_WEEKS + timedelta(days=7))
    assert len(moved.questions) == 1
    assert "already claimed" in moved.questions[0]
    assert (await board.read(done.placement)).arrives_on == IN_SIX_WEEKS  # type: ignore[arg-type]  # it has one
    await board.do("cancel", other, reason="changed_mind")
    again = await board.on(done.id, "change", release_on=IN_SIX_WEEKS + timedelta(days=14))
    assert again.questions == []


async def test_a_cancelled_release_ends_bed_and_nsi_and_tells_everybody(board: Board) -> None:
    done = await board.bedded("AP2")
    gone = await board.on(done.id, "cancel", PRISON, reason="recalled")
    assert gone.state == "cancelled"
    assert (await board.read(done.placement)).state == "cancelled"  # type: ignore[arg-type]  # it has one
    assert (await board.nsi(done.nsi)).status == "withdrawn"
    assert await board.claims() == []
    assert await board.told("cancelled") == {
        f"release_cancelled_to_{whom}" for whom in ("spoc", "officer", "prison", "premises", "ap_spoc")
    }
    assert (await board.on(done.id, "cancel", reason="recalled")).state == "cancelled"
    fresh = await board.notice()
    assert fresh.id != done.id
    await board.letters()


async def test_a_change_of_mind_just_before_the_release_ends_the_bed_and_tells_who_receives_now(board: Board) -> None:
    done = await board.bedded("AP2")
    changed = await board.on(done.id, "change_mind", address="4 Example Street, York YO1 7HH")
    assert (changed.state, changed.pdu) == ("noticed", "N55YRK")
    assert (await board.read(done.placement)).state == "cancelled"  # type: ignore[arg-type]  # it has one
    assert (await board.nsi(done.nsi)).status == "withdrawn"
    told = await board.told("release_")
    assert {"release_changed_to_former", "release_plan_dropped_to_premises", "release_plan_dropped_to_ap_spoc"} <= told
    to = {letter.to for purpose, letter in await board.letters() if purpose == "release_changed_to_spoc"}
    assert to == {"release.n55yrk@spoc.invalid"}


async def test_premises_that_decline_leave_a_release_that_needs_a_bed_and_says_so(board: Board) -> None:
    noticed = await board.notice()
    await board.decided(somebody())
    referred = await board.on(noticed.id, "refer", ask=["AP1"])
    await board.do("decline", referred.placement, AP1, reason="other", note="Full.")  # type: ignore[arg-type]  # it has one
    seen = await board.see(noticed.id)
    assert seen.state == "needs_bed"
    assert [one.kind for one in seen.questions] == ["bed_lost"]
    assert "release_bed_lost_to_officer" in await board.told("bed_lost")
    assert (await board.on(noticed.id, "refer", ask=["AP2"])).state == "referred"


async def test_nsi_and_claim_end_with_the_stay_and_the_move_on_asks_for_a_case_transfer(board: Board) -> None:
    done = await board.bedded("AP2", release_on=date(2026, 12, 15))
    placement = done.placement
    assert placement is not None
    await board.status(done.nsi, "received", "allocated")
    board.at = board.at.replace(month=12, day=15, hour=15)
    await board.do("arrive", placement, AP2)
    assert (await board.see(done.id)).state == "released"
    await board.do("extend", placement, until=date(2027, 4, 1))
    assert (await board.nsi(done.nsi)).until == date(2027, 4, 1)
    board.later(days=40)
    await board.do("depart", placement, AP2, reason="moved_on", move_on="private_rent")
    assert (await board.nsi(done.nsi)).status == "completed"
    seen = await board.see(done.id)
    assert [one.kind for one in seen.questions if one.answered_at is None] == ["move_on"]
    with pytest.raises(Exception, match="Say true to raise a case transfer"):
        await board.on(done.id, "move_on", near="BD1 1HX")
    moved = await board.on(done.id, "move_on", near="BD1 1HX", case_transfer=True)
    assert moved.questions == []
    transfer = (await board.nsis())[0]
    assert (transfer.type, transfer.status, transfer.receiving_pdu) == ("case_transfer", "raised", "N55BAC")


async def test_a_move_on_within_the_home_pdu_asks_for_nothing(board: Board) -> None:
    done = await board.bedded("AP1", release_on=date(2026, 12, 15))
    board.at = board.at.replace(month=12, day=15, hour=15)
    await board.do("arrive", done.placement, AP1)  # type: ignore[arg-type]  # it has one
    board.later(days=10)
    await board.do("depart", done.placement, AP1, reason="moved_on", move_on="family")  # type: ignore[arg-type]  # it has one
    moved = await board.on(done.id, "move_on", near="LS1 4AP")
    assert moved.questions == []
    assert "no case transfer is needed" in (await board.see(done.id)).questions[0].answer


def test_what_a_stay_outside_home_is_can_be_set_by_region() -> None:
    assert stays().of("N55") == "temporary_move"
    setting = msgspec.toml.decode(b'outside_home = "temporary_move"\n[regions]\nN54 = "case_transfer"', type=Stays)
    assert (setting.of("N54"), setting.of("N55")) == ("case_transfer", "temporary_move")


async def test_c_09_an_area_without_approved_premises_of_its_own_is_offered_the_nearest_elsewhere_and_stays_responsible(
    board: Board,
) -> None:
    man = somebody()
    noticed = await board.notice(man, near="YO1 7HH")
    assert (noticed.state, noticed.pdu) == ("needs_bed", "N55YRK")
    search = (await board.see(noticed.id)).search
    assert search is not None
    register = Register(board.pool, POSTCODES, now=lambda: board.at)
    need = Need(near=search.near, from_=search.from_, nights=search.nights, gender=search.gender)
    found = await register.shortlist(need)
    await register.close()
    assert [hit.premises.code for hit in found.hits] == ["AP1", "AP2"], "the nearest first, in whatever area"
    assert all(hit.miles > 20 for hit in found.hits)
    await board.decided(man)
    referred = await board.on(noticed.id, "refer", of_york(), ask=["AP1"])
    assert referred.placement is not None
    await board.do("accept", referred.placement, AP1)
    nsi = await board.nsi((await board.see(noticed.id)).nsi.id)  # type: ignore[union-attr]  # it has one
    assert (nsi.type, nsi.receiving.pdu.code) == ("temporary_move", "N55LEE")
    assert nsi.responsible is not None
    assert nsi.responsible.pdu == "York"
