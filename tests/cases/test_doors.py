"""The doors of a case over HTTP: ids in addresses, odd texts, and what a role sees of a person."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.people.keep import limit_access
from schemas.nsis import Nsi
from schemas.people import LimitAccess
from tests.api.problem import problem
from tests.api.serving import Served, serving, until_open
from tests.messages import YORK

NUL = "\x00"


@pytest.fixture
async def served(database: str, now: datetime, nsi: Nsi) -> AsyncIterator[Served]:
    async with serving(database, now) as one:
        await until_open(one)
        yield one


async def test_t_23_the_answer_of_the_contact_log_counts_in_sequence_and_names_the_area(
    served: Served, nsi: Nsi
) -> None:
    path = f"/api/v1/people/{nsi.person.id}"
    absent: dict[str, Any] = {"kind": "appointment", "outcome": "unacceptable_absence"}
    async with served.caller("practitioner") as leeds, served.caller(YORK) as york:
        for day, pdu in (("09", "N55YRK"), ("11", "N55YRK")):
            body = absent | {"at": f"2026-11-{day}T10:00:00Z", "pdu": pdu}
            assert (await york.post(f"{path}/contacts", json=body)).status_code == 201
        key = {"Idempotency-Key": "seen-1"}
        for _ in range(2):
            body = absent | {"at": "2026-11-20T10:00:00Z"}
            made = await leeds.post(f"{path}/contacts", json=body, headers=key)
            assert (made.status_code, made.json()["absences"]) == (201, 3)
        log = (await leeds.get(f"{path}/contacts")).json()
        assert [(one["absence"], one["pdu"]) for one in log["items"]] == [(3, "N55LEE"), (2, "N55YRK"), (1, "N55YRK")]
        whole = (await leeds.get(path)).json()
        assert whole["contacts"]["absences"]["by_area"][0] == {"pdu": "N55YRK", "pdu_name": "York", "absences": 2}
        assert (await leeds.get("/api/v1/people/X123456")).status_code == 404, "an address holds ids alone"


UNKEPT: list[tuple[str, dict[str, Any]]] = [
    ("contacts", {"at": "2026-11-20T10:00:00Z", "kind": NUL, "outcome": "attended"}),
    ("contacts", {"at": "2026-11-20T10:00:00Z", "kind": "appointment", "outcome": "attended", "pdu": NUL}),
    ("sentences", {"kind": "order", "code": "cro", "starts_on": "2026-01-05", "court": NUL}),
    ("enforcement", {"kind": "breach", "note": NUL}),
    ("registrations", {"kind": "rosh", "level": "high", "pdu": NUL}),
    ("needs", {"needs": [{"kind": "diet"}], "nsi": NUL}),
    ("ethnicity", {"ethnicity": NUL}),
    ("aliases", {"name": f"x{NUL}x"}),
    ("identifiers", {"kind": "crn", "value": NUL * 7}),
]


async def test_a_text_that_cannot_be_kept_is_refused_and_breaks_nothing(served: Served, nsi: Nsi) -> None:
    async with served.caller("practitioner") as leeds:
        for path, body in UNKEPT:
            problem(await leeds.post(f"/api/v1/people/{nsi.person.id}/{path}", json=body), 422)


async def test_a_masked_person_is_an_id_and_moves_in_every_answer(served: Served, house: House, nsi: Nsi) -> None:
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    path = f"/api/v1/people/{nsi.person.id}"
    async with served.caller("practitioner") as leeds:
        answer = await leeds.get(path)
        case = answer.json()
        assert (case["person"]["limited_access"], case["person"]["name"], case["contacts"]) == (True, None, None)
        assert [one["reference"] for one in case["nsis"]] == [nsi.reference]
        assert "Robin" not in answer.text
        for more in ("contacts", "sentences", "registrations", "needs"):
            problem(await leeds.get(f"{path}/{more}"), 404)
        problem(await leeds.get(f"/api/v1/people/{UUID(int=1)}"), 404)
