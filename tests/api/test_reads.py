"""Premises, characteristics and the locator by API."""

import pytest

from tests.api.problem import faults, problem
from tests.api.serving import Served


async def test_premises_are_listed_page_by_page_and_shown_whole(served: Served) -> None:
    async with served.caller("inspector") as caller:
        first = (await caller.get("/api/v1/premises", params={"limit": 1})).json()
        second = (await caller.get("/api/v1/premises", params={"limit": 1, "cursor": first["next"]})).json()
        assert [page["items"][0]["code"] for page in (first, second)] == ["AP1", "AP2"]
        assert second["next"] is None
        whole = (await caller.get("/api/v1/premises/AP1")).json()
    assert [bed["code"] for room in whole["rooms"] for bed in room["beds"]] == ["AP1-1", "AP1-2"]


async def test_the_characteristics_are_the_words_that_a_search_takes(served: Served) -> None:
    async with served.caller() as caller:
        listed = (await caller.get("/api/v1/characteristics")).json()
    assert {"step_free", "en_suite", "wheelchair", "pipe"} <= {one["code"] for one in listed}


@pytest.mark.parametrize("code", ["NOWHERE", "%00", "x" * 40])
async def test_premises_that_are_not_there_are_404_or_cannot_be(served: Served, code: str) -> None:
    async with served.caller() as caller:
        answer = await caller.get(f"/api/v1/premises/{code}")
    problem(answer, 422 if code == "%00" else 404)


async def test_a_postcode_of_leeds_is_located_in_leeds(served: Served) -> None:
    async with served.caller() as caller:
        found = (await caller.get("/api/v1/locate", params={"near": "LS1 4AP", "purpose": "transfer"})).json()
    assert found["pdu"] == {"code": "N55LEE", "name": "Leeds"}
    assert found["region"]["code"] == "N55"
    assert found["spoc"]["email"] == "n55lee@spoc.invalid"


async def test_birmingham_is_ambiguous_and_both_pdus_are_named(served: Served) -> None:
    async with served.caller() as caller:
        answer = await caller.get("/api/v1/locate", params={"near": "Birmingham"})
    assert answer.status_code == 200
    assert {one["pdu"]["code"] for one in answer.json()["ambiguous"]} == {"N52BIRM", "N52BNES"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "near"),
        ({"near": ""}, "near"),
        ({"near": "x" * 201}, "near"),
        ({"near": "LS1 4AP", "purpose": "gossip"}, "purpose"),
        ({"near": "LS1 4AP", "on": "tomorrow"}, "on"),
    ],
)
async def test_a_question_that_cannot_be_is_422(served: Served, query: dict[str, str], field: str) -> None:
    async with served.caller() as caller:
        assert set(faults(await caller.get("/api/v1/locate", params=query))) == {field}


@pytest.mark.parametrize("near", ["LS99 9ZZ", "Atlantis", "\x00", "'; drop table pdu; --"])
async def test_a_place_that_is_not_there_is_a_problem_that_says_so(served: Served, near: str) -> None:
    async with served.caller() as caller:
        answer = await caller.get("/api/v1/locate", params={"near": near})
    assert answer.status_code in {404, 422}
    problem(answer, answer.status_code)
