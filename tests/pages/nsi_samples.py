"""What the templates of NSIs can be given."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from litestar.datastructures import FormMultiDict
from msgspec.structs import replace

from gateway.pages.clock_bars import bars
from gateway.pages.nsi_action_forms import evidence_fields, facts_of
from gateway.pages.nsi_acts import Offer
from gateway.pages.nsi_form import Form, Link
from gateway.pages.nsi_next import next_steps
from gateway.pages.nsi_queue import Asked, _groups, _whose  # the shapes that the template is given
from gateway.pages.nsi_raise_form import AMONG, NUMBER, fields_of, parts
from gateway.pages.nsi_review import ANSWERS, _answers  # as above
from gateway.pages.nsis import evidence_of
from gateway.pages.page import links
from gateway.pages.placement_forms import typed
from gateway.pages.police import bars as police_bars
from gateway.pages.queue_picture import queue_picture
from schemas.chasing import Escalation
from schemas.errors import FieldFault
from schemas.files import Document, PoliceLine, Reviewed
from schemas.locate import Named, Spoc
from schemas.nsi_parts import Caretaker, ClockPause, KnownAs, NsiNote, NsiQuestion, NsiReport
from schemas.nsi_preview import ComingAction, NsiPreview
from schemas.nsi_queue import QueueCounts, QueueDay, QueuePage, QueueRow
from schemas.nsis import (
    Action,
    Asks,
    Clock,
    Evidence,
    Happened,
    Nsi,
    NsiRow,
    Receiving,
    Responsible,
    Sending,
)
from schemas.people import Person

NOW = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ID = UUID("0b5e0000-0000-4000-8000-000000000001")
HOSTILE = "<script>alert('invented')</script>"

SPOC = Spoc(
    id=1,
    name="Sam Example-Contact",
    email="leeds.transfers@probation.invalid",
    phone="0113 496 0001",
    hours="Monday to Friday, 9:00 to 17:00",
    team="Leeds case transfers",
)
NSI = Nsi(
    id=ID,
    reference="NSI-000123",
    type="case_transfer",
    status="prepared",
    person=Person(id=ID, crn="Z990001", noms="Z1234ZZ", name="Callum Imaginary", birth_date=date(1988, 3, 4)),
    move_on=date(2026, 12, 27),
    address="14 Example Street, Leeds LS1 4AP",
    rosh="high",
    mappa="category 2, level 2",
    reason="Release to a sister's address.",
    sending=Sending(pdu=Named("N55BRA", "Bradford"), name="Robin Invented", email="robin@probation.invalid"),
    receiving=Receiving(region=Named("N55", "Yorkshire and the Humber"), pdu=Named("N55LEE", "Leeds"), spoc=SPOC),
    responsible=Responsible(pdu="Bradford", officer="Robin Invented", since=NOW - timedelta(days=90)),
    clocks=[
        Clock(rule="T-05", title="Home visit", due=date(2026, 11, 20), state="overdue"),
        Clock(rule="T-14", title="The whole transfer", due=date(2026, 12, 18), state="met", met_on=TODAY),
    ],
    actions=[Action(n=1, title="Arrange the handover", owner="Sending practitioner", due=date(2026, 12, 1))],
    missing=["birth_date", "something_new"],
    evidence={"crn": Evidence("CRN: Z990001", "body line 4", 1.0), "rosh": Evidence("high risk", "body line 9", 0.5)},
    history=[Happened(at=NOW, what="NSI prepared", by="gateway", status="prepared")],
    inbox_id=ID,
)
MASKED = replace(NSI, person=Person(id=ID, limited_access=True), evidence={}, clocks=[], actions=[], responsible=None)
ROW = NsiRow(
    id=ID,
    reference="NSI-000123",
    type="temporary_move",
    status="raised",
    crn="Z990001",
    name="Callum Imaginary",
    limited_access=False,
    move_on=date(2026, 12, 27),
    way="planned",
    sending_pdu="N55YRK",
    sending_pdu_name="York",
    receiving_pdu="N55LEE",
    receiving_pdu_name="Leeds",
    rosh="very_high",
    next_due=TODAY,
    overdue=True,
)
MASKED_ROW = replace(ROW, crn=None, name=None, limited_access=True, rosh=None, next_due=None, overdue=False)

WHOLE = replace(
    NSI,
    type="temporary_move",
    status="received",
    way="unannounced",
    until=date(2027, 1, 20),
    team="Leeds East",
    officer=HOSTILE,
    officer_email="officer@probation.invalid",
    missing=[],
    regime="Case Transfer Policy Framework, 2022",
    event_number=2,
    requirement="Residence",
    sub_type="family",
    known_as=[KnownAs(source="ndelius", reference="9912345")],
    reports=[
        NsiReport(source="bedspace", version=1, status="raised", at=NOW),
        NsiReport(source="ndelius", record=HOSTILE, version=7, status="received", at=NOW),
    ],
    caretaker=Caretaker(pdu=Named("N55HER", "Hull"), since=TODAY, until=date(2026, 12, 1), reason="Living there"),
    clocks=[
        replace(
            NSI.clocks[0],
            state="running",
            due=date(2026, 12, 30),
            owner="receiving practitioner",
            paused_until=date(2026, 12, 1),
            pause_days_left=3,
            pauses=[ClockPause(from_=TODAY, until=date(2026, 12, 1), reason="in_hospital", note=HOSTILE)],
        ),
        replace(NSI.clocks[1], state="due", due=TODAY, met_on=None, pause_days_left=2),
    ],
    actions=[
        replace(NSI.actions[0], done_at=NOW, done_by="demo-spo", not_applicable="A licence"),
        Action(
            n=2,
            kind="police_check",
            title="Ask for the police checks",
            owner="sending practitioner",
            rule="T-05",
            mandatory=True,
            due=TODAY - timedelta(days=1),
            skipped_by=["aco"],
            evidence={"asked_on": "2026-11-20", "concern": False, "how": "visit"},
            asks=[
                Asks(id="asked_on", title="Asked on", type="date", required=True),
                Asks(id="concern", title="Anything of concern", type="yes_no"),
                Asks(id="how", title="How", type="choice", options=[Named("visit", "Home visit")]),
                Asks(id="said", title="What was said", type="text"),
            ],
        ),
    ],
    documents=[
        Document(
            kind="assessment", title="Assessment", need="required", sent_on=TODAY, received_on=TODAY, complete=True
        ),
        Document(
            kind="mappa_notes",
            title="MAPPA notes",
            need="conditional",
            why="Where there are",
            complete=False,
            received_on=TODAY,
            lacking=HOSTILE,
        ),
        Document(kind="vlo", title="Victim information", need="not_applicable"),
    ],
    escalations=[
        Escalation(id=1, rule="T-05", step=2, due=TODAY, grade="spo", raised_at=NOW, raised_by="gateway"),
        Escalation(
            id=2,
            grade="spo",
            raised_at=NOW,
            raised_by="demo-practitioner",
            said=HOSTILE,
            answered_at=NOW,
            answered_by="demo-spo",
            answer="Telephoned.",
        ),
    ],
    notes=[NsiNote(at=NOW, by="demo-spoc", text=HOSTILE)],
    questions=[
        NsiQuestion(n=1, kind="x", said="Completed, and after it raised.", asked_at=NOW),
        NsiQuestion(
            n=2,
            kind="x",
            said="Raised twice.",
            asked_at=NOW,
            answered_at=NOW,
            answered_by="demo-spoc",
            answer="Looked.",
        ),
    ],
)
QUEUE_ROW = QueueRow(
    **{name: getattr(ROW, name) for name in NsiRow.__struct_fields__},
    receives=True,
    sends=False,
    team="Leeds East",
    officer=HOSTILE,
    clock=Clock(
        rule="T-05",
        title="Home visit",
        owner="receiving practitioner",
        due=TODAY - timedelta(days=2),
        state="overdue",
        paused_until=date(2026, 12, 1),
    ),
    owner_name=HOSTILE,
    escalations=2,
    told=["spo", "aco"],
)
MASKED_QUEUE_ROW = replace(
    QUEUE_ROW,
    crn=None,
    name=None,
    limited_access=True,
    rosh=None,
    clock=None,
    next_due=None,
    overdue=False,
    receives=False,
    sends=True,
    sending_pdu=None,
    sending_pdu_name=None,
    escalations=0,
    told=[],
    team=None,
    officer=None,
    owner_name=None,
)
QUEUE = QueuePage(
    items=[QUEUE_ROW, MASKED_QUEUE_ROW],
    counts=QueueCounts(overdue=1, due=2, due_soon=3, later=4, no_clock=1, high_risk=2),
    days=[QueueDay(TODAY - timedelta(days=2), 1), QueueDay(TODAY, 2), QueueDay(TODAY + timedelta(days=9), 4)],
    teams=["Leeds East"],
    officers=[Named("0123456789ab", "Sam Invented")],
)


def queue_page(found: QueuePage, **context: Any) -> dict[str, Any]:
    return {
        "groups": _groups(found.items),
        "counts": found.counts,
        "picture": queue_picture(found.days, TODAY),
        "today": TODAY,
        "asked": Asked(),
        "wide": False,
        "sides": [{"value": "", "text": "Both"}],
        "whose": _whose(found),
        "more": "/nsis?cursor=x",
        "only_overdue": "/nsis?overdue=1",
        **context,
    }


RIGHTS = dict.fromkeys(("action", "clock", "pause", "document", "answer", "escalation", "review", "component"), True)
NO_RIGHTS = dict.fromkeys(RIGHTS, False)


def nsi_page(nsi: Nsi, **context: Any) -> dict[str, Any]:
    return {
        "nsi": nsi,
        "today": TODAY,
        "steps": next_steps(nsi),
        "main_acts": [Offer("receive", "Receive it", main=True, grave=False)],
        "more_acts": [Offer("withdraw", "Withdraw it", main=False, grave=True)],
        "rights": RIGHTS,
        "skippable": [1, 2],
        "evidence_of": lambda line: evidence_of(line, {}),
        "names": {"clock_pause": {"in_hospital": "In hospital"}, "nsi_outcome": {}, "nsi_sub_type": {}},
        "bars": bars(nsi.clocks, date(2026, 11, 1), TODAY),
        "confirmable": True,
        "sendable": True,
        "message_shown": True,
        "done": "",
        **context,
    }


LINE = WHOLE.actions[1]
FORM = Form(
    action="nsi.action",
    question=LINE.title,
    button="It is done",
    done="action-done",
    command=Nsi,
    verb=lambda _works: next_steps,  # type: ignore[arg-type, return-value]  # nothing is done by a picture of it
    fields=evidence_fields(LINE.asks),
    hint="A hint",
    remarks=(HOSTILE,),
    facts=facts_of(LINE),
    choices={"how": [{"value": "", "text": "Choose one"}]},
    second="Keep this",
    also=(Link("It does not apply", "/x"),),
)
FORM_PAGE = {
    "nsi": NSI,
    "form": FORM,
    "address": f"/nsis/{ID}/actions/2",
    "typed": dict.fromkeys(("asked_on-day", "asked_on-month", "asked_on-year", "concern", "how", "said"), ""),
    "choices": FORM.choices,
    "key": "k",
}
REVIEW = {
    "nsi": NSI,
    "asked": [
        {
            "id": "aco_involved",
            "title": "An ACO",
            "rule": "T-19",
            "of": "High risk",
            "answers": _answers(["met", "not_met"]),
        }
    ],
    "given": {"aco_involved": ("not_met", HOSTILE)},
    "others": [Reviewed(question="aco_involved", answer="met", why=HOSTILE, read_by="demo-inspector", read_at=NOW)],
    "titles": {"aco_involved": "An ACO"},
    "answers": ANSWERS,
    "key": "k",
}
LINES = parts("planned", chooses=True)
EMPTY = typed((NUMBER, AMONG, *fields_of("planned", chooses=True)), FormMultiDict())
ONE = [{"value": "", "text": "Not given"}, {"value": "x", "text": HOSTILE}]
RAISE: dict[str, Any] = {
    "how": "planned",
    "others": [("/nsis/new?how=unannounced", "Raise who arrived")],
    "heading": "Raise an NSI",
    "says": "Before it is raised you see who receives.",
    "number": NUMBER,
    "parts": LINES,
    "among": None,
    "found": False,
    "typed": EMPTY,
    "choices": dict.fromkeys(("gender", "type", "rosh", "category", "level", "sending_pdu", "sub_type", "among"), ONE),
}
PREVIEW = NsiPreview(
    receiving=NSI.receiving,
    note="The deputy answers.",
    way="short_notice",
    days_to_move=3,
    regime="Case Transfer Policy Framework, 2022",
    clocks=[replace(one, owner="sending practitioner") for one in NSI.clocks],
    actions=[
        ComingAction(kind="x", title=HOSTILE, owner="sending SPO", rule="T-19", due=TODAY, mandatory=True),
        ComingAction(kind="y", title="Another", owner="case administrator", rule=None, due=None, mandatory=False),
    ],
    documents=[Document(kind="mappa_notes", title="MAPPA notes", need="conditional", why="Where there are")],
    missing=["birth_date"],
)
CHECK: dict[str, Any] = {
    "how": "planned",
    "heading": "Raise an NSI",
    "preview": PREVIEW,
    "said": [("Name", HOSTILE)],
    "today": TODAY,
    "hidden_pairs": [("how", "planned"), ("name", HOSTILE)],
    "key": "k",
}
CHECKS = [
    PoliceLine(
        pdu="N55LEE",
        pdu_name="Leeds",
        force="west_yorkshire",
        asked=4,
        returned=1,
        overdue=3,
        longest_days=25,
        median_days=6.5,
        alerted=True,
    ),
    PoliceLine(pdu="N55LEE", pdu_name="Leeds", force=HOSTILE, asked=1, returned=1, overdue=0, alerted=False),
]
POLICE: dict[str, Any] = {
    "lines": CHECKS,
    "bars": police_bars(CHECKS),
    "forces": {"west_yorkshire": "West Yorkshire Police"},
    "force_choices": [{"value": "", "text": "Every force"}],
    "force_asked": "",
    "overdue_asked": True,
}
FILTERS = {"statuses": [{"value": "", "text": "All"}], "more": "/x?cursor=1"}

NSI_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "queue by clock": ("nsi_queue.html", queue_page(QUEUE)),
    "queue by clock with nothing": (
        "nsi_queue.html",
        queue_page(QueuePage(items=[], counts=QueueCounts(), days=[], teams=[], officers=[]), more=None, sides=[]),
    ),
    "queue of the nation, narrowed": (
        "nsi_queue.html",
        queue_page(replace(QUEUE, items=[]), asked=Asked(overdue=True, high=True, pdu="N55LEE"), wide=True),
    ),
    "NSIs": ("nsi_list.html", FILTERS | {"nsis": [ROW, MASKED_ROW], "status_asked": "", "overdue_asked": True}),
    "no NSIs": ("nsi_list.html", FILTERS | {"nsis": [], "status_asked": "raised", "overdue_asked": False}),
    "NSI": ("nsi.html", nsi_page(NSI)),
    "NSI with everything": ("nsi.html", nsi_page(WHOLE, done="It is received.")),
    "NSI merged into another": (
        "nsi.html",
        nsi_page(
            replace(WHOLE, status="withdrawn", merged_into="NSI-000001", questions=[], escalations=[]), rights=NO_RIGHTS
        ),
    ),
    "NSI of a limited-access person": ("nsi.html", nsi_page(MASKED, confirmable=False)),
    "NSI just confirmed": ("nsi.html", nsi_page(replace(NSI, status="raised", missing=[]), done="Confirmed.")),
    "police checks": ("police_checks.html", POLICE),
    "no police checks": ("police_checks.html", POLICE | {"lines": [], "bars": []}),
    "raise an NSI": ("nsi_raise.html", RAISE),
    "raise an NSI, found and with faults": (
        "nsi_raise.html",
        RAISE
        | {
            "found": True,
            "among": AMONG,
            "typed": dict.fromkeys(EMPTY, HOSTILE),
            "faults": links((FieldFault("among", "Choose"), FieldFault("pnc", HOSTILE))),
        },
    ),
    "check before raising": ("nsi_raise_check.html", CHECK),
    "check before raising today": (
        "nsi_raise_check.html",
        CHECK | {"preview": replace(PREVIEW, days_to_move=0, documents=[], missing=[])},
    ),
    "review of a file": ("nsi_review.html", REVIEW),
    "review of a file with a fault": (
        "nsi_review.html",
        REVIEW | {"faults": links((FieldFault("why-aco_involved", "Say why"), FieldFault("aco_involved", "Choose")))},
    ),
    "act on an NSI": ("nsi_act.html", FORM_PAGE),
    "act on an NSI with a fault": (
        "nsi_act.html",
        FORM_PAGE | {"faults": links((FieldFault("asked_on", HOSTILE),), {"asked_on": "asked_on-day"})},
    ),
}
