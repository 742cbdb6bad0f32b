"""Clocks, the action list, documents, reviews and grades by API: one case from end to end."""

from typing import Any

from gateway.access.actors import Actor
from tests.api.problem import faults, problem
from tests.api.serving import Served
from tests.api.test_nsis import PATH, RAISED

SPO = Actor(id="spo-1", name="Sandy Invented", role="spo", pdus=("N55YRK", "N55LEE"), regions=("N55",))


async def test_a_case_is_worked_by_api_with_its_clocks_actions_documents_concern_and_review(served: Served) -> None:
    async with served.caller("spoc") as spoc, served.caller(SPO) as spo, served.caller("inspector") as inspector:
        nsi = f"{PATH}/{(await spoc.post(PATH, json=RAISED)).json()['id']}"

        async def shown() -> dict[str, Any]:
            found: dict[str, Any] = (await spo.get(nsi)).json()
            return found

        lines = {one["kind"]: one["n"] for one in (await shown())["actions"]}

        # The action list: without evidence where none is asked for, and refused by name where some is.
        assert (await spoc.post(f"{nsi}/actions/{lines['complete_nsi']}")).status_code == 200
        assert "evidence.force" in faults(await spoc.post(f"{nsi}/actions/{lines['police_check']}", json={}))
        asked = {"evidence": {"force": "west_yorkshire", "asked_on": "2026-11-20"}}
        assert (await spoc.post(f"{nsi}/actions/{lines['police_check']}/evidence", json=asked)).status_code == 200
        problem(
            await spo.post(f"{nsi}/actions/{lines['aco_oversight_sending']}/not-applicable", json={"why": "No"}), 422
        )
        why = {"why": "There is no time."}
        problem(await spo.post(f"{nsi}/actions/{lines['aco_oversight_sending']}/not-applicable", json=why), 403)

        # Clocks: met, paused with `from`, and a pause that overlaps.
        assert (await spoc.post(f"{nsi}/clocks/met", json={"rule": "T-05"})).status_code == 200
        pause = {"rule": "T-14", "from": "2026-12-07", "until": "2026-12-14", "reason": "in_custody"}
        assert (await spo.post(f"{nsi}/clocks/pause", json=pause)).status_code == 200
        problem(await spo.post(f"{nsi}/clocks/pause", json=pause), 409)
        problem(await spoc.post(f"{nsi}/clocks/pause", json=pause), 403)
        clocks = {one["rule"]: one for one in (await shown())["clocks"]}
        assert (clocks["T-14"]["due"], clocks["T-05"]["state"]) == ("2026-12-29", "met")

        # A document, a concern and its answer.
        document = {"kind": "assessment", "sent_on": "2026-11-20"}
        assert (await spoc.post(f"{nsi}/documents", json=document)).status_code == 200
        assert (await spoc.post(f"{nsi}/concerns", json={"said": "Nobody answers there."})).status_code == 200
        raised = (await shown())["escalations"][0]
        answered = {"escalation": raised["id"], "answer": "I have rung them."}
        assert (await spo.post(f"{nsi}/escalations/answer", json=answered)).status_code == 200
        after = await shown()
        assert after["escalations"][0]["answer"] == "I have rung them."
        assert next(one for one in after["documents"] if one["kind"] == "assessment")["sent_on"] == "2026-11-20"

        # What is coming, and how long the police take.
        coming = (await spo.get(f"{PATH}/forecast?days=7")).json()
        assert {line["rule"] for pdu in coming["pdus"] for line in pdu["lines"]} >= {"T-03", "T-04"}
        report = (await spo.get("/api/v1/police-checks?pdu=N55LEE")).json()["items"]
        assert [(one["force"], one["asked"], one["overdue"]) for one in report] == [("west_yorkshire", 1, 0)]

        # A named reader.
        questions = (await inspector.get("/api/v1/reviews/questions")).json()["items"]
        assert next(one for one in questions if one["id"] == "enforcement")["answers"][:2] == ["fully", "largely"]
        given = {"answers": [{"question": "enforcement", "answer": "partly", "why": "One absence was not counted."}]}
        assert (await inspector.post(f"{nsi}/reviews", json=given)).json()["items"][0]["answer"] == "partly"


async def test_who_holds_a_grade_is_kept_by_the_region_with_its_absences(served: Served) -> None:
    aco = Actor(id="aco-1", name="Lee Invented", role="aco", regions=("N55",))
    async with served.caller(aco) as caller:
        kept = {"grade": "spo", "place": "N55LEE", "name": "Sandy Invented", "email": "sandy@pdu.invalid"}
        holder = (await caller.put("/api/v1/grades", json=kept)).json()["items"][0]
        away = {
            "from": "2026-12-01",
            "until": "2026-12-08",
            "cover_name": "Dee Invented",
            "cover_email": "d@pdu.invalid",
        }
        answer = await caller.post(f"/api/v1/grades/{holder['id']}/away", json=away)
        assert (answer.json()["items"][0]["away_from"], answer.json()["items"][0]["cover_name"]) == (
            "2026-12-01",
            "Dee Invented",
        )
        listed = (await caller.get("/api/v1/grades?place=N55LEE")).json()["items"]
        assert [(one["name"], one["from"]) for one in listed] == [("Sandy Invented", "2026-11-22")]
        problem(await caller.put("/api/v1/grades", json=kept | {"place": "N54MCR"}), 422)
