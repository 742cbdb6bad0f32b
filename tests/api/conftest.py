"""The API over a database with the organisation and a few premises in it."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from tests.api.serving import Served, serving, until_open


@pytest.fixture(scope="session")
def template(furnished: str) -> str:
    return furnished


@pytest.fixture
async def served(database: str, now: datetime) -> AsyncIterator[Served]:
    """Open, with two premises in Leeds: AP1 has one step-free room with an own bathroom, AP2 has one of each."""
    async with serving(database, now) as one:
        await until_open(one)
        yield one
