"""Who may what, by API: every door against every role."""

from typing import Any, get_args
from uuid import uuid4

import msgspec
import pytest

from gateway.access.accounts import accounts, demo_actor
from gateway.access.permissions import table
from schemas.words import Role
from tests.api.problem import problem
from tests.api.serving import Served
from tests.premises.making import premises

NOT_FOR_PEOPLE = {"operator", "gateway", "sender_link"}
NOBODY = uuid4()
PAIR = {"person": str(NOBODY), "other": "Z990002", "kind": "non_associate", "source": "prison"}
SEEKS = {"reason": "victims", "tried": "x", "needed": "x"}
CONTACT = {"at": "2026-11-20T10:00:00Z", "kind": "appointment", "outcome": "attended"}
PERSON = {"name": "Ash Invented", "birth_date": "1980-02-03"}
CAME = {"person": PERSON, "arrived_on": "2026-11-21", "destination": "LS1 4AP"}

DOORS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("bedspace.search", "GET", "/api/v1/premises", {}),
    ("bedspace.search", "GET", "/api/v1/premises/AP1", {}),
    ("bedspace.search", "GET", "/api/v1/characteristics", {}),
    (
        "bedspace.search",
        "POST",
        "/api/v1/bedspaces/search",
        {"json": {"near": "LS1 4AP", "from": "2027-01-11", "nights": 7, "gender": "male"}},
    ),
    (
        "hold.place",
        "POST",
        "/api/v1/holds",
        {"json": {"bed": "AP1-1", "from": "2027-01-11", "nights": 7, "reason": "Referral"}},
    ),
    ("hold.end", "DELETE", "/api/v1/holds/999", {}),
    ("bedspace.search", "GET", "/api/v1/offences", {}),
    ("meeting.record", "POST", "/api/v1/must-not-meet", {"json": PAIR}),
    (
        "meeting.check",
        "POST",
        "/api/v1/must-not-meet/checks",
        {"json": {"person": str(NOBODY), "outcome": "none_known", "against": ["prison"]}},
    ),
    ("meeting.read", "POST", "/api/v1/must-not-meet/look", {"json": {"person": str(NOBODY)}}),
    ("meeting.end", "POST", "/api/v1/must-not-meet/999/end", {"json": {"note": "x"}}),
    (
        "outage.keep",
        "POST",
        "/api/v1/beds/AP1-1/out-of-service",
        {"json": {"from": "2027-03-01", "until": "2027-03-02", "reason": "closure"}},
    ),
    (
        "outage.keep",
        "POST",
        "/api/v1/outages/999/revisions",
        {"json": {"from": "2027-03-01", "until": "2027-03-02", "reason": "closure"}},
    ),
    ("outage.keep", "POST", "/api/v1/outages/999/cancel", {"json": {}}),
    ("outage.read", "GET", "/api/v1/outages/999", {}),
    (
        "overbooking.keep",
        "POST",
        "/api/v1/premises/AP1/overbookings",
        {"json": {"from": "2026-11-22", "until": "2026-11-23", "reason": "displaced"}},
    ),
    ("overbooking.keep", "POST", "/api/v1/overbookings/AP9-T1/until", {"json": {"until": "2026-11-23"}}),
    ("overbooking.read", "GET", "/api/v1/premises/AP1/overbookings", {}),
    ("bed.ready", "POST", "/api/v1/beds/AP1-1/ready", {}),
    ("outage.read", "GET", "/api/v1/premises/AP1/outages", {}),
    (
        "release.notice",
        "POST",
        "/api/v1/releases",
        {"json": {"person": PERSON, "prison": "LEI", "release_on": "2027-01-05", "near": "LS1 4AP"}},
    ),
    ("release.list", "GET", "/api/v1/releases", {}),
    ("release.read", "GET", f"/api/v1/releases/{NOBODY}", {}),
    ("release.address", "POST", f"/api/v1/releases/{NOBODY}/address", {"json": {"outcome": "suitable"}}),
    ("release.approve", "POST", f"/api/v1/releases/{NOBODY}/approve", {"json": {"address": "x"}}),
    ("release.arrange", "POST", f"/api/v1/releases/{NOBODY}/arrange", {"json": {"provider": "x", "address": "x"}}),
    ("release.need", "POST", f"/api/v1/releases/{NOBODY}/need", {"json": {"need": "place"}}),
    ("release.change", "POST", f"/api/v1/releases/{NOBODY}/change", {"json": {"release_on": "2027-01-06"}}),
    ("release.change", "POST", f"/api/v1/releases/{NOBODY}/change-of-mind", {"json": {"near": "LS1 4AP"}}),
    ("release.confirm_date", "POST", f"/api/v1/releases/{NOBODY}/confirm-date", {"json": {"release_on": "2027-01-06"}}),
    ("release.cancel", "POST", f"/api/v1/releases/{NOBODY}/cancel", {"json": {"reason": "recalled"}}),
    ("release.refer", "POST", f"/api/v1/releases/{NOBODY}/refer", {"json": {}}),
    ("release.released", "POST", f"/api/v1/releases/{NOBODY}/released", {"json": {}}),
    ("release.returned", "POST", f"/api/v1/releases/{NOBODY}/returned", {"json": {}}),
    ("release.move_on", "POST", f"/api/v1/releases/{NOBODY}/move-on", {"json": {"near": "LS1 4AP"}}),
    ("locate", "GET", "/api/v1/locate?near=LS1+4AP", {}),
    ("locate", "GET", "/api/v1/locator/spocs?pdu=N55LEE", {}),
    ("spoc.keep", "PUT", "/api/v1/locator/spocs", {"json": {"from": "2026-12-01", "spocs": []}}),
    ("spoc.keep", "POST", "/api/v1/locator/spocs/999/end", {"json": {"on": "2026-12-01"}}),
    ("spoc.absence", "POST", "/api/v1/locator/spocs/999/absences", {"json": {"from": "2026-12-01"}}),
    ("spoc.absence", "POST", "/api/v1/locator/absences/999/end", {"json": {"on": "2026-12-01"}}),
    ("locate", "GET", "/api/v1/locator/split-authorities", {}),
    ("locate", "GET", "/api/v1/locator/sectors?authority=E08000025", {}),
    ("sectors.keep", "PUT", "/api/v1/locator/sectors", {"json": {"from": "2026-12-01", "sectors": []}}),
    ("locate", "GET", "/api/v1/locator/coverage", {}),
    (
        "pdu.keep",
        "PUT",
        "/api/v1/locator/pdus",
        {"json": {"code": "N55NEW", "region": "N55", "name": "New", "from": "2027-01-01"}},
    ),
    ("pdu.keep", "POST", "/api/v1/locator/pdus/N99XXX/end", {"json": {}}),
    (
        "pdu.keep",
        "PUT",
        "/api/v1/locator/authorities",
        {"json": {"gss": "E99999999", "name": "New", "pdus": ["N55LEE"], "from": "2027-01-01"}},
    ),
    (
        "nsi.reroute",
        "POST",
        f"/api/v1/nsis/{NOBODY}/reroute",
        {"json": {"to": "York", "reason": "other_area"}},
    ),
    *(
        (f"nsi.{action}", "POST", f"/api/v1/nsis/{path}", {"json": body})
        for action, path, body in (
            ("allocate", f"{NOBODY}/allocate", {"team": "Transfers"}),
            ("note", f"{NOBODY}/notes", {"text": "x"}),
            ("answer", f"{NOBODY}/questions/9/answer", {"answer": "x"}),
            ("merge", f"{NOBODY}/merge", {"into": "NSI-999999"}),
            ("unmerge", f"{NOBODY}/unmerge", {}),
            ("change", f"{NOBODY}/change", {"reason": "changed_mind", "withdraw": True}),
            ("unannounced", "unannounced", CAME),
            ("unannounced", "unannounced/preview", CAME),
            (
                "report",
                "reports",
                {
                    "source": "ndelius",
                    "external_reference": "1",
                    "version": 1,
                    "status": "raised",
                    "status_at": "2026-11-20T10:00:00Z",
                    "reference": "NSI-999999",
                },
            ),
        )
    ),
    ("region.in_flight", "PUT", "/api/v1/regions/N99/cases-in-flight", {"json": {"how": "tracker"}}),
    ("schemas.read", "GET", "/api/v1/schemas", {}),
    ("schemas.read", "GET", "/api/v1/schemas/nsi", {}),
    (
        "intake.store",
        "POST",
        "/api/v1/intake",
        {"content": b"Subject: A move\r\n\r\n", "headers": {"Content-Type": "message/rfc822"}},
    ),
    ("changes.read", "GET", "/api/v1/changes", {}),
    ("delivery.list", "GET", "/api/v1/deliveries", {}),
    ("delivery.list", "GET", "/api/v1/nsis/NSI-999999/log", {}),
    ("delivery.replay", "GET", "/api/v1/deliveries/999/dry-run", {}),
    ("delivery.replay", "POST", "/api/v1/deliveries/999/replay", {}),
    ("delivery.replay", "POST", "/api/v1/deliveries/replay", {"json": {"connection": "none-out"}}),
    ("connection.read", "GET", "/api/v1/connections", {}),
    ("connection.read", "GET", "/api/v1/connections/york-crams", {}),
    (
        "connection.keep",
        "PUT",
        "/api/v1/connections/york-crams",
        {"json": {"title": "x", "area": "N55YRK", "system": "email_notice", "channel": "http", "account": "york"}},
    ),
    ("connection.pause", "POST", "/api/v1/connections/york-crams/pause", {"json": {"why": "x"}}),
    ("connection.pause", "POST", "/api/v1/connections/york-crams/resume", {}),
    ("connection.test", "POST", "/api/v1/connections/york-crams/test", {"content": b"x"}),
    ("inbox.read", "GET", "/api/v1/inbox", {}),
    ("inbox.read", "GET", f"/api/v1/inbox/{NOBODY}", {}),
    ("inbox.read", "GET", f"/api/v1/inbox/{NOBODY}/records", {}),
    ("nsi.list", "GET", "/api/v1/nsis", {}),
    ("nsi.list", "GET", "/api/v1/nsis/queue", {}),
    ("nsi.read", "GET", f"/api/v1/nsis/{NOBODY}", {}),
    ("nsi.confirm", "POST", f"/api/v1/nsis/{NOBODY}/confirm", {}),
    ("nsi.status", "POST", f"/api/v1/nsis/{NOBODY}/status", {"json": {"status": "received"}}),
    ("nsi.clock", "POST", f"/api/v1/nsis/{NOBODY}/clocks/met", {"json": {"rule": "T-05"}}),
    (
        "nsi.pause",
        "POST",
        f"/api/v1/nsis/{NOBODY}/clocks/pause",
        {"json": {"rule": "T-14", "until": "2026-12-01", "reason": "in_custody"}},
    ),
    ("nsi.pause", "POST", f"/api/v1/nsis/{NOBODY}/clocks/resume", {"json": {"rule": "T-14"}}),
    ("nsi.concern", "POST", f"/api/v1/nsis/{NOBODY}/concerns", {"json": {"said": "Nobody answers"}}),
    (
        "escalation.answer",
        "POST",
        f"/api/v1/nsis/{NOBODY}/escalations/answer",
        {"json": {"escalation": 1, "answer": "I have rung them"}},
    ),
    ("nsi.document", "POST", f"/api/v1/nsis/{NOBODY}/documents", {"json": {"kind": "assessment"}}),
    ("briefing.read", "GET", "/api/v1/briefing", {}),
    ("nsi.paper", "POST", f"/api/v1/nsis/{NOBODY}/paper/sent", {"json": {"carrier": "x"}}),
    ("nsi.paper", "POST", f"/api/v1/nsis/{NOBODY}/paper/place", {"json": {"place": "x"}}),
    ("nsi.paper", "POST", f"/api/v1/nsis/{NOBODY}/paper/received", {"json": {"received_by": "x"}}),
    ("nsi.forecast", "GET", "/api/v1/nsis/forecast", {}),
    ("police.report", "GET", "/api/v1/police-checks", {}),
    ("case.review", "GET", "/api/v1/reviews/questions", {}),
    ("case.review", "GET", f"/api/v1/nsis/{NOBODY}/reviews", {}),
    (
        "case.review",
        "POST",
        f"/api/v1/nsis/{NOBODY}/reviews",
        {"json": {"answers": [{"question": "enforcement", "answer": "fully"}]}},
    ),
    ("grade.list", "GET", "/api/v1/grades", {}),
    (
        "grade.keep",
        "PUT",
        "/api/v1/grades",
        {"json": {"grade": "spo", "place": "N55LEE", "name": "Sandy", "email": "spo@pdu.invalid"}},
    ),
    ("grade.keep", "POST", "/api/v1/grades/999/away", {"json": {"from": "2026-12-01"}}),
    ("nsi.action", "POST", f"/api/v1/nsis/{NOBODY}/actions/1", {}),
    ("nsi.action", "POST", f"/api/v1/nsis/{NOBODY}/actions", {"json": {"title": "Ring the hostel"}}),
    ("nsi.action", "POST", f"/api/v1/nsis/{NOBODY}/actions/1/evidence", {"json": {"evidence": {}}}),
    ("nsi.action", "POST", f"/api/v1/nsis/{NOBODY}/actions/1/not-applicable", {"json": {"why": "A licence"}}),
    ("nsi.action", "POST", f"/api/v1/nsis/{NOBODY}/actions/1/reopen", {"json": {"why": "By mistake"}}),
    ("nsi.action", "POST", f"/api/v1/nsis/{NOBODY}/actions/1/assign", {"json": {"to": "Sam"}}),
    *(
        (
            "nsi.raise",
            "POST",
            f"/api/v1/nsis{path}",
            {
                "json": {
                    "type": "case_transfer",
                    "person": {"name": "Robin Invented", "birth_date": "1990-02-03"},
                    "move_on": "2026-12-18",
                    "destination": "LS1 4AP",
                    "sending_pdu": "N55YRK",
                }
            },
        )
        for path in ("", "/preview")
    ),
    (
        "suitability.decide",
        "POST",
        "/api/v1/suitability",
        {"json": {"person": PERSON, "suitable": True, "reason": "risk_of_harm", "pdu": "N55LEE"}},
    ),
    (
        "placement.refer",
        "POST",
        "/api/v1/placements",
        {"json": {"person": PERSON, "gender": "male", "arrives_on": "2027-01-11", "pdu": "N55LEE"}},
    ),
    ("responsibility.read", "GET", f"/api/v1/persons/{NOBODY}/responsibility", {}),
    (
        "responsibility.hand_over",
        "POST",
        "/api/v1/responsibility/hand-over",
        {"json": {"person": str(NOBODY), "officer": "Sam"}},
    ),
    (
        "responsibility.take_over",
        "POST",
        "/api/v1/responsibility/take-over",
        {"json": {"person": str(NOBODY), "pdu": "N55LEE", "reason": "agreed", "evidence": "Minuted."}},
    ),
    ("case.read", "GET", f"/api/v1/people/{NOBODY}", {}),
    ("sentence.read", "GET", f"/api/v1/people/{NOBODY}/sentences", {}),
    ("contact.read", "GET", f"/api/v1/people/{NOBODY}/contacts", {}),
    ("registration.read", "GET", f"/api/v1/people/{NOBODY}/registrations", {}),
    ("registration.mismatches", "GET", "/api/v1/registrations/mismatches", {}),
    ("need.read", "GET", f"/api/v1/people/{NOBODY}/needs", {}),
    ("visor.switch", "PUT", "/api/v1/regions/N99/visor", {"json": {"on": True}}),
    *(
        (action, "POST", f"/api/v1/people/{NOBODY}/{path}", {"json": body})
        for action, path, body in (
            ("sentence.record", "sentences", {"kind": "order", "code": "cro", "starts_on": "2026-01-05"}),
            ("sentence.record", f"sentences/{NOBODY}/change", {"hours_done": 3}),
            ("sentence.record", f"sentences/{NOBODY}/requirements", {"kind": "curfew", "title": "x"}),
            ("sentence.record", f"sentences/{NOBODY}/requirements/1/end", {}),
            ("contact.record", "contacts", CONTACT),
            ("contact.record", f"contacts/{NOBODY}/outcome", {"outcome": "attended"}),
            ("contact.import", "contacts/import", {"source": "crams", "pdu": "N55LEE", "contacts": [CONTACT]}),
            ("enforcement.record", "enforcement", {"kind": "recall"}),
            ("enforcement.record", f"enforcement/{NOBODY}/outcome", {"outcome": "upheld"}),
            ("registration.record", "registrations", {"kind": "rosh", "level": "high"}),
            ("registration.record", f"registrations/{NOBODY}/end", {}),
            ("person.identify", "aliases", {"name": "Ash Example"}),
            ("person.identify", "identifiers", {"kind": "crn", "value": "X765432"}),
            ("person.merge", "merge", {"merged": str(NOBODY), "reason": "The same prints"}),
            ("person.merge", f"merges/{NOBODY}/undo", {"reason": "Brothers"}),
            ("need.record", "needs", {"needs": [{"kind": "none"}]}),
            ("need.record", "ethnicity", {"ethnicity": "not_stated"}),
        )
    ),
    ("challenge.list", "GET", "/api/v1/challenges", {}),
    ("challenge.read", "GET", f"/api/v1/nsis/{NOBODY}/challenges", {}),
    ("nsi.challenge", "POST", f"/api/v1/nsis/{NOBODY}/challenge", {"json": {"reason": "victim", "said": "x"}}),
    ("nsi.adjudicate", "POST", f"/api/v1/challenges/{NOBODY}/decide", {"json": {"decision": "goes_on", "why": "x"}}),
    ("caretaking.list", "GET", "/api/v1/caretaking", {}),
    *(
        ("national.seek", "POST", f"/api/v1/{what}/{NOBODY}/hard-to-place", {"json": SEEKS})
        for what in ("nsis", "placements")
    ),
    ("national.list", "GET", "/api/v1/hard-to-place", {}),
    ("national.read", "GET", f"/api/v1/hard-to-place/{NOBODY}", {}),
    ("national.lead", "POST", f"/api/v1/hard-to-place/{NOBODY}/lead", {"json": {"leads": "x"}}),
    ("national.note", "POST", f"/api/v1/hard-to-place/{NOBODY}/notes", {"json": {"said": "x"}}),
    ("national.close", "POST", f"/api/v1/hard-to-place/{NOBODY}/close", {"json": {"outcome": "placed", "said": "x"}}),
    ("nsi.component", "POST", f"/api/v1/nsis/{NOBODY}/components", {"json": {"from_record": True}}),
    *(
        ("nsi.component", "POST", f"/api/v1/nsis/{NOBODY}/components/1/{path}", {"json": body})
        for path, body in (
            ("apply", {"court": "x"}),
            ("decide", {"decision": "transferred"}),
            ("start", {}),
            ("leave-open", {"why": "x"}),
        )
    ),
    ("ends.list", "GET", "/api/v1/ends", {}),
    ("nsi.end", "POST", f"/api/v1/nsis/{NOBODY}/ends", {"json": {"which": "out"}}),
    (
        "ends.mark",
        "POST",
        "/api/v1/ends/not-reporting",
        {"json": {"region": "N9", "which": "in", "from": "2026-01-01"}},
    ),
    ("ends.mark", "POST", "/api/v1/ends/reporting", {"json": {"region": "N99", "which": "in", "on": "2026-02-01"}}),
    ("nsi.review_move", "POST", f"/api/v1/nsis/{NOBODY}/move-review", {"json": {"decision": "returned"}}),
    ("caretaking.record", "POST", "/api/v1/caretaking", {"json": {"person": str(NOBODY), "by_pdu": "N55LEE"}}),
    ("caretaking.end", "POST", f"/api/v1/caretaking/{NOBODY}/end", {"json": {}}),
    ("placement.list", "GET", "/api/v1/placements", {}),
    ("waiting.list", "GET", "/api/v1/waiting", {}),
    ("waiting.list", "GET", "/api/v1/proposals", {}),
    ("waiting.join", "POST", f"/api/v1/placements/{NOBODY}/wait", {"json": {}}),
    ("waiting.leave", "POST", f"/api/v1/placements/{NOBODY}/leave-waiting", {"json": {"reason": "not_wanted"}}),
    ("waiting.offer", "POST", "/api/v1/proposals/999/offer", {}),
    ("waiting.skip", "POST", "/api/v1/proposals/999/skip", {"json": {"reason": "not_ready"}}),
    ("waiting.skip", "POST", "/api/v1/skips/999/take-back", {}),
    ("placement.read", "GET", f"/api/v1/placements/{NOBODY}", {}),
    ("placement.list", "GET", "/api/v1/premises/AP1/day", {}),
    *(
        (f"placement.{action}", "POST", f"/api/v1/placements/{NOBODY}/{path}", {"json": body})
        for action, path, body in (
            ("ask", "ask", {"premises": ["AP1"]}),
            ("offer", "offer", {"bed": "AP1-1"}),
            ("accept", "accept", {}),
            ("decline", "decline", {"reason": "full"}),
            ("withdraw", "withdraw", {"reason": "duplicate"}),
            ("arrive", "arrive", {}),
            ("not_arrived", "not-arrived", {"reason": "hospital"}),
            ("depart", "depart", {"reason": "moved_on"}),
            ("extend", "extend", {"until": "2027-05-01"}),
            ("shorten", "shorten", {"until": "2027-02-01"}),
            ("needs", "needs", {"needs": []}),
            ("cancel", "cancel", {"reason": "died"}),
            ("away", "away", {"where": "hospital"}),
            ("back", "back", {}),
            ("relocate", "relocate", {"bed": "AP1-1", "on": "2026-12-01", "reason": "closure"}),
            ("relocation_accept", "relocation/accept", {}),
            ("relocation_decline", "relocation/decline", {"reason": "full"}),
            ("relocation_undo", "relocation/undo", {}),
        )
    ),
]


DOORS += [
    ("premises.history", "GET", "/api/v1/premises/AP1/history", {}),
    (
        "premises.import",
        "POST",
        "/api/v1/premises/import",
        {"content": b"premises,room,bed\nAP1,Room 1,AP1-1\n", "headers": {"Content-Type": "text/csv"}},
    ),
    ("bedspace.search", "GET", "/api/v1/premises/export", {}),
    (
        "premises.keep",
        "PUT",
        "/api/v1/premises/AP1",
        {"json": msgspec.to_builtins(premises("AP1", [["step_free"], []]))},
    ),
    ("premises.keep", "PATCH", "/api/v1/premises/AP1", {"json": {"arrive_by": "18:00"}}),
    ("premises.keep", "PATCH", "/api/v1/premises/AP1/rooms", {"json": {"name": "Room 1", "characteristics": []}}),
    ("premises.keep", "POST", "/api/v1/premises/AP1/beds", {"json": {"bed": "AP1-new", "room": "Room 1"}}),
    ("premises.keep", "PATCH", "/api/v1/beds/AP1-1", {"json": {"room": "Room 2"}}),
    ("premises.keep", "POST", "/api/v1/beds/AP1-1/close", {"json": {"from": "2027-03-01"}}),
    ("premises.keep", "POST", "/api/v1/beds/AP1-1/open", {"json": {}}),
    (
        "premises.keep",
        "PUT",
        "/api/v1/premises/AP1/contacts/general",
        {"json": {"name": "The office", "phone": "01632 960000", "email": "ap1@ap.invalid", "hours": "Always"}},
    ),
    ("premises.keep", "DELETE", "/api/v1/premises/AP1/contacts/general", {}),
    (
        "premises.keep",
        "POST",
        "/api/v1/premises/AP1/restrictions",
        {"json": {"characteristic": "lift", "reason": "It is being repaired"}},
    ),
    ("premises.keep", "POST", "/api/v1/premises/AP1/restrictions/1/end", {"json": {}}),
    ("premises.confirm", "POST", "/api/v1/premises/AP1/confirm", {}),
    ("premises.confirm", "POST", "/api/v1/beds/AP1-1/confirm", {}),
    ("premises.report", "POST", "/api/v1/beds/AP1-1/report", {"json": {"said": "The room has no bathroom"}}),
    ("bedspace.search", "GET", "/api/v1/beds/unconfirmed", {}),
    (
        "premises.close",
        "POST",
        "/api/v1/premises/AP1/close",
        {
            "json": {
                "from": "2027-04-01",
                "reason": "lease",
                "approved_by": "A director",
                "approved_on": "2026-11-20",
                "reference": "D/1",
            }
        },
    ),
    ("premises.close", "POST", "/api/v1/premises/AP1/reopen", {"json": {}}),
    ("occupancy.read", "GET", "/api/v1/premises/AP1/calendar", {}),
    ("occupancy.read", "GET", "/api/v1/occupancy", {}),
    ("occupancy.read", "GET", "/api/v1/occupancy/lost", {}),
    ("occupancy.read", "GET", "/api/v1/occupancy/forecast", {}),
    ("bedspace.search", "GET", "/api/v1/lists", {}),
    ("bedspace.search", "GET", "/api/v1/lists/departure", {}),
    ("list.keep", "PUT", "/api/v1/lists/departure/died", {"json": {"name": "Has died"}}),
    ("list.keep", "PUT", "/api/v1/characteristics/lift", {"json": {"name": "A lift", "scope": "premises"}}),
]


def test_there_is_one_demo_account_for_every_role_that_is_given_out() -> None:
    roles = [actor.role for actor in accounts().values()]
    assert sorted(roles) == sorted(set(get_args(Role)) - NOT_FOR_PEOPLE)


@pytest.mark.parametrize("role", sorted(set(get_args(Role)) - NOT_FOR_PEOPLE))
async def test_a_role_may_do_at_each_door_what_the_table_says_and_nothing_else(served: Served, role: str) -> None:
    async with served.caller(demo_actor(role)) as caller:
        for action, method, path, body in DOORS:
            answer = await caller.request(method, path, **body)
            if role in table()[action]:
                assert answer.status_code in {200, 201, 202, 404, 409}, (method, path, answer.text)
            else:
                assert action in problem(answer, 403)["detail"]


async def test_every_door_of_the_api_is_in_this_list(served: Served) -> None:
    doors = {
        (method.upper(), path)
        for path, item in served.app.openapi_schema.to_schema()["paths"].items()
        for method in item
        if path.startswith("/api/")
    }
    seen = set()
    for _, method, path, _ in DOORS:
        handler = served.app.asgi_router.handle_routing(path=path.partition("?")[0], method=method)
        seen.add((method, handler[4]))
    assert len(doors) == len(seen)


async def test_without_a_token_every_door_is_401_before_anything_is_read(served: Served) -> None:
    async with served.client() as nobody:
        for _, method, path, _ in DOORS:
            answer = await nobody.request(method, path, content=b"{malformed")
            assert "bedspace token practitioner" in problem(answer, 401)["detail"]
            assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_session_of_the_pages_is_no_token(served: Served) -> None:
    async with served.client() as browser:
        form = await browser.get("/sign-in")
        assert form.status_code == 200
        browser.cookies.set("bedspace_session", "anything")
        problem(await browser.get("/api/v1/premises"), 401)


async def test_a_refusal_is_audited(served: Served) -> None:
    async with served.caller("auditor") as caller:
        problem(await caller.post("/api/v1/holds", json=DOORS[4][3]["json"]), 403)
    row = await served.opening.works.pool.fetchrow("select actor, action, outcome from audit order by id desc limit 1")
    assert row is not None
    assert tuple(row) == ("demo-auditor", "hold.place", "not_allowed")
