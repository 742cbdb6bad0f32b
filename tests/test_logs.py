"""Logs hold ids and codes, never the words of an error that may quote a person."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from gateway.logs import configure_logs
from schemas.errors import Conflict

CANARY = "Zebedee Example-Canary"


@pytest.fixture
def _logs_put_back() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.level, root.handlers[:])
    yield
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.usefixtures("_logs_put_back")
def test_an_error_is_logged_by_its_kind_and_place_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    try:
        raise ValueError(f"Key (name)=({CANARY}) already exists")
    except ValueError as error:
        structlog.get_logger().error("it_failed", exc_info=error)
        logging.getLogger("some.library").exception("It failed")
    (ours, theirs) = lines(capsys)
    assert (ours["event"], ours["error"], theirs["error"]) == ("it_failed", "ValueError", "ValueError")
    assert ours["at"] == theirs["at"]
    assert CANARY not in json.dumps([ours, theirs])


@pytest.mark.usefixtures("_logs_put_back")
def test_an_error_of_our_own_keeps_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    structlog.get_logger().warning("it_failed", exc_info=Conflict("Start again."))
    assert lines(capsys)[0]["why"] == "Start again."


@pytest.mark.usefixtures("_logs_put_back")
def test_of_what_a_library_says_only_the_first_line_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: <Task exception=%s>", CANARY)
    (line,) = lines(capsys)
    assert line["event"] == "Task exception was never retrieved"


@pytest.mark.usefixtures("_logs_put_back")
def test_the_arguments_of_jobs_are_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    logging.getLogger("arq.worker").info("0.1s → wake(%s)", CANARY)
    assert lines(capsys) == []
