"""Premises AP1 and AP2 in Leeds, two invented people on record, and the lists."""

from uuid import UUID, uuid4

import pytest

from gateway.access.act import House
from gateway.store.database import Pool
from tests.premises.making import keep, premises

CRNS = ("Z990001", "Z990002", "Z990003")


@pytest.fixture(scope="session")
def template(organised: str) -> str:
    return organised


@pytest.fixture
async def people(house: House, pool: Pool) -> list[UUID]:
    """Ids of people on record, in the order of `CRNS`."""
    await keep(house, premises("AP1", [[], []]))
    await keep(house, premises("AP2", [[], []], at=(53.4781, -2.2250)))
    ids = [uuid4() for _ in CRNS]
    for one, crn in zip(ids, CRNS, strict=True):
        await add_person(pool, one, crn)
    return ids


async def add_person(pool: Pool, one: UUID, crn: str) -> None:
    await pool.execute(
        "insert into person (id, crn, name, created_at) values ($1, $2, 'Robin Invented', now())", one, crn
    )
