"""The API over two premises in Leeds, in a database that has the organisation and the lists."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from gateway.access.act import House
from tests.api.serving import Served, serving, until_open
from tests.premises.making import keep, premises


@pytest.fixture(scope="session")
def template(organised: str) -> str:
    return organised


@pytest.fixture
async def served(database: str, house: House, now: datetime) -> AsyncIterator[Served]:
    """AP1 has one bed that is step-free and en-suite and one that is neither; AP2 has one of each."""
    await keep(house, premises("AP1", [["step_free", "en_suite"], []]))
    await keep(house, premises("AP2", [["step_free"], ["en_suite"]]))
    async with serving(database, now) as one:
        await until_open(one)
        yield one
