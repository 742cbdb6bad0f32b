"""What a person sees while the database is away, and when we have made a mistake."""

from datetime import datetime

import pytest

from gateway.api.problems import RETRY_AFTER
from gateway.pages import home
from tests.api.serving import Served, serving, until_closed_because
from tests.pages.visitor import heading, text_of, visiting


async def test_without_a_database_a_page_says_so_and_when_to_try_again(now: datetime) -> None:
    async with serving("postgresql://nobody@127.0.0.1:9/none", now) as served:
        await until_closed_because(served, "database")
        async with visiting(served) as visitor:
            answer = await visitor.get("/find-a-bed")
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == RETRY_AFTER
            assert heading(answer) == "The service is not available just now"


async def test_our_own_mistake_is_a_plain_page_without_a_word_of_what_went_wrong(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("Robin Invented at 1 Invented Street")

    monkeypatch.setattr(home, "_first", fail)
    async with visiting(served, "spoc") as visitor:
        answer = await visitor.get("/")
        assert answer.status_code == 500
        assert heading(answer) == "Sorry, there is a problem with the service"
        assert "Invented Street" not in text_of(answer)
