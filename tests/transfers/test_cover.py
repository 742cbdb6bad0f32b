"""An NSI for a PDU whose SPOC is away."""

from datetime import date

import pytest

from bedspace.geography.postcodes import Postcodes
from bedspace.locator.absences import end_absence, keep_absence
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.delivery.compose import WriteLetter, Writer
from gateway.intake.settle import Settler
from schemas.locator import CoverBy, EndAbsence, KeepAbsence
from schemas.nsis import Nsi
from tests.locator.conftest import TODAY
from tests.messages import prepared

DEPUTY = CoverBy(
    kind="deputy", name="Dep Invented", email="deputy@pdu.invalid", phone="01632 960111", hours="9 to 5", team="Leeds"
)
BACK = date(2026, 12, 15)


async def absent(house: House, cover: CoverBy | None) -> int:
    spoc = await house.pool.fetchval("select id from spoc where pdu_code = 'N55LEE' and kind = 'spoc'")
    kept = await act(house, OPERATOR, keep_absence, KeepAbsence(spoc=spoc, from_=TODAY, until=BACK, cover=cover))
    (one,) = kept.absences
    return one


async def letter_to(house: House, nsi: Nsi) -> str:
    writer = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)
    return (await act(house, GATEWAY, writer.write, WriteLetter(purpose="nsi_to_spoc", subject=f"nsi:{nsi.id}"))).to


async def test_it_is_routed_to_who_covers_and_the_history_says_why(house: House, postcodes: Postcodes) -> None:
    await absent(house, DEPUTY)
    nsi = await prepared(house, Settler(postcodes))
    assert nsi.receiving.spoc is not None
    assert nsi.receiving.spoc.email == await letter_to(house, nsi) == "deputy@pdu.invalid"
    assert any("is absent until 15 December 2026. The deputy answers." in line.what for line in nsi.history)


@pytest.mark.parametrize(("cover", "to"), [(DEPUTY, "deputy@pdu.invalid"), (None, "n55lee@spoc.invalid")])
async def test_a_letter_to_a_spoc_who_has_left_since_goes_to_the_cover_where_there_is_one(
    house: House, postcodes: Postcodes, cover: CoverBy | None, to: str
) -> None:
    nsi = await prepared(house, Settler(postcodes))
    absence = await absent(house, cover)
    assert await letter_to(house, nsi) == to
    await act(house, OPERATOR, end_absence, EndAbsence(absence=absence, on=TODAY))
    assert await letter_to(house, nsi) == "n55lee@spoc.invalid"
