"""The organisation, and NSIs made through the verbs."""

import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.intake.settle import Settler


@pytest.fixture(scope="session")
def template(furnished: str) -> str:
    return furnished


@pytest.fixture
def settler(postcodes: Postcodes) -> Settler:
    return Settler(postcodes)
