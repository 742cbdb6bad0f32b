"""Beds out of service by API."""

from typing import Any

from gateway.access.actors import Actor
from tests.api.problem import faults, problem
from tests.api.serving import Served

STAFF = Actor(id="staff-1", name="Jo Invented", role="premises_staff", premises=("AP1",))
OUT: dict[str, Any] = {"from": "2027-01-11", "until": "2027-01-18", "reason": "planned_repair", "reference": "WO-17"}
BED = "/api/v1/beds/AP1-1/out-of-service"


async def test_a_bed_is_taken_out_of_service_revised_cancelled_and_read(served: Served) -> None:
    async with served.caller(STAFF) as caller:
        answer = await caller.post(BED, json=OUT)
        assert answer.status_code == 201
        number = answer.json()["id"]
        revised = await caller.post(f"/api/v1/outages/{number}/revisions", json=OUT | {"until": "2027-01-15"})
        assert revised.json() == {"id": number, "bed": "AP1-1", "revision": 2, "cancelled": False}
        listed = (await caller.get("/api/v1/premises/AP1/outages")).json()
        assert [(one["id"], one["until"], len(one["revisions"])) for one in listed["items"]] == [
            (number, "2027-01-15", 2)
        ]
        assert (await caller.post(f"/api/v1/outages/{number}/cancel", json={})).json()["cancelled"]
        assert (await caller.get(f"/api/v1/outages/{number}")).json()["state"] == "cancelled"


async def test_nights_that_are_somebodys_are_409_and_named(served: Served) -> None:
    async with served.caller() as caller:
        await caller.post("/api/v1/holds", json={"bed": "AP1-1", "from": "2027-01-14", "nights": 2, "reason": "x"})
    async with served.caller(STAFF) as caller:
        assert problem(await caller.post(BED, json=OUT), 409)["nights"] == ["2027-01-14", "2027-01-15"]


async def test_the_end_before_the_start_is_422(served: Served) -> None:
    async with served.caller(STAFF) as caller:
        assert "until" in faults(await caller.post(BED, json=OUT | {"until": "2027-01-10"}))


async def test_a_bed_of_other_premises_is_404(served: Served) -> None:
    async with served.caller(STAFF) as caller:
        problem(await caller.post("/api/v1/beds/AP2-1/out-of-service", json=OUT), 404)
        problem(await caller.get("/api/v1/premises/AP2/outages"), 404)
