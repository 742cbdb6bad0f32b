"""One journey each of a release, from the notice on: planned, at short notice with no address, on temporary licence."""

from datetime import date, timedelta

import pytest

from schemas.errors import Conflict
from tests.releases.making import AP2, IN_SIX_WEEKS, LEEDS, PRISON, Board, somebody, staff

WAKEFIELD = "HMP Wakefield"


async def test_a_planned_release_becomes_a_bed_a_temporary_move_a_stay_and_a_case_transfer(board: Board) -> None:
    man = somebody()
    # Six weeks before, the prison gives notice: Leeds, no address, high risk.
    notice = await board.notice(man, needs=["single_room"])
    assert (notice.state, notice.pdu, notice.must_exist_today) == ("needs_bed", "N55LEE", [])
    # The practitioner decides that approved premises suit, and refers him to two.
    await board.decided(man)
    referred = await board.on(notice.id, "refer", ask=["AP1", "AP2"])
    assert referred.placement is not None
    # Leeds declines, Bradford accepts: bed, NSI and everybody's letters come of that one act.
    await board.do("decline", referred.placement, staff("AP1"), reason="other", note="Full.")
    assert (await board.see(notice.id)).state == "referred"
    await board.do("accept", referred.placement, AP2)
    ready = await board.see(notice.id, PRISON)
    assert ready.state == "ready"
    assert ready.for_the_licence is not None
    ready = await board.see(notice.id, LEEDS)
    assert ready.nsi is not None
    assert (ready.nsi.type, ready.nsi.pdu.code) == ("temporary_move", "N55BAC")
    # What must exist is there before the day.
    for need in ("licence_conditions", "first_appointment", "reporting_instructions", "rosh_current", "police_told"):
        await board.on(notice.id, "need", need=need)
    # He arrives, stays, and the receiving side has seen the NSI meanwhile.
    await board.status(ready.nsi.id, "received", "allocated")
    board.at = board.at.replace(year=2027, month=1, day=5, hour=14)
    await board.do("arrive", referred.placement, AP2)
    out = await board.see(notice.id)
    assert (out.state, out.released_on) == ("released", IN_SIX_WEEKS)
    # Twelve weeks later he moves on to Bradford: the temporary move is over, and a case transfer is asked about.
    board.at = board.at.replace(month=3, day=30)
    await board.do("depart", referred.placement, AP2, reason="moved_on", move_on="private_rent")
    stayed = await board.nsi(ready.nsi.id)
    assert stayed.status == "completed"
    assert stayed.responsible is not None
    assert stayed.responsible.pdu == "Leeds"
    moved = await board.on(notice.id, "move_on", near="BD1 1HX", case_transfer=True)
    assert moved.questions == []
    transfer = (await board.nsis())[0]
    assert (transfer.type, transfer.receiving_pdu) == ("case_transfer", "N55BAC")


async def test_a_short_notice_release_without_an_address_names_what_must_exist_today_and_ends_in_a_bed_tonight(
    board: Board,
) -> None:
    man = somebody()
    # Monday, ten in the morning: he leaves tomorrow, and has nowhere to go.
    tomorrow = board.at.date() + timedelta(days=1)
    notice = await board.notice(man, release_on=tomorrow, rosh="very_high")
    assert notice.state == "needs_bed"
    assert {"An address found suitable, or a bed", "Police told of the release"} <= set(notice.must_exist_today)
    await board.tick()
    assert "release_lacking_to_officer" in await board.told("lacking")
    # No bed without a decision; then a referral that must be answered within two hours.
    with pytest.raises(Conflict, match="Nobody has decided"):
        await board.on(notice.id, "refer", ask=["AP2"], short_notice_reason="risk_escalated")
    await board.decided(man)
    referred = await board.on(notice.id, "refer", ask=["AP2"], short_notice_reason="risk_escalated")
    board.later(hours=1)
    await board.do("accept", referred.placement, AP2)  # type: ignore[arg-type]  # it has one
    ready = await board.see(notice.id, LEEDS)
    assert ready.for_the_licence is not None
    assert ready.for_the_licence.hour is not None
    assert ready.for_the_licence.hour.date() == tomorrow
    assert "An address found suitable, or a bed" not in ready.must_exist_today
    # In the afternoon he is kept in: everything ends, and the bed is free.
    board.later(hours=4)
    gone = await board.on(notice.id, "cancel", PRISON, reason="re_detained")
    assert gone.state == "cancelled"
    assert await board.claims() == []
    assert ready.nsi is not None
    assert (await board.nsi(ready.nsi.id)).status == "withdrawn"
    assert "release_cancelled_to_premises" in await board.told("cancelled")


async def test_a_rotl_job_near_the_prison_is_a_temporary_move_to_the_prison_s_pdu_with_its_return_and_no_bed(
    board: Board,
) -> None:
    # A man of Leeds in Wakefield prison has found work beside it.
    back = date(2027, 1, 29)
    notice = await board.notice(
        by=LEEDS, prison=WAKEFIELD, kind="rotl", until=back, near=None, home_pdu="N55LEE", reside_where_approved=True
    )
    assert (notice.state, notice.pdu) == ("ready", "N55WAK")
    seen = await board.see(notice.id)
    assert seen.search is None
    assert {"employer", "return"} <= {one.need for one in seen.must_exist}
    nsi = await board.nsi(notice.nsi)
    assert (nsi.type, nsi.receiving.pdu.code, nsi.move_on, nsi.until) == (
        "temporary_move",
        "N55WAK",
        IN_SIX_WEEKS,
        back,
    )
    # The same notice again is the same licence; another day of return moves the NSI.
    again = await board.notice(by=LEEDS, prison=WAKEFIELD, kind="rotl", until=back, near=None, home_pdu="N55LEE")
    assert again.id == notice.id
    assert again.nsi == notice.nsi
    later = back + timedelta(days=7)
    await board.on(notice.id, "change", release_on=IN_SIX_WEEKS, until=later)
    assert (await board.nsi(notice.nsi)).until == later
    # He goes out and comes back: Leeds was responsible throughout.
    board.at = board.at.replace(year=2027, month=1, day=5)
    await board.on(notice.id, "released")
    board.at = board.at.replace(month=2, day=5)
    returned = await board.on(notice.id, "returned")
    assert returned.state == "returned"
    ended = await board.nsi(notice.nsi)
    assert ended.status == "completed"
    assert ended.responsible is not None
    assert ended.responsible.pdu == "Leeds"
    assert (await board.on(notice.id, "returned")).state == "returned"


async def test_a_rotl_within_the_home_pdu_needs_no_nsi(board: Board) -> None:
    notice = await board.notice(kind="rotl", until=date(2027, 1, 12), near=None, home_pdu="N55LEE")
    assert (notice.state, notice.pdu, notice.nsi) == ("ready", "N55LEE", None)
    assert "The NSI for the PDU where the person will be" not in notice.must_exist_today
