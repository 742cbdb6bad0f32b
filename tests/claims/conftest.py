"""Claims over a database that has the lists of reasons."""

import pytest

from gateway.access.actors import Actor

STAFF = Actor(id="staff-1", name="Jo Invented", role="premises_staff", premises=("AP1",))


@pytest.fixture(scope="session")
def template(organised: str) -> str:
    return organised
