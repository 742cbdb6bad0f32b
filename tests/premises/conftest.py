"""The register over a database with the organisation and the lists in it."""

from collections.abc import Iterator

import pytest

from tests.organisation import organised


@pytest.fixture(scope="session")
def template(server: str, template: str) -> Iterator[str]:
    yield from organised(server, template)
