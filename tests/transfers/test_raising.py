"""A person raises an NSI directly."""

from datetime import date
from typing import Any

import msgspec
import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.intake.settle import Settler
from gateway.people.keep import limit_access
from gateway.store.database import Pool
from gateway.transfers.prepare import AlreadyThere
from gateway.transfers.raising import Raiser
from gateway.transfers.read import read_nsi
from schemas.errors import Ambiguous, Invalid, NotAllowed
from schemas.nsis import NewPerson, Nsi, RaiseNsi, ReadNsi
from schemas.people import LimitAccess
from tests.messages import HULL, LEEDS, YORK, prepared

WHO: dict[str, Any] = {"name": "Robin Invented", "crn": "x 123456", "birth_date": date(1990, 2, 3), "gender": "male"}
WHERE: dict[str, Any] = {
    "type": "case_transfer",
    "move_on": date(2026, 12, 18),
    "destination": "LS1 4AP",
    "rosh": "high",
}


OTHER: dict[str, Any] = {"name": "Ash Invented", "birth_date": date(1980, 1, 1)}


def new(person: dict[str, Any] | None = None, **more: Any) -> RaiseNsi:
    facts: dict[str, Any] = {
        "type": "case_transfer",
        "move_on": date(2026, 12, 18),
        "destination": "LS1 4AP",
        "rosh": "high",
    } | more
    return RaiseNsi(person=NewPerson(**(WHO | (person or {}))), **facts)


async def raise_(house: House, actor: Actor, raiser: Raiser, command: RaiseNsi) -> Nsi:
    state = await act(house, actor, raiser.raise_nsi, command)
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=state.id))


@pytest.fixture
def raiser(postcodes: Postcodes) -> Raiser:
    return Raiser(postcodes)


async def test_an_nsi_raised_by_a_person_needs_no_confirming(house: House, pool: Pool, raiser: Raiser) -> None:
    nsi = await raise_(house, YORK, raiser, new(address="1 Invented Street"))
    assert (nsi.status, nsi.person.crn, nsi.receiving.pdu.code) == ("raised", "X123456", "N55LEE")
    assert nsi.sending.pdu is not None
    assert nsi.sending.pdu.code == "N55YRK"
    assert nsi.missing == ["mappa", "reason"]
    assert next(clock for clock in nsi.clocks if clock.rule == "T-02").state == "met"
    assert await pool.fetchval("select purpose from outbox") == "nsi_to_spoc"


async def test_someone_on_record_out_of_ones_sight_is_not_kept_twice(
    house: House, settler: Settler, raiser: Raiser
) -> None:
    first = await prepared(house, settler)
    await act(house, OPERATOR, limit_access, LimitAccess(id=first.person.id))
    again = await raise_(house, HULL, raiser, new(destination="YO1 7HH"))
    assert again.person.id == first.person.id


async def test_someone_on_record_with_another_birth_date_is_asked_about(
    house: House, settler: Settler, raiser: Raiser
) -> None:
    await prepared(house, settler)
    with pytest.raises(Ambiguous, match="another birth date"):
        await act(house, YORK, raiser.raise_nsi, new({"birth_date": date(1971, 1, 1)}))


async def test_the_same_nsi_is_not_raised_twice(house: House, raiser: Raiser) -> None:
    await act(house, YORK, raiser.raise_nsi, new())
    with pytest.raises(AlreadyThere, match="is open already"):
        await act(house, YORK, raiser.raise_nsi, new())


async def test_an_nsi_between_two_other_pdus_is_not_ones_own_to_raise(house: House, pool: Pool, raiser: Raiser) -> None:
    with pytest.raises(NotAllowed, match="a PDU that you work for"):
        await act(house, HULL, raiser.raise_nsi, new(sending_pdu="N55YRK"))
    assert await pool.fetchval("select count(*) from event") == 0


async def test_a_destination_in_two_pdus_names_both(house: House, raiser: Raiser) -> None:
    with pytest.raises(Ambiguous, match=r"N52BIRM.*N52BNES"):
        await act(house, LEEDS, raiser.raise_nsi, new(destination="Birmingham"))


async def test_sys_20_a_request_for_temporary_supervision_is_one_form_that_is_both_the_record_and_the_checklist(
    house: House, raiser: Raiser
) -> None:
    asked: dict[str, Any] = {"type": "temporary_move", "until": date(2027, 1, 29), "destination": "Hull"}
    bare = await raise_(house, YORK, raiser, new(rosh=None, **asked))
    assert bare.missing == ["address", "rosh", "mappa", "reason"], "what the form asks for and does not have"
    assert next(one for one in bare.actions if one.kind == "complete_nsi").done_at is None
    answers = {"address": "2 Invented Street, Hull", "mappa": "none", "reason": "Work on the docks."}
    whole = await raise_(house, YORK, raiser, new({"crn": "X777777"} | OTHER, **asked, **answers))
    assert whole.missing == []
    assert {"conversation", "transfer_form", "address_check", "police_check", "first_appointment"} <= {
        one.kind for one in whole.actions
    }
    assert "court_application" not in {one.kind for one in whole.actions}, "a visit has no court"


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (new({"crn": "nonsense"}), "person.crn"),
        (new({"pnc": "2003/0011985Y"}), "person.pnc"),
        (new({"name": "  "}), "person.name"),
        (new({"crn": None, "birth_date": None}), "person"),
        (new(type="temporary_move", until=date(2026, 12, 18)), "until"),
        (new(type="temporary_move", until=date(2026, 12, 1)), "until"),
        (new(sending_pdu="N99"), "sending_pdu"),
        (new(destination="ZZ99 9ZZ"), "near"),
    ],
)
async def test_what_does_not_fit_is_named_and_nothing_is_kept(
    house: House, pool: Pool, raiser: Raiser, command: RaiseNsi, field: str
) -> None:
    """A wrong check letter, an end before the start, …"""
    with pytest.raises(Invalid) as caught:
        await act(house, YORK, raiser.raise_nsi, command)
    assert [fault.field for fault in caught.value.faults] == [field]
    kept = "select (select count(*) from event) + (select count(*) from nsi) + (select count(*) from person)"
    assert await pool.fetchval(kept) == 0


def test_a_field_nobody_knows_is_refused() -> None:
    sent = msgspec.to_builtins(new()) | {"surname": "Invented"}
    with pytest.raises(msgspec.ValidationError, match="surname"):
        msgspec.convert(sent, RaiseNsi)
