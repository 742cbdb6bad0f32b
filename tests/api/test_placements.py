"""Placements by API: decided, referred, booked, arrived; listed, shown and refused."""

from typing import Any
from uuid import UUID

import pytest

from gateway.access.actors import Actor
from gateway.store.database import Pool
from tests.api.problem import faults, problem
from tests.api.serving import Served

NOBODY = UUID("0b5e0000-0000-4000-8000-000000000099")
"""Fixed, so that every process collects the same tests."""

PATH = "/api/v1/placements"
PERSON = {"name": "Robin Invented", "crn": "X123456", "birth_date": "1990-02-03"}
DECIDED: dict[str, Any] = {"person": PERSON, "suitable": True, "reason": "risk_of_harm"}
REFERRED: dict[str, Any] = {"person": PERSON, "gender": "male", "arrives_on": "2027-01-11", "ask": ["AP1"]}
AP1 = Actor(id="jo", name="Jo Invented", role="premises_manager", premises=("AP1",))
UNCHECKED = {"checked_reason": "no_time", "checked_note": "Tonight"}


async def referred(served: Served, **given: Any) -> str:
    async with served.caller("practitioner") as caller:
        assert (await caller.post("/api/v1/suitability", json=DECIDED)).status_code == 201
        answer = await caller.post(PATH, json=REFERRED | given)
        assert answer.status_code == 201, answer.text
        assert set(answer.json()) == {
            *("id", "reference", "state", "arrives_on", "departs_on", "premises", "bed", "remarks")
        }
        placement: str = answer.json()["id"]
        return placement


async def test_a_placement_is_referred_accepted_listed_and_shown(served: Served) -> None:
    placement = await referred(served, risk_to_staff="high")
    async with served.caller("practitioner") as caller:
        shown = (await caller.get(f"{PATH}/{placement}")).json()
        assert (shown["officer_email"], shown["risk"]["to_staff"]) == ("practitioner@demo.invalid", "high")
        offered = await caller.post(f"{PATH}/{placement}/offer", json={"bed": "AP1-1"})
        assert offered.json()["state"] == "offered", offered.text
    async with served.caller(AP1) as caller:
        waiting = (await caller.get(PATH, params={"to_decide": "true", "premises": "AP1"})).json()
        assert [(row["id"], row["name"], row["asked"]) for row in waiting["items"]] == [
            (placement, "Robin Invented", "AP1")
        ]
        assert set(faults(await caller.post(f"{PATH}/{placement}/accept", json={}))) == {"checked_reason"}
        accepted = await caller.post(f"{PATH}/{placement}/accept", json=UNCHECKED)
        assert (accepted.json()["state"], accepted.json()["bed"]) == ("booked", "AP1-1"), accepted.text
        problem(await caller.post(f"{PATH}/{placement}/accept", json=UNCHECKED), 409)
        day = (await caller.get("/api/v1/premises/AP1/day", params={"on": "2027-01-11"})).json()
        assert [row["bed"] for row in day["arriving"]] == ["AP1-1"]
        assert (await caller.get(PATH, params={"arriving": "2027-01-11"})).json()["items"][0]["state"] == "booked"
        assert (await caller.get(PATH, params={"departing": "2027-01-11"})).json()["items"] == []


async def test_a_list_is_paged(served: Served) -> None:
    await referred(served)
    await referred(served, arrives_on="2027-01-12")
    async with served.caller("practitioner") as caller:
        first = (await caller.get(PATH, params={"limit": 1, "mine": "true"})).json()
        rest = (await caller.get(PATH, params={"limit": 1, "cursor": first["next"]})).json()
        assert len({row["id"] for page in (first, rest) for row in page["items"]}) == 2
        assert rest["next"] is None
        assert set(faults(await caller.get(PATH, params={"cursor": "x"}))) == {"cursor"}


async def test_nights_that_are_claimed_are_named(served: Served) -> None:
    first = await referred(served, nights=7)
    async with served.caller("practitioner") as caller:
        await caller.post(f"{PATH}/{first}/offer", json={"bed": "AP1-1"})
        other = PERSON | {"name": "Ash Imaginary", "crn": "X765432", "birth_date": "1970-01-02"}
        await caller.post("/api/v1/suitability", json=DECIDED | {"person": other})
        second = (await caller.post(PATH, json=REFERRED | {"person": other, "arrives_on": "2027-01-16"})).json()["id"]
        lost = problem(await caller.post(f"{PATH}/{second}/offer", json={"bed": "AP1-1"}), 409)
    assert lost["nights"] == ["2027-01-16", "2027-01-17"]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("", REFERRED | {"gender": "x"}, "gender"),
        ("", REFERRED | {"nights": 0}, "nights"),
        ("", REFERRED | {"person": {"name": "Robin"}}, "person"),
        ("", REFERRED | {"person": PERSON | {"crn": "1"}}, "person.crn"),
        ("", REFERRED | {"avoid": [{"postcode": "ZZ1 1ZZ", "miles": 3}]}, "avoid"),
        ("", REFERRED | {"near": "ZZ1"}, "near"),
        (f"/{NOBODY}/decline", {}, "reason"),
        (f"/{NOBODY}/extend", {"until": "soon"}, "until"),
        (f"/{NOBODY}/offer", {"bed": ""}, "bed"),
        (f"/{NOBODY}/away", {"where": "holiday"}, "where"),
        (f"/{NOBODY}/arrive", {"at": "later"}, "at"),
        (f"/{NOBODY}/cancel", {"reason": "died", "id": str(NOBODY)}, "body"),
    ],
)
async def test_what_cannot_be_is_422_and_names_the_field(
    served: Served, pool: Pool, path: str, body: dict[str, Any], field: str
) -> None:
    async with served.caller("practitioner") as caller:
        answer = await caller.post(PATH + path, json=body)
        if answer.status_code == 403:
            async with served.caller(AP1) as other:
                answer = await other.post(PATH + path, json=body)
    assert field in faults(answer)
    assert await pool.fetchval("select count(*) from approach") == 0


async def test_the_same_key_refers_once_and_keeps_nothing_about_the_person(served: Served, pool: Pool) -> None:
    async with served.caller("practitioner") as caller:
        await caller.post("/api/v1/suitability", json=DECIDED)
        caller.headers["Idempotency-Key"] = "one"
        first, second = [await caller.post(PATH, json=REFERRED) for _ in range(2)]
    assert first.json() == second.json()
    assert b"Robin" not in await pool.fetchval("select answer from idempotency")
