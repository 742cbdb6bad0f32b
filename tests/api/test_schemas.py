"""The published records as JSON Schema, by API and by command; and that what is answered is what they say."""

import json
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from click.testing import CliRunner

from gateway.cli.schemas import schemas
from schemas.published import PUBLISHED, schema_of
from tests.api.problem import problem
from tests.api.serving import Served
from tests.api.test_nsis import PATH, RAISED


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_every_published_schema_is_a_json_schema_and_the_records_own(name: str) -> None:
    schema = schema_of(name)
    jsonschema_rs.meta.validate(schema)
    own = msgspec.json.schema(PUBLISHED[name])
    assert {key: schema[key] for key in own} == own
    assert PUBLISHED[name].__doc__


def test_the_command_lists_them_writes_one_and_says_which_there_are() -> None:
    listed = CliRunner().invoke(schemas, [])
    assert all(name in listed.output for name in PUBLISHED)
    assert json.loads(CliRunner().invoke(schemas, ["nsi-report"]).output) == schema_of("nsi-report")
    unknown = CliRunner().invoke(schemas, ["nothing"])
    assert unknown.exit_code == 2
    assert "No record is called nothing" in unknown.output


async def test_real_answers_are_as_their_schemas_say(served: Served) -> None:
    async with served.caller("spoc") as caller:
        names = [one["name"] for one in (await caller.get("/api/v1/schemas")).json()]
        assert names == sorted(PUBLISHED)
        found = {name: (await caller.get(f"/api/v1/schemas/{name}")).json() for name in names}
        problem(await caller.get("/api/v1/schemas/nothing"), 404)
        jsonschema_rs.validator_for(found["nsi-new"]).validate(RAISED)
        state = (await caller.post(PATH, json=RAISED)).json()
        answers: dict[str, Any] = {
            "nsi-state": state,
            "nsi": (await caller.get(f"{PATH}/{state['id']}")).json(),
            "nsi-list": (await caller.get(PATH)).json(),
            "locate-answer": (await caller.get("/api/v1/locate?near=LS1+4AP")).json(),
        }
    for name, answer in answers.items():
        jsonschema_rs.validator_for(found[name]).validate(answer)
    assert answers["nsi"]["reports"][0]["status"] == "raised"
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validator_for(found["nsi"]).validate({**answers["nsi"], "status": "lost"})


async def test_a_system_reports_by_api_and_a_person_finds_allocates_and_changes_it(served: Served) -> None:
    record = {**RAISED, "referred_on": "2026-11-02"}
    report = {
        "source": "ndelius",
        "external_reference": "2500123",
        "version": 1,
        "status": "raised",
        "status_at": "2026-11-20T10:00:00Z",
        "record": record,
    }
    async with served.caller("area_system") as system:
        answer = await system.post("/api/v1/nsis/reports", json=report)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    async with served.caller("spoc") as caller:
        allocated = await caller.post(f"{PATH}/{found['id']}/allocate", json={"team": "Transfers"})
        assert allocated.json()["status"] == "allocated", allocated.text
        person = (await caller.get(f"{PATH}/{found['id']}")).json()["person"]["id"]
        page = (await caller.get(f"{PATH}?person={person}&questions=false")).json()
        assert [row["reference"] for row in page["items"]] == [found["reference"]]
        problem(await caller.get(f"{PATH}?person=X123456"), 422)
        change = {"reason": "changed_mind", "withdraw": True}
        problem(await caller.post(f"{PATH}/{found['id']}/change", json=change), 403)
