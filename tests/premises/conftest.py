"""The register over a database with the organisation and the lists in it."""

import pytest


@pytest.fixture(scope="session")
def template(organised: str) -> str:
    return organised
