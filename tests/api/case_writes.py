"""What is sent to each door about a case that writes, and by which row of the table."""

from collections.abc import Callable
from typing import Any

from tests.api.write_sides import SECRET, Side
from tests.api.writes import Write

NSI = "/nsis/{nsi_id:uuid}"
RELEASE = "/releases/{release_id:uuid}"
Body = Callable[[Side], Any]


def _nsi(action: str, path: str, key: str = "out", /, **body: Any) -> Write:
    return Write(f"nsi.{action}" if "." not in action else action, f"POST {NSI}/{path}", (key,), lambda _: body)


def _line(path: str, **body: Any) -> Write:
    end = f"/{path}" if path else ""
    return Write("nsi.action", f"POST {NSI}/actions/{{n:int}}{end}", ("out", "line"), lambda _: body)


def _release(action: str, path: str, key: str = "release", /, **body: Any) -> Write:
    return Write(f"release.{action}", f"POST {RELEASE}/{path}", (key,), lambda _: body)


def _person(side: Side) -> dict[str, str]:
    return {"name": f"{SECRET} Invented", "crn": side["crn"], "birth_date": "1980-02-03"}


def _raise(side: Side) -> dict[str, Any]:
    ends = {"sending_pdu": side["pdu"], "destination": "Sunderland"}
    return {"type": "case_transfer", "person": _person(side), "move_on": "2027-01-11", **ends}


def _came(side: Side) -> dict[str, Any]:
    return {"person": _person(side), "arrived_on": "2026-11-20", "destination": side["called"]}


def _report(side: Side) -> dict[str, Any]:
    told = {"source": "ndelius", "version": 1, "status": "raised", "status_at": "2026-11-20T10:00:00Z"}
    record = {**_raise(side), "referred_on": "2026-11-02"}
    return {**told, "external_reference": f"new-{side['crn']}", "record": record}


def _notice(side: Side) -> dict[str, Any]:
    where = {"prison": side["prison"], "near": side["called"], "home_pdu": side["pdu"]}
    return {"person": {**_person(side), "gender": "male"}, "release_on": "2027-01-12", **where}


NSIS = [
    Write("nsi.raise", "POST /nsis", body=_raise),
    Write("nsi.unannounced", "POST /nsis/unannounced", body=_came),
    Write("nsi.report", "POST /nsis/reports", body=_report),
    Write("nsi.confirm", f"POST {NSI}/confirm", ("prepared",), sent_in=True),
    _nsi("status", "status", status="received"),
    _nsi("reroute", "reroute", "in", to="Hull", reason="other_address"),
    _nsi("allocate", "allocate", team="Team one"),
    Write("nsi.note", f"POST {NSI}/notes", ("out",), lambda _: {"text": "Seen today."}, by_crn=True),
    _nsi("change", "change", reason="changed_mind", withdraw=True),
    Write("nsi.merge", f"POST {NSI}/merge", ("twin",), lambda side: {"into": side["twin_of"]}),
    _nsi("unmerge", "unmerge", "merged"),
    Write(
        "nsi.answer",
        f"POST {NSI}/questions/{{n:int}}/answer",
        ("asked", "question"),
        lambda _: {"answer": "By mistake"},
    ),
    Write(
        "region.in_flight",
        "PUT /regions/{region:str}/cases-in-flight",
        ("region",),
        lambda _: {"how": "tracker"},
    ),
    _line(""),
    _line("evidence", evidence={}),
    _line("not-applicable", why="It is complete"),
    _line("reopen", why="By mistake"),
    _line("assign", to="Sam"),
    _nsi("action", "actions", title="Ring the hostel"),
    _nsi("clock", "clocks/met", rule="T-05"),
    _nsi("pause", "clocks/pause", rule="T-14", until="2026-11-30", reason="in_custody"),
    _nsi("pause", "clocks/resume", "slow", rule="T-14"),
    _nsi("concern", "concerns", said="Nobody answers"),
    Write(
        "escalation.answer",
        f"POST {NSI}/escalations/answer",
        ("slow",),
        lambda side: {"escalation": side["concern"], "answer": "I have rung them"},
    ),
    _nsi("document", "documents", kind="assessment", sent_on="2026-11-20"),
    Write(
        "case.review",
        f"POST {NSI}/reviews",
        ("out",),
        lambda _: {"answers": [{"question": "home_visit_5wd", "answer": "met"}]},
        by_crn=True,
    ),
    _nsi("challenge", "challenge", "in", reason="victim", said="A victim lives near"),
    Write(
        "nsi.adjudicate",
        "POST /challenges/{challenge_id:uuid}/decide",
        ("challenge",),
        lambda _: {"decision": "goes_on", "why": "It can be managed"},
    ),
]

COMPONENT = f"{NSI}/components/{{n:int}}"
SEEKS = {"reason": "victims", "tried": "Three said no", "needed": "No victim near"}
SEARCH = "/hard-to-place/{search_id:uuid}"


def _component(path: str, n: int, /, **body: Any) -> Write:
    return Write("nsi.component", f"POST {COMPONENT}/{path}", ("parts", str(n)), lambda _: body)


def _search(action: str, path: str, /, **body: Any) -> Write:
    return Write(f"national.{action}", f"POST {SEARCH}/{path}", ("search",), lambda _: body)


PARTS = [
    _nsi("component", "components", items=[{"kind": "programme", "title": "Thinking skills"}]),
    _component("apply", 1, court="Leeds"),
    _component("decide", 2, decision="transferred"),
    _component("start", 2),
    _component("leave-open", 1, why="The court sits in January"),
    Write("nsi.end", f"POST {NSI}/ends", ("gone",), lambda _: {"which": "out"}, sent_in=True),
    _nsi("review_move", "move-review", "away", decision="returned"),
    _nsi("paper", "paper/sent", "out", carrier="Courier"),
    _nsi("paper", "paper/place", "paper", place="Sorting office"),
    _nsi("paper", "paper/received", "paper", received_by="Sam"),
]

NATION = [
    Write("national.seek", f"POST {NSI}/hard-to-place", ("out",), lambda _: SEEKS, sent_in=True),
    _search("lead", "lead", leads="Nat Invented"),
    Write("national.note", f"POST {SEARCH}/notes", ("search",), lambda _: {"said": "Also asked Hull"}, sent_in=True),
    _search("close", "close", outcome="withdrawn", said="Found one ourselves"),
    Write("ends.mark", "POST /ends/not-reporting", body=lambda side: {**_reports(side, "in"), "from": "2026-11-01"}),
    Write("ends.mark", "POST /ends/reporting", body=lambda side: {**_reports(side, "out"), "on": "2026-11-20"}),
]


def _reports(side: Side, which: str) -> dict[str, str]:
    return {"region": side["region"], "which": which}


CUSTODY = [
    Write(
        "responsibility.hand_over",
        "POST /responsibility/hand-over",
        body=lambda side: {"person": str(side["out_person"]), "officer": "Lee Invented"},
        by_crn=True,
    ),
    Write(
        "responsibility.take_over",
        "POST /responsibility/take-over",
        body=lambda side: {
            "person": str(side["in_person"]),
            "pdu": side["pdu"],
            "reason": "agreed",
            "evidence": "Both SPOs",
        },
        by_crn=True,
    ),
    Write(
        "caretaking.record",
        "POST /caretaking",
        body=lambda side: {"person": str(side["in_person"]), "by_pdu": side["pdu"]},
        by_crn=True,
    ),
    Write("caretaking.end", "POST /caretaking/{caretaking_id:uuid}/end", ("caretaking",)),
]

RELEASES = [
    Write("release.notice", "POST /releases", body=_notice, anywhere=True),
    _release("address", "address", outcome="not_suitable", address="4 Example Street, Leeds LS1 4AP"),
    _release("approve", "approve", address="4 Example Street, Leeds LS1 4AP"),
    _release("arrange", "arrange", provider="Homes", address="9 Example Road, Leeds LS1 4AP"),
    _release("need", "need", need="licence_conditions"),
    _release("change", "change", release_on="2027-01-12"),
    _release("change", "change-of-mind", near="York"),
    _release("confirm_date", "confirm-date", release_on="2027-01-05"),
    _release("cancel", "cancel", reason="recalled"),
    _release("refer", "refer", ask=["AP1"]),
    _release("released", "released", on="2026-11-23"),
    _release("returned", "returned", "rotl"),
    _release("move_on", "move-on", "stay", near="York", case_transfer=False, note="Comes back in May"),
]

CASES = [*NSIS, *PARTS, *NATION, *CUSTODY, *RELEASES]
