"""People, with the organisation loaded."""

from collections.abc import Iterator

import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.intake.settle import Settler
from tests.organisation import organised


@pytest.fixture(scope="session")
def template(server: str, template: str) -> Iterator[str]:
    yield from organised(server, template)


@pytest.fixture
def settler(postcodes: Postcodes) -> Settler:
    return Settler(postcodes)
