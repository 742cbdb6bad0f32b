"""Searching by API."""

from typing import Any

import pytest

from tests.api.problem import faults, problem
from tests.api.serving import Served

NEED: dict[str, Any] = {
    "near": "LS1 4AP",
    "from": "2027-01-11",
    "nights": 84,
    "gender": "male",
    "needs": ["step_free", "en_suite"],
}
PATH = "/api/v1/bedspaces/search"


async def test_a_hit_is_one_bed_that_has_everything_and_a_near_miss_says_why(served: Served) -> None:
    async with served.caller("prison_staff") as caller:
        answer = await caller.post(PATH, json=NEED)
    assert answer.status_code == 200
    found = answer.json()
    assert [hit["bed"] for hit in found["hits"]] == ["AP1-1"]
    assert [miss["premises"]["code"] for miss in found["near_misses"]] == ["AP2"]
    assert found["near_misses"][0]["why"]
    assert set(found) >= {"as_of", "hits", "near_misses"}
    assert set(found["hits"][0]) >= {"premises", "bed", "miles", "reasons"}


async def test_a_search_sees_a_hold_that_was_answered_before_it(served: Served) -> None:
    hold = {"bed": "AP1-1", "from": "2027-02-01", "nights": 3, "reason": "Referral"}
    async with served.caller() as caller:
        assert (await caller.post("/api/v1/holds", json=hold)).status_code == 201
        assert (await caller.post(PATH, json=NEED)).json()["hits"] == []


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"nights": 0}, "nights", "must be 1 or more."),
        ({"nights": 100_000}, "nights", "must be 730 or less."),
        ({"nights": "many"}, "nights", "must be a whole number."),
        ({"gender": "any"}, "gender", "must be one of: male, female."),
        ({"from": "tomorrow"}, "from", "must be a date such as 2027-01-11."),
        ({"needs": "step_free"}, "needs", "must be a list."),
        ({"avoid": [{"postcode": "BD1 1HX", "miles": 0}]}, "avoid[0].miles", "must be more than 0."),
        ({"avoid": [{"postcode": "BD1 1HX"}]}, "avoid[0].miles", "is missing."),
        ({"limit": 0}, "limit", "must be 1 or more."),
    ],
)
async def test_a_field_that_does_not_fit_is_named_with_what_it_must_be(
    served: Served, change: dict[str, Any], field: str, why: str
) -> None:
    async with served.caller() as caller:
        assert faults(await caller.post(PATH, json=NEED | change)) == {field: why}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"near": "LS99 9ZZ"}, "near"),
        ({"near": ""}, "near"),
        ({"needs": ["helipad"]}, "needs"),
        ({"avoid": [{"postcode": "LS99 9ZZ", "miles": 2}]}, "avoid"),
        ({"from": "2020-01-01"}, "from"),
        ({"from": "9999-12-31"}, "from"),
    ],
)
async def test_what_cannot_be_searched_for_is_refused_with_the_field_it_stands_in(
    served: Served, change: dict[str, Any], field: str
) -> None:
    async with served.caller() as caller:
        said = faults(await caller.post(PATH, json=NEED | change))
    assert any(name.startswith(field) for name in said), said


async def test_a_field_that_is_not_taken_is_not_repeated_but_those_taken_are_listed(served: Served) -> None:
    async with served.caller() as caller:
        answer = await caller.post(PATH, json=NEED | {"canary_surname": 1})
    assert "canary" not in answer.text
    assert "near, from, nights" in faults(answer)["body"]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"near": "LS1', b"nul", b"{'near': 1}"])
async def test_malformed_json_is_400(served: Served, body: bytes) -> None:
    async with served.caller() as caller:
        problem(await caller.post(PATH, content=body, headers={"Content-Type": "application/json"}), 400)


async def test_an_empty_body_is_refused(served: Served) -> None:
    async with served.caller() as caller:
        assert faults(await caller.post(PATH)) == {"body": "is empty. Send JSON."}


async def test_a_body_over_a_megabyte_is_413(served: Served) -> None:
    async with served.caller() as caller:
        problem(await caller.post(PATH, json=NEED | {"near": "x" * 1_000_001}), 413)
