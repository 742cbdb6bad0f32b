"""NSIs by API: raised, listed, shown, confirmed and moved on."""

from typing import Any
from uuid import uuid4

import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.access.act import House
from gateway.intake.settle import Settler
from gateway.store.database import Pool
from tests.api.problem import faults, problem
from tests.api.serving import Served
from tests.messages import HULL, YORK, prepared

PATH = "/api/v1/nsis"
RAISED: dict[str, Any] = {
    "type": "case_transfer",
    "person": {"name": "Robin Invented", "crn": "X123456", "birth_date": "1990-02-03"},
    "move_on": "2026-12-18",
    "destination": "LS1 4AP",
    "rosh": "high",
    "sending_pdu": "N55YRK",
}


async def test_an_nsi_that_is_raised_is_routed_and_shown_with_its_clocks(served: Served) -> None:
    async with served.caller("spoc") as caller:
        answer = await caller.post(PATH, json=RAISED)
        assert answer.status_code == 201, answer.text
        state = answer.json()
        assert set(state) == {"id", "reference", "status"}
        assert state["status"] == "raised"
        shown = (await caller.get(f"{PATH}/{state['id']}")).json()
    assert shown["person"]["crn"] == "X123456"
    assert shown["receiving"]["pdu"] == {"code": "N55LEE", "name": "Leeds"}
    assert shown["receiving"]["spoc"]["email"] == "n55lee@spoc.invalid"
    assert {"T-02", "T-05", "T-06", "T-07", "T-08", "T-14"} <= {clock["rule"] for clock in shown["clocks"]}
    promised = {
        "id",
        "type",
        "status",
        "person",
        "sending",
        "receiving",
        "responsible",
        "clocks",
        "actions",
        "evidence",
    }
    assert promised | {"history"} <= set(shown)


async def test_c_01_what_an_nsi_would_bring_is_shown_before_and_is_what_it_brings(served: Served) -> None:
    asked = RAISED | {"mappa": "Category 2 Level 3"}
    async with served.caller("spoc") as caller:
        preview = (await caller.post(f"{PATH}/preview", json=asked)).json()
        assert (await caller.get(PATH)).json()["items"] == []
        wrong = asked | {"destination": "ZZ99 9ZZ"}
        assert faults(await caller.post(f"{PATH}/preview", json=wrong))
        state = (await caller.post(PATH, json=asked)).json()
        shown = (await caller.get(f"{PATH}/{state['id']}")).json()
        queue = (await caller.get(f"{PATH}/queue", params={"side": "receiving"})).json()
        problem(await caller.get(f"{PATH}/queue", params={"cursor": "x"}), 422)
    for part, keys in (("clocks", ("rule", "due", "met_on", "owner")), ("actions", ("title", "due", "mandatory"))):
        before, after = ([{key: one[key] for key in keys} for one in some[part]] for some in (preview, shown))
        assert sorted(before, key=str) == sorted(after, key=str)
    assert {one["kind"] for one in preview["documents"]} == {one["kind"] for one in shown["documents"]}
    assert preview["receiving"]["spoc"]["email"] == "n55lee@spoc.invalid"
    assert [(row["id"], row["clock"]["rule"], row["receives"]) for row in queue["items"]] == [
        (state["id"], "T-03", True)
    ]


async def test_a_prepared_nsi_is_confirmed_by_those_who_send_it_and_again_without_harm(
    served: Served, house: House, postcodes: Postcodes
) -> None:
    nsi = await prepared(house, Settler(postcodes))
    async with served.caller("practitioner") as receiver:
        problem(await receiver.post(f"{PATH}/{nsi.id}/confirm"), 403)
    async with served.caller(YORK) as caller:
        shown = (await caller.get(f"{PATH}/{nsi.id}")).json()
        assert shown["status"] == "prepared"
        assert shown["evidence"]["crn"]["source"] == "body line 4"
        first, second = [(await caller.post(f"{PATH}/{nsi.id}/confirm")).json() for _ in range(2)]
    assert first == second
    assert first["status"] == "raised"


async def test_a_status_and_an_action_are_added_to_the_history(served: Served) -> None:
    async with served.caller("spoc") as caller:
        nsi = (await caller.post(PATH, json=RAISED)).json()["id"]
        assert (await caller.post(f"{PATH}/{nsi}/status", json={"status": "received"})).json()["status"] == "received"
        done = [(await caller.post(f"{PATH}/{nsi}/actions/1")).status_code for _ in range(2)]
        shown = (await caller.get(f"{PATH}/{nsi}")).json()
        problem(await caller.post(f"{PATH}/{nsi}/actions/999"), 404)
    assert done == [200, 200]
    assert shown["actions"][0]["done_at"]
    assert "received" in [line["status"] for line in shown["history"]]


async def test_what_is_out_of_reach_is_not_there(served: Served) -> None:
    async with served.caller("spoc") as here, served.caller(HULL) as elsewhere:
        nsi = (await here.post(PATH, json=RAISED)).json()["id"]
        problem(await elsewhere.get(f"{PATH}/{nsi}"), 404)
        problem(await elsewhere.post(f"{PATH}/{nsi}/confirm"), 404)
        problem(await elsewhere.post(f"{PATH}/{nsi}/status", json={"status": "received"}), 404)
        assert (await elsewhere.get(PATH)).json()["items"] == []


async def test_a_list_is_paged_and_filtered(served: Served) -> None:
    async with served.caller("spoc") as caller:
        for n in range(3):
            person = RAISED["person"] | {
                "crn": f"X12345{n}",
                "birth_date": f"199{n}-02-03",
                "name": f"Person{n} Invented",
            }
            answer = await caller.post(PATH, json=RAISED | {"person": person})
            assert answer.status_code == 201, answer.text
        first = (await caller.get(PATH, params={"limit": 2})).json()
        rest = (await caller.get(PATH, params={"limit": 2, "cursor": first["next"]})).json()
        ids = [row["id"] for page in (first, rest) for row in page["items"]]
        assert len(ids) == len(set(ids)) == 3
        assert rest["next"] is None
        assert (await caller.get(PATH, params={"status": "completed"})).json()["items"] == []
        assert len((await caller.get(PATH, params={"pdu": "N55YRK"})).json()["items"]) == 3
        assert (await caller.get(PATH, params={"overdue": "true"})).json()["items"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "201"}, "limit"),
        ({"status": "gone"}, "status"),
        ({"overdue": "perhaps"}, "overdue"),
        ({"cursor": "no cursor"}, "cursor"),
    ],
)
async def test_a_list_that_cannot_be_is_422(served: Served, query: dict[str, str], field: str) -> None:
    async with served.caller("spoc") as caller:
        assert set(faults(await caller.get(PATH, params=query))) == {field}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "holiday"}, "type"),
        ({"person": {"crn": "X123456"}}, "person.name"),
        ({"person": {"name": "Robin Invented", "gender": "x"}}, "person.gender"),
        ({"person": {"name": "Robin Invented", "crn": "123"}}, "person.crn"),
        ({"move_on": "soon"}, "move_on"),
        ({"rosh": "huge"}, "rosh"),
        ({"destination": "LS99 9ZZ"}, "near"),
        ({"sending_pdu": "X"}, "sending_pdu"),
    ],
)
async def test_an_nsi_that_cannot_be_is_refused_and_nothing_is_kept(
    served: Served, pool: Pool, change: dict[str, Any], field: str
) -> None:
    async with served.caller("spoc") as caller:
        answer = await caller.post(PATH, json=RAISED | change)
    assert answer.status_code in {404, 422}
    if answer.status_code == 422:
        assert field in faults(answer)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select set_config('bedspace.nation', 'on', true)")
        assert await connection.fetchval("select count(*) from nsi") == 0


@pytest.mark.parametrize("body", [{}, {"status": "gone"}, {"status": "received", "at": "later"}, [], {"x": 1}])
async def test_a_status_that_cannot_be_is_422(served: Served, body: Any) -> None:
    async with served.caller("spoc") as caller:
        assert faults(await caller.post(f"{PATH}/{uuid4()}/status", json=body))


async def test_the_same_idempotency_key_raises_once_and_answers_without_the_person(served: Served, pool: Pool) -> None:
    async with served.caller("spoc") as caller:
        caller.headers["Idempotency-Key"] = "one"
        first, second = [await caller.post(PATH, json=RAISED) for _ in range(2)]
    assert first.json() == second.json()
    kept = await pool.fetchval("select answer from idempotency")
    assert b"Robin" not in kept
