"""One whole Bedspace for the journeys of this test process; a furnished database for those through the verbs."""

from collections.abc import Iterator

import pytest

from gateway.store.database import Pool
from tests.journeys.running import Running, free_port, start, stop
from tests.journeys.story import Story
from tests.organisation import with_more
from tests.releases.conftest import furnish


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    up = start(tmp_path_factory.mktemp("journeys") / "data", free_port(), "--demo")
    yield up
    stop(up)


@pytest.fixture(scope="session")
def template(server: str, organised: str) -> Iterator[str]:
    yield from with_more(server, organised, furnish)


@pytest.fixture
def board(pool: Pool) -> Story:
    return Story(pool)


@pytest.fixture
def story(board: Story) -> Story:
    return board
