"""What must exist before a release; which day it is; where the person is to live (C-02, C-03, C-05, SYS-16, SYS-19)."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from gateway.access.accounts import client
from gateway.releases.days import RULE, asks_which_date, day_before_that
from gateway.releases.needs import asked_of, before_release
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from tests.releases.making import IN_SIX_WEEKS, LEEDS, PRISON, Board, somebody

FRIDAY = date(2026, 12, 11)
CHRISTMAS_EVE = date(2026, 12, 24)
"""A Thursday; the day after it is a bank holiday."""


@pytest.mark.parametrize(
    ("day", "asks", "instead"),
    [
        (FRIDAY, True, date(2026, 12, 10)),
        (date(2026, 12, 10), False, date(2026, 12, 9)),
        (date(2026, 12, 12), True, date(2026, 12, 10)),
        (CHRISTMAS_EVE, True, date(2026, 12, 23)),
        (date(2026, 12, 28), True, date(2026, 12, 23)),  # the substitute day for Boxing Day
        (date(2027, 3, 25), True, date(2027, 3, 24)),  # Maundy Thursday
    ],
)
def test_a_friday_a_weekend_a_bank_holiday_and_the_day_before_one_are_asked_about(
    day: date,
    asks: bool,  # noqa: FBT001  # a parameter of the test
    instead: date,
) -> None:
    assert asks_which_date(day) is asks
    assert day_before_that(day) == instead
    assert "Friday" in RULE


def test_at_short_notice_what_must_exist_today_is_due_today() -> None:
    today = date(2026, 11, 23)
    due = {one.kind: one.due for one in asked_of("release", "high", today + timedelta(days=3), today)}
    assert due["licence_conditions"] == today
    assert due["police_check"] == today
    assert due["travel"] == today + timedelta(days=1)
    planned = {one.kind: one.due for one in asked_of("release", "high", IN_SIX_WEEKS, today)}
    assert planned["mappa_meeting"] == IN_SIX_WEEKS - timedelta(days=21)
    assert "mappa_meeting" not in {one.kind for one in asked_of("release", None, IN_SIX_WEEKS, today)}
    assert {"employer", "return"} <= {one.kind for one in asked_of("rotl", None, IN_SIX_WEEKS, today)}


def test_a_slip_in_the_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "release.toml"
    path.write_text(
        'short_notice_days = 7\n[[need]]\nkind = "x"\ntitle = "X"\nowner = "Y"\ndays = -1\nkinds = ["rotl"]\n'
    )
    with pytest.raises(Invalid, match=r"release\.toml.*days"):
        before_release(path)


async def test_what_lacks_as_the_day_nears_is_told_once_to_the_officer_and_the_spoc(board: Board) -> None:
    noticed = await board.notice()
    assert await board.tick() == 0
    assert await board.told("lacking") == set()
    board.at = board.at.replace(month=12, day=22)
    assert await board.tick() == 1
    assert await board.tick() == 0
    assert await board.told("lacking") == {"release_lacking_to_spoc", "release_lacking_to_officer"}
    seen = await board.see(noticed.id)
    assert "An address found suitable, or a bed" in seen.must_exist_today
    board.later(days=7)
    assert await board.tick() == 1


async def test_what_must_exist_is_met_by_somebody_or_not_applicable_with_a_reason(board: Board) -> None:
    noticed = await board.notice(release_on=board.at.date() + timedelta(days=3))
    assert "Victim liaison told of the day and the conditions" in noticed.must_exist_today
    done = await board.on(noticed.id, "need", need="vlo_told", not_applicable="No victim contact.")
    assert "Victim liaison told of the day and the conditions" not in done.must_exist_today
    await board.on(noticed.id, "need", PRISON, need="licence_conditions")
    await board.on(noticed.id, "need", LEEDS, need="licence_conditions")
    needs = {one.need: one for one in (await board.see(noticed.id)).must_exist}
    assert (needs["vlo_told"].state, needs["vlo_told"].not_applicable) == ("not_applicable", "No victim contact.")
    assert needs["licence_conditions"].met_by == "demo-prison-staff"
    assert needs["responsible_officer"].state == "met"
    with pytest.raises(NotThere, match="It asks for: first_appointment"):
        await board.on(noticed.id, "need", need="hot_tub")


async def test_a_release_before_a_non_working_day_asks_which_date_and_a_named_person_confirms_it(board: Board) -> None:
    noticed = await board.notice(release_on=FRIDAY)
    assert "such as Thursday 10 December 2026" in noticed.questions[0]
    assert "release_date_asked_to_prison" in await board.told("date_asked")
    with pytest.raises(NotAllowed):
        await board.on(noticed.id, "confirm_date", client("leeds-case-system"), release_on=FRIDAY)
    kept = await board.on(noticed.id, "confirm_date", PRISON, release_on=FRIDAY)
    assert (kept.release_on, kept.questions) == (FRIDAY, [])
    seen = await board.see(noticed.id)
    assert (seen.before_non_working, seen.date_confirmed_by) == (True, "demo-prison-staff")


async def test_another_day_that_is_confirmed_moves_the_release_with_its_bed(board: Board) -> None:
    done = await board.bedded("AP2", release_on=CHRISTMAS_EVE)
    thursday = CHRISTMAS_EVE - timedelta(days=1)
    kept = await board.on(done.id, "confirm_date", release_on=thursday)
    assert (kept.release_on, kept.questions) == (thursday, [])
    seen = await board.see(done.id)
    assert seen.placement is not None
    assert seen.placement.arrives_on == thursday
    assert seen.date_confirmed_at is not None
    with pytest.raises(Invalid, match="in the past"):
        await board.on(done.id, "change", release_on=date(2026, 11, 1))


async def test_an_address_not_suitable_wants_a_bed_and_a_suitable_one_does_not(board: Board) -> None:
    noticed = await board.notice(address="4 Example Street, Leeds LS1 4AP")
    assert noticed.state == "noticed"
    assert (await board.on(noticed.id, "address", outcome="not_suitable")).state == "needs_bed"
    found = await board.on(noticed.id, "address", outcome="suitable", address="6 Example Street, Leeds LS1 4AP")
    assert found.state == "ready"
    seen = await board.see(noticed.id)
    assert seen.for_the_licence is not None
    assert seen.for_the_licence.address.startswith("6 Example Street")
    assert {one.need: one.state for one in seen.must_exist}["nsi"] == "met"
    with pytest.raises(Conflict, match="found suitable"):
        await board.on(noticed.id, "refer", ask=["AP1"])


async def test_reside_where_approved_an_address_that_differs_alerts_the_officer(board: Board) -> None:
    noticed = await board.notice(address="4 Example Street, Leeds LS1 4AP")
    same = await board.on(noticed.id, "approve", address="4, example street, LEEDS. ls1 4ap")
    assert same.questions == []
    differs = await board.on(noticed.id, "approve", address="40 Example Street, Leeds LS1 4AP")
    assert "is not the one that was notified" in differs.questions[0]
    assert "release_address_differs_to_officer" in await board.told("address_differs")
    again = await board.notice(address="40 Example Street, Leeds LS1 4AP")
    assert again.questions == []
    for _, letter in await board.letters():
        assert "Example Street" not in letter.text


async def test_accommodation_that_a_housing_provider_arranged_alerts_the_case_manager_before_release(
    board: Board,
) -> None:
    noticed = await board.notice()
    arranged = await board.on(
        noticed.id, "arrange", PRISON, provider="Example Homes", address="9 Example Road, Leeds LS1 4AP"
    )
    assert arranged.state == "noticed"
    assert await board.told("arranged") == {"release_arranged_to_officer", "release_arranged_to_spoc"}
    again = await board.on(
        noticed.id, "arrange", PRISON, provider="Example Homes", address="9 Example Road, Leeds LS1 4AP"
    )
    assert again.state == "noticed"
    assert await board.pool.fetchval("select count(*) from outbox where purpose like '%arranged%'") == 2


async def test_a_day_that_is_past_without_a_word_is_asked_about_once(board: Board) -> None:
    noticed = await board.notice(somebody(3))
    board.at = board.at.replace(year=2027, month=1, day=8)
    await board.tick()
    seen = await board.see(noticed.id)
    assert [one.kind for one in seen.questions] == ["was_released"]
    assert await board.tick() == 0
    out = await board.on(noticed.id, "released", PRISON, on=IN_SIX_WEEKS)
    assert (out.state, out.questions, out.must_exist_today) == ("released", [], [])
    with pytest.raises(Conflict, match="nothing about it can be changed"):
        await board.on(noticed.id, "change", release_on=date(2027, 2, 2))
