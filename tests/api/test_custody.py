"""The queue of the nation, components, both ends and the review of a move: by API."""

from typing import Any

from tests.api.problem import faults, problem
from tests.api.serving import Served
from tests.messages import YORK

NSIS = "/api/v1/nsis"
RAISED: dict[str, Any] = {
    "type": "case_transfer",
    "person": {"name": "Robin Invented", "crn": "X123456", "birth_date": "1990-02-03"},
    "move_on": "2026-11-22",
    "destination": "LS1 4AP",
    "rosh": "low",
    "sending_pdu": "N55YRK",
}
SEEKS = {"reason": "victims", "tried": "Three PDUs.", "needed": "Nobody near."}


async def raised(caller: Any, **more: Any) -> str:
    answer = await caller.post(NSIS, json=RAISED | more)
    assert answer.status_code == 201, answer.text
    return f"{NSIS}/{answer.json()['id']}"


async def test_c_08_sys_18_the_queue_of_the_nation_by_api(served: Served) -> None:
    async with served.caller("practitioner") as seeker, served.caller("national_lead") as lead:
        async with served.caller(YORK) as york:
            nsi = await raised(york)
        assert set(faults(await seeker.post(f"{nsi}/hard-to-place", json=SEEKS | {"reason": "no"}))) == {"reason"}
        sought = (await seeker.post(f"{nsi}/hard-to-place", json=SEEKS)).json()
        problem(await seeker.post(f"{nsi}/hard-to-place", json=SEEKS), 409)
        one = f"/api/v1/hard-to-place/{sought['id']}"
        assert [row["reference"] for row in (await lead.get("/api/v1/hard-to-place")).json()["items"]] == [
            sought["reference"]
        ]
        assert (await lead.post(f"{one}/lead", json={"leads": "Nat Example"})).json()["leads"] == "Nat Example"
        assert (await seeker.post(f"{one}/notes", json={"said": "Hull too."})).status_code == 200
        problem(await seeker.post(f"{one}/close", json={"outcome": "placed", "said": "x"}), 403)
        assert (await lead.post(f"{one}/close", json={"outcome": "placed", "said": "Hull."})).status_code == 200
        shown = (await seeker.get(one)).json()
        assert ([step["kind"] for step in shown["steps"]], shown["outcome"]) == (
            ["sought", "led", "noted", "placed"],
            "placed",
        )
        assert (await seeker.get(nsi)).json()["hard_to_place"]["reference"] == sought["reference"]
        assert (await lead.get("/api/v1/hard-to-place?open=false")).json()["items"][0]["outcome"] == "placed"


async def test_c_24_t_28_components_by_api(served: Served) -> None:
    async with served.caller(YORK) as york, served.caller("practitioner") as leeds:
        nsi = await raised(york)
        parts = f"{nsi}/components"
        order = {"kind": "order", "title": "Community order", "from_court": "York"}
        items = [order, {"kind": "programme", "title": "Thinking skills"}]
        kept = (await york.post(parts, json={"items": items})).json()["components"]
        assert [part["held_by"] for part in kept] == ["originating_court", "sending"]
        assert set(faults(await york.post(parts, json={}))) == {"items"}
        assert set(faults(await leeds.post(f"{parts}/1/decide", json={"decision": "transferred"}))) == {"court"}
        assert (await leeds.post(f"{parts}/1/apply", json={"court": "Leeds"})).status_code == 200
        assert (await leeds.post(f"{parts}/2/start", json={})).json()["components"][1]["started_on"] == "2026-11-22"
        await leeds.post(f"{nsi}/status", json={"status": "allocated"})
        problem(await leeds.post(f"{nsi}/status", json={"status": "completed"}), 409)
        assert (await leeds.post(f"{parts}/1/leave-open", json={"why": "January."})).status_code == 200
        assert (await leeds.post(f"{parts}/2/decide", json={"decision": "transferred"})).status_code == 200
        assert (await leeds.post(f"{nsi}/status", json={"status": "completed"})).status_code == 200


async def test_m_02_c_22_both_ends_and_the_review_of_a_move_by_api(served: Served) -> None:
    async with served.caller(YORK) as york, served.caller("practitioner") as leeds:
        nsi = await raised(york, type="temporary_move", until="2026-12-06")
        assert (await york.post(f"{nsi}/ends", json={"which": "out"})).json()["ends"]["state"] == "in_missing"
        problem(await leeds.post(f"{nsi}/ends", json={"which": "out"}), 403)
        assert (await leeds.get("/api/v1/ends?state=in_missing")).json()["counts"]["in_missing"] == 1
        assert (await leeds.post(f"{nsi}/ends", json={"which": "in"})).json()["ends"]["state"] == "both"
        assert set(faults(await york.post(f"{nsi}/move-review", json={"decision": "extended"}))) == {"until", "why"}
        longer = {"decision": "extended", "until": "2027-01-04", "why": "The bed is not free."}
        assert (await york.post(f"{nsi}/move-review", json=longer)).json()["reviews"][0]["new_until"] == "2027-01-04"
        shown = (await york.get(nsi)).json()
        assert (shown["until"], shown["move_reviews"][0]["decision"]) == ("2027-01-04", "extended")
    async with served.caller("national_lead") as lead:
        mark = {"region": "N07", "which": "in", "from": "2026-04-01"}
        assert (await lead.post("/api/v1/ends/not-reporting", json=mark)).status_code == 200
        again = {"region": "N07", "which": "in", "on": "2026-10-01"}
        assert (await lead.post("/api/v1/ends/reporting", json=again)).json()["until"] == "2026-10-01"
        problem(await lead.post("/api/v1/ends/reporting", json=again | {"on": "2026-12-01"}), 409)
