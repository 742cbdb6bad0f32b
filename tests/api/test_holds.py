"""Holding beds by API."""

import asyncio
from typing import Any

import pytest

from gateway.store.database import Pool
from tests.api.problem import faults, problem
from tests.api.serving import Served

HOLD: dict[str, Any] = {"bed": "AP1-1", "from": "2027-01-11", "nights": 7, "reason": "Referral"}
PATH = "/api/v1/holds"


async def test_a_hold_is_201_and_says_when_it_lapses(served: Served) -> None:
    async with served.caller() as caller:
        answer = await caller.post(PATH, json=HOLD)
    assert answer.status_code == 201
    hold = answer.json()
    assert {name: hold[name] for name in HOLD} == HOLD
    assert hold["expires_at"] == "2026-11-22T14:00:00Z"


async def test_overlapping_nights_are_409_and_named(served: Served) -> None:
    async with served.caller() as caller:
        await caller.post(PATH, json=HOLD)
        said = problem(await caller.post(PATH, json=HOLD | {"from": "2027-01-16", "nights": 5}), 409)
    assert said["nights"] == ["2027-01-16", "2027-01-17"]
    assert said["type"] == "urn:bedspace:problem:nights-claimed"


async def test_of_ten_at_once_one_wins_and_the_others_are_409(served: Served) -> None:
    async with served.caller() as caller:
        answers = await asyncio.gather(*(caller.post(PATH, json=HOLD) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


async def test_a_hold_is_ended_once_and_ending_it_again_is_harmless(served: Served) -> None:
    async with served.caller() as caller:
        hold = (await caller.post(PATH, json=HOLD)).json()["id"]
        first, second = [await caller.delete(f"{PATH}/{hold}") for _ in range(2)]
        assert first.json() == second.json() == {"id": hold, "bed": "AP1-1"}
        assert (await caller.post(PATH, json=HOLD)).status_code == 201


@pytest.mark.parametrize("hold", ["999", str(2**63 - 1)])
async def test_a_hold_that_is_not_there_is_404(served: Served, hold: str) -> None:
    async with served.caller() as caller:
        problem(await caller.delete(f"{PATH}/{hold}"), 404)


@pytest.mark.parametrize("hold", ["0", "-1", str(2**63)])
async def test_a_number_that_no_hold_can_have_is_refused(served: Served, hold: str) -> None:
    async with served.caller() as caller:
        assert "hold_id" in faults(await caller.delete(f"{PATH}/{hold}"))


@pytest.mark.parametrize("hold", ["x", "1.5", "9" * 5000])
async def test_what_is_no_number_is_404(served: Served, hold: str) -> None:
    async with served.caller() as caller:
        problem(await caller.delete(f"{PATH}/{hold}"), 404)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"bed": "NOWHERE-1"}, 404),
        ({"bed": "AP1\0-1"}, 422),
        ({"from": "2020-01-01"}, 422),
        ({"from": "9999-12-31"}, 422),
        ({"nights": 0}, 422),
        ({"nights": 100_000}, 422),
        ({"reason": ""}, 422),
        ({"hours": 1000}, 422),
        ({"reason": "x\0y"}, 422),
    ],
)
async def test_a_hold_that_cannot_be_is_refused_and_nothing_is_kept(
    served: Served, pool: Pool, change: dict[str, Any], status: int
) -> None:
    async with served.caller() as caller:
        problem(await caller.post(PATH, json=HOLD | change), status)
    assert await pool.fetchval("select count(*) from bed_claim") == 0


async def test_the_same_idempotency_key_has_the_same_answer_and_holds_once(served: Served, pool: Pool) -> None:
    async with served.caller() as caller:
        caller.headers["Idempotency-Key"] = "one"
        first, second = [await caller.post(PATH, json=HOLD) for _ in range(2)]
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert await pool.fetchval("select count(*) from bed_claim") == 1


async def test_the_same_idempotency_key_with_another_body_is_422(served: Served) -> None:
    async with served.caller() as caller:
        caller.headers["Idempotency-Key"] = "one"
        await caller.post(PATH, json=HOLD)
        said = problem(await caller.post(PATH, json=HOLD | {"nights": 2}), 422)
    assert said["type"] == "urn:bedspace:problem:key-reused"


@pytest.mark.parametrize("key", ["", "k" * 201])
async def test_an_idempotency_key_of_the_wrong_length_is_named_as_the_header_is(served: Served, key: str) -> None:
    async with served.caller() as caller:
        caller.headers["Idempotency-Key"] = key
        assert "Idempotency-Key" in faults(await caller.post(PATH, json=HOLD))
