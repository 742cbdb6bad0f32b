"""Premises AP1 and AP2 with their own staff, AP3 that the central referral unit decides for; lists are loaded."""

from collections.abc import Iterator

import asyncpg
import pytest

from gateway.access.act import House
from tests.organisation import organised
from tests.placements.placing import Clock
from tests.premises.making import keep, premises


@pytest.fixture(scope="session")
def template(server: str, template: str) -> Iterator[str]:
    yield from organised(server, template)


@pytest.fixture
async def clock(house: House, database: str) -> Clock:
    for code in ("AP1", "AP2", "AP3"):
        await keep(house, premises(code, [["step_free", "en_suite"], ["single_room"], []]))
    owner = await asyncpg.connect(database)
    await owner.execute("update premises set decides = 'central_referral_unit' where code = 'AP3'")
    await owner.execute(
        "insert into premises_contact (premises_id, purpose, name, phone, email, hours) "
        "select p.id, purpose, 'Example desk', '01632 960000', lower(p.code) || '.' || purpose || '@premises.invalid', "
        "'always' from premises p, unnest(array['general', 'referral', 'out_of_hours']) purpose"
    )
    await owner.close()
    return Clock(house.pool)
