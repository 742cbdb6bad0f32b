"""The API describes itself, and the description is right."""

from typing import Any

import jsonschema_rs
import pytest

from tests.api.serving import Served

Document = dict[str, Any]


@pytest.fixture
def document(served: Served) -> Document:
    return served.app.openapi_schema.to_schema()


def operations(document: Document) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


async def test_the_description_is_served_as_json_and_as_a_page_without_anything_from_elsewhere(served: Served) -> None:
    async with served.client() as nobody:
        described = await nobody.get("/schema/openapi.json")
        page = await nobody.get("/schema")
    assert described.json()["openapi"].startswith("3.1")
    assert page.headers["content-type"].startswith("text/html")
    assert "/api/v1/bedspaces/search" in page.text
    assert "<script" not in page.text
    assert "//" not in page.text.replace("https://spec", "")


async def test_every_schema_of_the_description_is_a_json_schema(document: Document) -> None:
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


async def test_every_operation_says_in_a_few_words_what_it_does(document: Document) -> None:
    for name, operation in operations(document).items():
        assert 0 < len(operation["summary"]) <= 40, name
        assert operation["tags"], name


async def test_every_error_of_every_operation_is_a_problem(document: Document) -> None:
    for name, operation in operations(document).items():
        for status, response in operation["responses"].items():
            if status.startswith(("4", "5")) and not name.startswith("GET /health"):
                assert list(response["content"]) == ["application/problem+json"], (name, status)


async def test_every_operation_of_the_api_asks_for_a_token_and_says_what_is_said_without_one(
    document: Document,
) -> None:
    for name, operation in operations(document).items():
        if " /api/" in name:
            assert operation["security"] == [{"bearer": []}], name
            assert {"400", "401", "403", "503"} <= set(operation["responses"]), name
        else:
            assert not operation.get("security"), name


async def test_operations_have_names_of_their_own(document: Document) -> None:
    names = [operation["operationId"] for operation in operations(document).values()]
    assert len(names) == len(set(names))


async def test_the_description_has_no_pages_and_the_paths_that_outsiders_rely_on(document: Document) -> None:
    promised = {
        "POST /api/v1/bedspaces/search",
        "GET /api/v1/premises",
        "GET /api/v1/premises/{code}",
        "GET /api/v1/characteristics",
        "GET /api/v1/locate",
        "GET /api/v1/locator/spocs",
        "PUT /api/v1/locator/spocs",
        "POST /api/v1/locator/spocs/{spoc}/end",
        "POST /api/v1/locator/spocs/{spoc}/absences",
        "POST /api/v1/locator/absences/{absence}/end",
        "GET /api/v1/locator/split-authorities",
        "GET /api/v1/locator/sectors",
        "PUT /api/v1/locator/sectors",
        "GET /api/v1/locator/coverage",
        "PUT /api/v1/locator/pdus",
        "POST /api/v1/locator/pdus/{code}/end",
        "PUT /api/v1/locator/authorities",
        "POST /api/v1/nsis/{nsi_id}/reroute",
        "POST /api/v1/holds",
        "DELETE /api/v1/holds/{hold_id}",
        "POST /api/v1/beds/{code}/out-of-service",
        "POST /api/v1/outages/{outage_id}/revisions",
        "POST /api/v1/outages/{outage_id}/cancel",
        "GET /api/v1/outages/{outage_id}",
        "GET /api/v1/premises/{code}/outages",
        "POST /api/v1/intake",
        "GET /api/v1/inbox",
        "GET /api/v1/inbox/{inbox_id}",
        "GET /api/v1/nsis",
        "POST /api/v1/nsis",
        "GET /api/v1/nsis/{nsi_id}",
        "POST /api/v1/nsis/{nsi_id}/confirm",
        "POST /api/v1/nsis/{nsi_id}/status",
        "POST /api/v1/nsis/{nsi_id}/actions/{n}",
        "GET /api/v1/premises/{code}/history",
        "PUT /api/v1/premises/{code}",
        "PATCH /api/v1/premises/{code}",
        "POST /api/v1/premises/{code}/close",
        "POST /api/v1/premises/{code}/confirm",
        "POST /api/v1/beds/{bed}/confirm",
        "GET /api/v1/beds/unconfirmed",
        "GET /api/v1/lists",
        "GET /api/v1/lists/{name}",
        "PUT /api/v1/lists/{name}/{code}",
        "POST /api/v1/suitability",
        "GET /api/v1/waiting",
        "POST /api/v1/placements/{placement_id}/wait",
        "POST /api/v1/placements/{placement_id}/leave-waiting",
        "GET /api/v1/proposals",
        "POST /api/v1/proposals/{proposal_id}/offer",
        "POST /api/v1/proposals/{proposal_id}/skip",
        "POST /api/v1/skips/{skip_id}/take-back",
        "GET /api/v1/placements",
        "POST /api/v1/placements",
        "GET /api/v1/placements/{placement_id}",
        "GET /api/v1/premises/{code}/day",
        "POST /api/v1/placements/{placement_id}/accept",
        "POST /api/v1/placements/{placement_id}/arrive",
        "POST /api/v1/placements/{placement_id}/ask",
        "POST /api/v1/placements/{placement_id}/away",
        "POST /api/v1/placements/{placement_id}/back",
        "POST /api/v1/placements/{placement_id}/cancel",
        "POST /api/v1/placements/{placement_id}/decline",
        "POST /api/v1/placements/{placement_id}/depart",
        "POST /api/v1/placements/{placement_id}/extend",
        "POST /api/v1/placements/{placement_id}/needs",
        "POST /api/v1/placements/{placement_id}/not-arrived",
        "POST /api/v1/placements/{placement_id}/offer",
        "POST /api/v1/placements/{placement_id}/relocate",
        "POST /api/v1/placements/{placement_id}/relocation/accept",
        "POST /api/v1/placements/{placement_id}/relocation/decline",
        "POST /api/v1/placements/{placement_id}/relocation/undo",
        "POST /api/v1/placements/{placement_id}/shorten",
        "POST /api/v1/placements/{placement_id}/withdraw",
        "POST /oauth/token",
        "GET /health",
        "GET /health/liveness",
        "GET /health/readiness",
        "GET /info",
        "GET /metrics",
    }
    described = set(operations(document))
    assert promised <= described
    assert {name for name in described - promised if not name.partition(" ")[2].startswith("/api/v1/")} == set()


async def test_intake_takes_raw_bytes(document: Document) -> None:
    body = operations(document)["POST /api/v1/intake"]["requestBody"]
    assert body["content"]["message/rfc822"]["schema"] == {"type": "string", "format": "binary"}
