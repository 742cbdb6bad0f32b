"""Claims over a database that has the lists of reasons."""

from collections.abc import Iterator

import pytest

from gateway.access.actors import Actor
from tests.organisation import organised

STAFF = Actor(id="staff-1", name="Jo Invented", role="premises_staff", premises=("AP1",))


@pytest.fixture(scope="session")
def template(server: str, template: str) -> Iterator[str]:
    yield from organised(server, template)
