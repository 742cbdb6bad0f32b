"""Releases by API and command line; two notices at once; who sees whom (SYS-16)."""

import asyncio
from datetime import date, datetime

import msgspec
import pytest

from gateway.access.accounts import demo_actor
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.cli.releases import _row, _whole
from gateway.people.keep import limit_access
from gateway.transfers.read import read_nsi
from schemas.errors import NotThere
from schemas.nsis import ReadNsi
from schemas.people import LimitAccess
from tests.api.problem import problem
from tests.api.serving import serving, until_open
from tests.releases.making import AP2, LEEDS, PRISON, Board, somebody

NOTICE = {
    "person": {"crn": "X000001", "name": "Sam Inventedba", "birth_date": "1970-01-02", "gender": "male"},
    "prison": "LEI",
    "release_on": "2027-01-05",
    "address": None,
    "near": "LS1 4AP",
    "rosh": "high",
    "needs": ["single_room"],
    "nights": 84,
}


async def test_a_prison_gives_notice_by_api_and_sees_what_became_of_it(
    board: Board, database: str, now: datetime
) -> None:
    del board  # only its premises
    async with serving(database, now) as served:
        await until_open(served)
        async with served.caller("prison_staff") as prison, served.caller("practitioner") as officer:
            key = {"Idempotency-Key": "notice-1"}
            answer = await prison.post("/api/v1/releases", json=NOTICE, headers=key)
            assert answer.status_code == 201
            noticed = answer.json()
            assert (noticed["state"], noticed["pdu"]) == ("needs_bed", "N55LEE")
            assert (await prison.post("/api/v1/releases", json=NOTICE, headers=key)).json() == noticed
            assert (await prison.post("/api/v1/releases", json=NOTICE)).json()["id"] == noticed["id"]
            at = f"/api/v1/releases/{noticed['id']}"
            shown = (await prison.get(at)).json()
            assert shown["person"]["crn"] == "X000001"
            assert shown["search"]["needs"] == ["single_room"]
            assert shown["spoc"]["email"] == "release.n55lee@spoc.invalid"
            search = await officer.post("/api/v1/bedspaces/search", json={**shown["search"], "limit": 5})
            assert {hit["premises"]["code"] for hit in search.json()["hits"]} == {"AP1", "AP2"}
            decided = {"person": NOTICE["person"], "suitable": True, "reason": "risk_of_harm"}
            assert (await officer.post("/api/v1/suitability", json=decided)).status_code == 201
            referred = await officer.post(f"{at}/refer", json={"ask": ["AP1"]})
            assert referred.json()["state"] == "referred"
            moved = await prison.post(f"{at}/change", json={"release_on": "2027-01-12"})
            assert moved.json()["release_on"] == "2027-01-12"
            board_ = (await prison.get("/api/v1/releases?prison=LEI&from=2027-01-12&until=2027-01-12")).json()
            assert [row["reference"] for row in board_["items"]] == [noticed["reference"]]
            wrong = await prison.post("/api/v1/releases", json={**NOTICE, "prison": "Leads"})
            assert "Did you mean Leeds" in problem(wrong, 422)["detail"]
            many = await prison.post("/api/v1/releases", json={**NOTICE, "near": "Birmingham"})
            assert "more than one PDU" in many.json()["detail"]
            gone = await prison.post(f"{at}/cancel", json={"reason": "recalled"})
            assert gone.json()["state"] == "cancelled"
            problem(await prison.post(f"{at}/change", json={"release_on": "2027-02-02"}), 409)


async def test_two_notices_at_once_are_one_release(board: Board) -> None:
    found = await asyncio.gather(*(board.notice() for _ in range(6)))
    assert len({one.id for one in found}) == 1
    assert len((await board.listed()).items) == 1


async def test_an_acceptance_and_a_cancelled_release_at_once_leave_neither_a_bed_nor_an_nsi(board: Board) -> None:
    noticed = await board.notice()
    await board.decided(somebody())
    referred = await board.on(noticed.id, "refer", ask=["AP2"])
    assert referred.placement is not None
    await asyncio.gather(
        board.do("accept", referred.placement),
        board.on(noticed.id, "cancel", reason="recalled"),
        return_exceptions=True,
    )
    await board.on(noticed.id, "cancel", reason="recalled")
    assert (await board.see(noticed.id)).state == "cancelled"
    assert await board.claims() == []
    assert {nsi.status for nsi in await board.nsis()} <= {"withdrawn"}


async def test_a_limited_access_person_is_masked_with_every_address_and_still_gets_a_bed_and_an_nsi(
    board: Board,
) -> None:
    man = somebody()
    noticed = await board.notice(man, address="4 Example Street, Leeds LS1 4AP")
    await board.on(noticed.id, "address", outcome="not_suitable")
    person = (await board.see(noticed.id)).person.id
    await act(board.house, OPERATOR, limit_access, LimitAccess(id=person))
    # Nobody who acts from here on may see who it is: they decide, refer and accept all the same.
    seen = await board.see(noticed.id, LEEDS)
    assert (seen.person.name, seen.person.limited_access) == (None, True)
    assert (seen.address, seen.near) == (None, None)
    assert (await board.listed(LEEDS)).items[0].crn is None
    board.checks = False
    await board.decided(man)
    referred = await board.on(noticed.id, "refer", ask=["AP2"])
    assert referred.placement is not None
    await board.do("accept", referred.placement, AP2, checked_reason="checked_elsewhere", checked_note="By the prison.")
    ready = await board.see(noticed.id, LEEDS)
    assert (ready.state, ready.person.name) == ("ready", None)
    assert ready.placement is not None
    assert ready.nsi is not None
    nsi = await board.nsi(ready.nsi.id)
    assert (nsi.type, nsi.person.name, nsi.address) == ("temporary_move", None, None)
    for _, letter in await board.letters():
        assert str(man.crn) not in letter.text


async def test_reading_a_release_is_on_the_audit_record(board: Board) -> None:
    noticed = await board.notice()
    await board.see(noticed.id, PRISON)
    rows = await board.pool.fetch("select action, subject, persons from audit order by id desc limit 1")
    assert rows[0]["action"] == "release.read"
    assert rows[0]["subject"] == f"release:{noticed.id}"
    assert len(rows[0]["persons"]) == 1


async def test_sys_16_a_prison_sees_address_hour_and_contact_for_the_licence_and_of_the_nsi_its_reference_and_status(
    board: Board,
) -> None:
    """And nothing of the case: the NSI itself is out of its reach. That it looked is on the audit record."""
    done = await board.bedded("AP2")
    seen = await board.see(done.id, PRISON)
    assert seen.for_the_licence
    assert (seen.for_the_licence.address, seen.for_the_licence.phone) == ("Example House AP2, LS1 4AP", "01632 960000")
    assert seen.for_the_licence.hour
    assert seen.nsi
    assert (seen.nsi.reference, seen.nsi.status, seen.nsi.pdu.code) == ("NSI-000001", "raised", "N55BAC")
    assert seen.nsi.spoc
    assert seen.nsi.spoc.email == "n55bac@spoc.invalid"
    assert not seen.nsi.open
    assert (await board.see(done.id, LEEDS)).nsi.open  # type: ignore[union-attr]  # there is one
    assert (await board.listed(PRISON)).items[0].nsi == "NSI-000001"
    with pytest.raises(NotThere):
        await act(board.house, PRISON, read_nsi, ReadNsi(id=seen.nsi.id))
    looked = "select subject, persons from audit where action = 'release.read' and actor = $1"
    rows = await board.pool.fetch(looked, PRISON.id)
    assert [(row["subject"], row["persons"]) for row in rows] == [(f"release:{done.id}", [seen.person.id])]


async def test_the_command_line_shows_the_board_and_one_release(board: Board) -> None:
    done = await board.bedded("AP2")
    page = await board.listed()
    assert "LEI to N55LEE" in _row(page.items[0])
    shown = "\n".join(_whole(await board.see(done.id)))
    for part in ("Tuesday 5 January 2027", "Must exist before", "Example House AP2, LS1 4AP", "NSI raised", "by 17:00"):
        assert part in shown
    msgspec.json.encode(page)


@pytest.mark.parametrize("role", ["auditor", "connection_officer"])
async def test_who_has_no_business_with_releases_sees_none(board: Board, role: str) -> None:
    with pytest.raises(Exception, match=r"may not do this \(release.list\)"):
        await board.listed(demo_actor(role))


async def test_the_board_page_by_page_shows_first_what_lacks_and_then_the_soonest_and_each_once(board: Board) -> None:
    days = [date(2026, 12, n) for n in (24, 8, 1)] + [date(2026, 11, 25), date(2026, 11, 24)]
    for n, on in enumerate(days):
        person = msgspec.structs.replace(somebody(n + 1), gender="male")
        await board.notice(person, release_on=on, rosh=None)
    seen, cursor = [], None
    while True:
        page = await board.listed(lacking_first=True, limit=2, cursor=cursor)
        seen += page.items
        cursor = page.next
        if cursor is None:
            break
    lack = [row.release_on for row in seen if row.lacks]
    rest = [row.release_on for row in seen if not row.lacks]
    assert [row.release_on for row in seen] == [*sorted(lack), *sorted(rest)]
    assert (len(seen), len({row.id for row in seen})) == (5, 5)
    assert lack[:2] == days[:2:-1]
    assert rest
    assert all(len(row.lacks) == row.lacking and len(row.asks) == row.questions for row in seen)
    plain = (await board.listed(limit=5)).items
    assert [row.release_on for row in plain] == sorted(days)
