"""SYS-16: a prison's notice of a release."""

from datetime import date
from typing import Any

import pytest

from schemas.errors import Ambiguous, Invalid, NotAllowed, NotThere
from tests.releases.making import IN_SIX_WEEKS, LEEDS, PRISON, Board, somebody


async def test_a_prison_s_notice_without_an_address_reaches_the_spoc_of_resettlement_and_asks_for_a_bed(
    board: Board,
) -> None:
    noticed = await board.notice()
    assert noticed.state == "needs_bed"
    assert noticed.pdu == "N55LEE"
    seen = await board.see(noticed.id)
    assert seen.spoc is not None
    assert seen.spoc.email == "release.n55lee@spoc.invalid"
    assert seen.search is not None
    assert (seen.search.near, seen.search.from_, seen.search.gender) == ("LS1 4AP", IN_SIX_WEEKS, "male")
    assert await board.told("noticed") == {"release_noticed_to_spoc", "release_noticed_to_officer"}
    for _, letter in await board.letters():
        assert "Invented" not in letter.text
        assert "X000001" not in letter.text + letter.subject
        assert str(noticed.id) in letter.text
        assert noticed.reference in letter.subject


async def test_the_same_notice_twice_makes_no_twin_and_tells_nobody_again(board: Board) -> None:
    first = await board.notice()
    again = await board.notice()
    assert again.id == first.id
    assert await board.pool.fetchval("select count(*) from outbox") == 2
    seen = await board.see(first.id)
    assert [one.what for one in seen.history].count("Notice received") == 1


async def test_a_notice_with_an_external_reference_is_kept_once_also_when_its_release_is_over(board: Board) -> None:
    first = await board.notice(external_reference="NOMIS-77")
    await board.on(first.id, "cancel", reason="recalled")
    again = await board.notice(external_reference="NOMIS-77")
    assert (again.id, again.state) == (first.id, "cancelled")


async def test_a_further_notice_changes_what_it_says_otherwise(board: Board) -> None:
    first = await board.notice(rosh=None)
    again = await board.notice(rosh="very_high", address="4 Example Street, Bradford BD1 1HX", near=None)
    assert again.id == first.id
    assert again.state == "noticed"
    assert again.pdu == "N55BAC"
    assert "release_changed_to_former" in await board.told("changed")
    seen = await board.see(first.id)
    assert "police_told" in {one.need for one in seen.must_exist}


async def test_the_prison_sees_its_board_and_another_pdu_does_not(board: Board) -> None:
    noticed = await board.notice()
    assert [one.reference for one in (await board.listed(PRISON, prison="LEI")).items] == [noticed.reference]
    assert len((await board.listed(LEEDS, pdu="N55LEE", lacking=True)).items) == 0
    assert len((await board.listed(LEEDS)).items) == 1
    elsewhere = LEEDS.__class__(id="x", name="X", role="practitioner", pdus=("N55BAC",))
    assert (await board.listed(elsewhere)).items == []
    with pytest.raises(NotThere):
        await board.see(noticed.id, elsewhere)
    assert (await board.listed(from_=date(2027, 1, 6))).items == []


async def test_a_board_goes_on_where_the_page_before_ended(board: Board) -> None:
    for n in range(1, 4):
        await board.notice(somebody(n), release_on=date(2027, 1, 4 + n))
    page = await board.listed(limit=2)
    assert page.next is not None
    rest = await board.listed(limit=2, cursor=page.next)
    assert [one.release_on.day for one in (*page.items, *rest.items)] == [5, 6, 7]
    with pytest.raises(Invalid):
        await board.listed(cursor="x")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"prison": "Leads"}, "Did you mean Leeds"),
    ({"release_on": date(2026, 11, 22)}, "in the past"),
    ({"release_on": date(2036, 11, 22)}, "Check the year"),
    ({"needs": ["hot_tub"]}, "no characteristic hot_tub"),
    ({"near": None}, "Say where to resettle"),
    ({"until": date(2027, 2, 1)}, "Only a temporary licence"),
    ({"kind": "rotl"}, "day of return"),
    ({"home_pdu": "XXX"}, "no such PDU"),
    ({"person": somebody(2, crn="X12")}, "This is no CRN"),
    ({"person": somebody(2, pnc="2003/0011985A")}, "check letter does not fit"),
]


async def test_a_notice_that_cannot_be_is_refused_with_what_to_do_and_nothing_is_kept(board: Board) -> None:
    for given, says in WRONG:
        with pytest.raises(Invalid, match=says):
            await board.notice(**given)
    with pytest.raises(Ambiguous, match="more than one PDU: Birmingham"):
        await board.notice(near="Birmingham")
    assert await board.pool.fetchval("select count(*) from outbox") == 0
    assert (await board.listed()).items == []


async def test_c_11_an_area_full_of_prisons_receives_whom_it_resettles_and_not_everybody_whom_its_prisons_release(
    board: Board,
) -> None:
    """Wakefield has two prisons; Leeds has two."""
    towards = {"WDI": "BD1 1HX", "NHI": "YO1 7HH", "LEI": "WF1 1DG", "WEI": "Hull"}
    for n, (prison, near) in enumerate(towards.items(), 1):
        person = somebody(n)
        await board.notice(person, prison=prison, near=near, by=LEEDS)
    page = await board.listed()
    assert {row.prison: row.pdu for row in page.items} == {
        "WDI": "N55BAC",
        "NHI": "N55YRK",
        "LEI": "N55WAK",
        "WEI": "N55HER",
    }
    # Each prison has its own board; the PDU where they stand sees whom it receives.
    assert [row.pdu for row in (await board.listed(prison="WDI")).items] == ["N55BAC"]
    wakefield = LEEDS.__class__(id="x", name="X", role="practitioner", pdus=("N55WAK",))
    assert [row.prison for row in (await board.listed(wakefield)).items] == ["LEI"]


async def test_a_prison_gives_notice_of_its_own_releases_and_not_of_another_prisons(board: Board) -> None:
    with pytest.raises(NotAllowed, match="Wakefield is not one where you work"):
        await board.notice(prison="Wakefield")
    assert (await board.listed()).items == []
    assert (await board.notice(prison="Wakefield", by=LEEDS)).state == "needs_bed"
