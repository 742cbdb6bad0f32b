"""Connections, with the organisation loaded."""

import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.intake.settle import Settler


@pytest.fixture(scope="session")
def template(organised: str) -> str:
    return organised


@pytest.fixture
def settler(postcodes: Postcodes) -> Settler:
    return Settler(postcodes)
