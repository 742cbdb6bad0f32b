"""Generated requests, right ones and wrong ones: never a server error, and every error is a problem."""

import asyncio
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation.modes import GenerationMode

from tests.api.problem import problem
from tests.api.serving import Served, serving, until_open

BODIES = ("json", "data", "content", "files")


def closed(document: dict[str, Any]) -> dict[str, Any]:
    """Objects take what is named and nothing else, so that what is generated is worth sending."""
    for schema in document["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return document


def as_sent(case: Any) -> dict[str, Any]:
    """What httpx sends for a generated case."""
    sent = case.as_transport_kwargs(base_url="http://127.0.0.1:8000")
    body = sent.get("data")
    if isinstance(body, bytes | str):
        sent["content"] = sent.pop("data")
    headers = {name: value for name, value in sent["headers"].items() if name.lower() != "authorization"}
    return {name: value for name, value in sent.items() if name in {"method", "url", "params", *BODIES}} | {
        "headers": headers
    }


async def opened(stack: AsyncExitStack, database: str, now: datetime) -> Served:
    served = await stack.enter_async_context(serving(database, now))
    await until_open(served)
    return served


def judge(answer: httpx.Response) -> None:
    assert answer.status_code < 500, (answer.request.method, answer.request.url, answer.request.content, answer.text)
    if answer.status_code >= 400:
        problem(answer, answer.status_code)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("examples", [6, pytest.param(400, marks=(pytest.mark.soak, pytest.mark.timeout(7200)))])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_sent_is_answered(database: str, now: datetime, mode: GenerationMode, examples: int) -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        served = runner.run(opened(stack, database, now))
        caller = served.caller("practitioner")
        document = closed(served.app.openapi_schema.to_schema())
        schema = schemathesis.openapi.from_dict(document)
        for operation in schema.get_all_operations():
            try_out(runner, caller, operation.ok(), mode, examples)  # type: ignore[union-attr]  # it raises where it is not
        runner.run(caller.aclose())
        runner.run(stack.aclose())


def try_out(
    runner: asyncio.Runner, caller: httpx.AsyncClient, operation: Any, mode: GenerationMode, examples: int
) -> None:
    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        judge(runner.run(caller.request(**as_sent(case))))

    with suppress(Unsatisfiable):  # nothing wrong can be sent where nothing is taken
        send()
