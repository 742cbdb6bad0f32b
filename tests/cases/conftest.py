"""Cases, with the organisation loaded and one NSI from York to Leeds."""

import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.access.act import House, act
from gateway.intake.settle import Settler
from gateway.transfers.confirm import confirm_nsi
from schemas.nsis import ConfirmNsi, Nsi
from tests.messages import YORK, prepared


@pytest.fixture(scope="session")
def template(organised: str) -> str:
    return organised


@pytest.fixture
def settler(postcodes: Postcodes) -> Settler:
    return Settler(postcodes)


@pytest.fixture
async def nsi(house: House, settler: Settler) -> Nsi:
    """Raised by York for Leeds, for 18 December."""
    made = await prepared(house, settler, rosh="medium")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    return made
