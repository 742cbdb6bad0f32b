"""“This is not for us.”"""

import asyncio
from typing import Any

import pytest

from bedspace.geography.postcodes import Postcodes
from bedspace.locator.coverage import coverage
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.delivery.compose import WriteLetter, Writer
from gateway.intake.settle import Settler
from gateway.store.database import Pool
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.read import read_nsi
from gateway.transfers.reroute import Rerouter
from gateway.transfers.status import record_status
from schemas.errors import Ambiguous, Conflict, Invalid, NotAllowed, NotThere, Refused
from schemas.locate import Named
from schemas.nsis import ConfirmNsi, Nsi, NsiRerouted, ReadNsi, RecordStatus, RerouteNsi
from tests.locator.conftest import TODAY
from tests.messages import prepared

LEEDS = demo_actor("spoc")
YORK = Actor(id="york-spoc", name="York Invented", role="spoc", pdus=("N55YRK",))


@pytest.fixture
async def nsi(house: House, postcodes: Postcodes) -> Nsi:
    """Raised, and received by Leeds."""
    made = await prepared(house, Settler(postcodes))
    await act(house, OPERATOR, confirm_nsi, ConfirmNsi(id=made.id))
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=made.id))


@pytest.fixture
def send_on(house: House, postcodes: Postcodes) -> Any:
    async def sent(nsi: Nsi, to: str = "York", actor: Actor = LEEDS, **more: str) -> NsiRerouted:
        command = RerouteNsi(id=nsi.id, to=to, **({"reason": "other_area"} | more))
        return await act(house, actor, Rerouter(postcodes).reroute_nsi, command)

    return sent


async def test_it_goes_to_the_new_pdu_whose_spoc_gets_a_letter_and_its_clocks_run_on(
    house: House, pool: Pool, nsi: Nsi, send_on: Any
) -> None:
    answer = await send_on(nsi)
    assert (answer.pdu.code, answer.times, answer.status) == ("N55YRK", 1, "raised")
    assert "no longer sees it" in answer.said
    now_there = await act(house, YORK, read_nsi, ReadNsi(id=nsi.id))
    assert now_there.receiving.pdu.code == "N55YRK"
    assert now_there.receiving.spoc is not None
    assert now_there.receiving.spoc.email == "n55yrk@spoc.invalid"
    assert now_there.clocks == nsi.clocks
    assert any("Not for this PDU, and sent on: From Leeds" in line.what for line in now_there.history)
    letters = await pool.fetch("select purpose from outbox where subject = $1", f"nsi:{nsi.id}")
    assert [row["purpose"] for row in letters].count("nsi_to_spoc") == 2


async def test_the_old_pdu_sees_it_no_longer_and_the_sender_still_does(house: House, nsi: Nsi, send_on: Any) -> None:
    await send_on(nsi)
    with pytest.raises(NotThere):
        await act(house, LEEDS, read_nsi, ReadNsi(id=nsi.id))
    with pytest.raises(NotThere):
        await send_on(nsi, to="Wakefield")


async def test_only_the_receiving_side_sends_on(nsi: Nsi, house: House, send_on: Any) -> None:
    assert nsi.sending.pdu is not None
    sender = Actor(id="sender", name="Sender Invented", role="spoc", pdus=(nsi.sending.pdu.code,))
    with pytest.raises(NotAllowed, match="by the PDU that receives it"):
        await send_on(nsi, actor=sender)
    with pytest.raises(NotAllowed):
        await send_on(nsi, actor=demo_actor("auditor"))


@pytest.mark.parametrize(
    ("to", "reason", "error", "said"),
    [
        ("Leeds", "other_area", Invalid, "That is where it is"),
        ("Birmingham", "other_area", Ambiguous, "more than one PDU"),
        ("Xyzzyzzy", "other_area", NotThere, "Nothing is known"),
        ("York", "because", Invalid, "other_area"),
        ("York", "other", Invalid, "wants a note"),
    ],
)
async def test_where_to_must_be_one_pdu_and_why_must_be_said(
    nsi: Nsi, send_on: Any, to: str, reason: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await send_on(nsi, to=to, reason=reason)


async def test_one_that_is_over_is_not_sent_on(house: House, nsi: Nsi, send_on: Any) -> None:
    await act(house, OPERATOR, record_status, RecordStatus(id=nsi.id, status="withdrawn"))
    with pytest.raises(Conflict, match="Only an open NSI"):
        await send_on(nsi)


async def test_a_second_time_is_marked_and_the_region_is_written_to(
    house: House, pool: Pool, nsi: Nsi, send_on: Any
) -> None:
    await send_on(nsi)
    again = await send_on(nsi, to="Leeds", actor=YORK)
    assert again.times == 2
    seen = await act(house, LEEDS, read_nsi, ReadNsi(id=nsi.id))
    assert any("more than one wrong PDU" in line.what for line in seen.history)
    writer = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)
    letter = WriteLetter(purpose="nsi_to_region", subject=f"nsi:{nsi.id}")
    assert await pool.fetchval("select count(*) from outbox where purpose = 'nsi_to_region'") == 1
    with pytest.raises(Refused, match="Its region names no contact"):
        await act(house, GATEWAY, writer.write, letter)
    async with pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        await tx.execute(
            "insert into spoc (region_code, kind, purpose, name, email, phone, hours, team) values "
            "('N55', 'region_spo', 'transfer', 'R', 'region@region.invalid', '01632 960000', '9 to 5', 'R')"
        )
    written = await act(house, GATEWAY, writer.write, letter)
    assert written.to == "region@region.invalid"
    assert "Leeds, York" in written.text
    assert "Invented" not in written.text


async def test_wrong_routes_are_counted_by_pdu_authority_and_sector(pool: Pool, nsi: Nsi, send_on: Any) -> None:
    await send_on(nsi)
    async with pool.acquire() as tx, tx.transaction():
        (route,) = (await coverage(tx, TODAY)).wrong_routes
    assert (route.from_pdu.code, route.to_pdu.code, route.times) == ("N55LEE", "N55YRK", 1)
    assert (route.authority, route.sector) == (Named("E08000035", "Leeds"), "LS1 4")


async def test_what_was_sent_on_for_another_reason_than_its_address_is_no_wrong_route(
    pool: Pool, nsi: Nsi, send_on: Any
) -> None:
    await send_on(nsi, reason="held_elsewhere")
    async with pool.acquire() as tx, tx.transaction():
        assert (await coverage(tx, TODAY)).wrong_routes == []


async def test_of_two_who_send_it_on_at_once_one_wins_and_the_other_is_told(nsi: Nsi, send_on: Any) -> None:
    answers = await asyncio.gather(*(send_on(nsi, to=to) for to in ("York", "Wakefield")), return_exceptions=True)
    assert sorted(type(one).__name__ for one in answers) == ["NotThere", "NsiRerouted"]


async def test_coverage_counts_open_nsis_sent_on_twice_for_the_whole_nation_whoever_asks(
    pool: Pool, nsi: Nsi, send_on: Any
) -> None:
    await send_on(nsi)
    await send_on(nsi, to="Leeds", actor=YORK)
    async with pool.acquire() as tx, tx.transaction():
        assert (await coverage(tx, TODAY)).sent_on_twice == 1
        assert await tx.fetchval("select count(*) from nsi") == 0
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        await tx.execute("update nsi set status = 'withdrawn', ended_on = current_date where id = $1", nsi.id)
        assert (await coverage(tx, TODAY)).sent_on_twice == 0


async def test_a_received_nsi_is_received_anew_where_it_is_sent_on_to(house: House, nsi: Nsi, send_on: Any) -> None:
    await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="received"))
    assert (await send_on(nsi)).status == "raised"
    seen = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    assert "It was received there, and is to be received anew." in str(seen.history)
