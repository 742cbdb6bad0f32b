"""Premises AP1 and AP2 with their own staff, AP3 that the central referral unit decides for; lists are loaded."""

from collections.abc import Iterator
from typing import get_args

import pytest

from bedspace.premises.around import keep_contact
from bedspace.premises.change import change_details
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import open_pool
from schemas.keeping import ChangeDetails, ContactChange, DetailsChange, KeepContact
from schemas.premises import ContactPurpose
from tests.conftest import NOW
from tests.organisation import with_more
from tests.placements.placing import Clock
from tests.premises.making import keep, premises


@pytest.fixture(scope="session")
def template(server: str, organised: str) -> Iterator[str]:
    yield from with_more(server, organised, furnish)


async def furnish(database: str) -> None:
    """Through the verbs, so that the history of the premises knows of it."""
    pool = await open_pool(database, size=1)
    house = House(pool=pool, now=lambda: NOW)
    for code in ("AP1", "AP2", "AP3"):
        await keep(house, premises(code, [["step_free", "en_suite"], ["single_room"], []]))
        for purpose in get_args(ContactPurpose):
            email = f"{code.lower()}.{purpose}@premises.invalid"
            contact = ContactChange(name="Example desk", phone="01632 960000", email=email, hours="always")
            await act(house, OPERATOR, keep_contact, KeepContact(code=code, purpose=purpose, contact=contact))
    decides = DetailsChange(decides="central_referral_unit")
    await act(house, OPERATOR, change_details, ChangeDetails(code="AP3", change=decides))
    await pool.close()


@pytest.fixture
def clock(house: House) -> Clock:
    return Clock(house.pool)
