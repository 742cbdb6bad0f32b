"""Premises AP1 in Leeds, where people come home to, and AP2 in Bradford; lists and the organisation are loaded."""

from collections.abc import Iterator
from typing import get_args

import asyncpg
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
from tests.premises.making import keep, premises
from tests.releases.making import Board

SPOCS = """
insert into spoc (pdu_code, purpose, name, email, phone, hours, team)
select code, purpose, 'Pat Example-' || name, purpose || '.' || lower(code) || '@spoc.invalid', '01632 960001',
       '9 to 5', 'Releases'
from pdu, unnest(array['release', 'ap_referral']) purpose
"""


@pytest.fixture(scope="session")
def template(server: str, organised: str) -> Iterator[str]:
    yield from with_more(server, organised, furnish)


async def furnish(database: str) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute(SPOCS)
    await owner.close()
    pool = await open_pool(database, size=1)
    house = House(pool=pool, now=lambda: NOW)
    for code, pdu in (("AP1", "N55LEE"), ("AP2", "N55BAC")):
        await keep(house, premises(code, [["step_free", "en_suite"], ["single_room"], []]))
        await act(house, OPERATOR, change_details, ChangeDetails(code=code, change=DetailsChange(pdu=pdu)))
        for purpose in get_args(ContactPurpose):
            email = f"{code.lower()}.{purpose}@premises.invalid"
            contact = ContactChange(name="Example desk", phone="01632 960000", email=email, hours="always")
            await act(house, OPERATOR, keep_contact, KeepContact(code=code, purpose=purpose, contact=contact))
    await pool.close()


@pytest.fixture
def board(house: House) -> Board:
    return Board(house.pool)
