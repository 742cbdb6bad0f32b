"""Who must not meet whom, by API, and a search for a person."""

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from bedspace.claims.stays import PlaceClaim, place_claim
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from tests.api.problem import faults, problem
from tests.api.serving import Served
from tests.api.test_search import NEED, PATH

PAIR = {"person": "Z990001", "other": "Z990002", "kind": "non_associate", "source": "prison"}
UNIT = "central_referral_unit"
MEETINGS = "/api/v1/must-not-meet"


@pytest.fixture
async def people(served: Served, house: House, pool: Pool) -> list[UUID]:
    """Z990002 lives in AP1."""
    ids = [uuid4(), uuid4()]
    for one, crn in zip(ids, ("Z990001", "Z990002"), strict=True):
        await pool.execute(
            "insert into person (id, crn, name, created_at) values ($1, $2, 'Robin Invented', now())", one, crn
        )
    claim = PlaceClaim(bed="AP1-2", kind="stay", from_=house.now().date(), nights=365, person=ids[1])
    await act(house, OPERATOR, place_claim, claim)
    return ids


async def test_premises_where_somebody_is_whom_the_person_must_not_meet_are_in_no_part_of_the_answer(
    served: Served, people: list[UUID]
) -> None:
    wanted = NEED | {"needs": ["step_free"], "person": "Z990001", "prefer_premises": ["AP1"]}
    async with served.caller(UNIT) as caller:
        before = (await caller.post(PATH, json=wanted)).json()
        assert [hit["premises"]["code"] for hit in before["hits"]] == ["AP1", "AP2"]
        assert before["association"]["state"] == "not_checked"
        assert (await caller.post(MEETINGS, json=PAIR)).status_code == 201
        checked = await caller.post(
            f"{MEETINGS}/checks", json={"person": "Z990001", "outcome": "recorded", "against": ["prison"]}
        )
        assert checked.status_code == 201
        answer = await caller.post(PATH, json=wanted)
        other = await caller.post(PATH, json=NEED | {"needs": ["step_free"]})
    found = answer.json()
    assert "AP1" not in answer.text
    assert [hit["premises"]["code"] for hit in found["hits"]] == ["AP2"]
    assert found["hits"][0]["reasons"][0] == "Nearest that fits"
    assert found["association"]["state"] == "checked"
    assert found["association"]["checked_at"]
    assert "AP1" in other.text, "who searches for nobody is kept from nothing"
    assert other.json()["association"] == {"state": "not_checked", "checked_at": None}


async def test_a_search_for_a_person_is_in_the_audit_and_one_for_nobody_is_not(
    served: Served, people: list[UUID], database: str
) -> None:
    async with served.caller(UNIT) as caller:
        await caller.post(PATH, json=NEED)
        await caller.post(PATH, json=NEED | {"person": str(people[0])})
    owner = await asyncpg.connect(database)
    rows = await owner.fetch("select action, persons from audit where action like 'search%'")
    await owner.close()
    assert [(row["action"], row["persons"]) for row in rows] == [("search.person", [people[0]])]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"person": "Z999999"}, "person"),
        ({"person": "Robin Invented"}, "person"),
        ({"placement": "PL-999999"}, "placement"),
        ({"person": "Z990001", "placement": "PL-000001"}, "placement"),
    ],
)
async def test_who_is_not_on_record_is_refused_and_not_repeated(
    served: Served, people: list[UUID], change: dict[str, Any], field: str
) -> None:
    async with served.caller(UNIT) as caller:
        answer = await caller.post(PATH, json=NEED | change)
    assert set(faults(answer)) == {field}
    assert change[field] not in answer.text


async def test_who_may_search_and_not_for_a_person_is_told_so(served: Served) -> None:
    async with served.caller("inspector") as caller:
        assert "search.person" in problem(await caller.post(PATH, json=NEED | {"person": "Z990001"}), 403)["detail"]


async def test_the_pairs_of_a_person_are_looked_at_by_post(served: Served, people: list[UUID]) -> None:
    async with served.caller(UNIT) as caller:
        made = (await caller.post(MEETINGS, json=PAIR)).json()["id"]
        seen = (await caller.post(f"{MEETINGS}/look", json={"person": "Z990002"})).json()
        assert [(one["id"], one["crn"]) for one in seen["pairs"]] == [(made, "Z990001")]
        ended = await caller.post(f"{MEETINGS}/{made}/end", json={"note": "They made peace"})
        assert ended.status_code == 200
        seen = (await caller.post(f"{MEETINGS}/look", json={"person": "Z990002"})).json()
    assert seen["pairs"][0]["ended_at"]
