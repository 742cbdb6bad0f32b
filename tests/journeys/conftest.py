"""One whole Bedspace for the journeys of this test process."""

from collections.abc import Iterator

import pytest

from tests.journeys.running import Running, free_port, start, stop


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    up = start(tmp_path_factory.mktemp("journeys") / "data", free_port(), "--demo")
    yield up
    stop(up)
