"""What the templates of acts on releases, of a notice, of a transfer pack and of a briefing can be given."""

from datetime import UTC, date, datetime
from typing import Any

from litestar.datastructures import FormMultiDict
from msgspec.structs import replace

from gateway.pages.briefing import FIELDS as DAYS
from gateway.pages.locate_act import Change, Place, empty
from gateway.pages.page import links
from gateway.pages.paper import said
from gateway.pages.paper_forms import PAPER
from gateway.pages.placement_forms import typed
from gateway.pages.refer_form import PERSON
from gateway.pages.release_acts import fields_of
from gateway.pages.release_forms import AMONG, FORMS
from gateway.pages.release_notice_form import FIELDS, PARTS
from gateway.pages.release_words import ACTS, GRAVE, WARN, ReleaseAct
from schemas.briefing import Briefing, ByRosh, Flow, LostBy, Nights, Reported, RuleMet
from schemas.errors import FieldFault
from schemas.files import Document
from schemas.locate import Located, Named, Spoc
from schemas.nsi_parts import NsiQuestion
from schemas.nsis import Action, Asks, Nsi
from schemas.releases import NoticeRelease, Release

NOW = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CHOICE = [{"value": "", "text": "Choose one"}, {"value": "a", "text": "A"}]


def act_page(act: ReleaseAct, release: Release, **context: Any) -> dict[str, Any]:
    fields = fields_of(act, release)
    return {
        "act": act,
        "button": ACTS[act][0],
        "question": ACTS[act][1],
        "warn": WARN.get(act, ""),
        "grave": act in GRAVE,
        "release": release,
        "fields": fields,
        "typed": typed((*fields, AMONG), FormMultiDict()),
        "choices": {field.name: CHOICE[1:] for field in (*fields, AMONG)},
        "key": "k",
        "today": TODAY,
        **context,
    }


def notice_page(**context: Any) -> dict[str, Any]:
    return {
        "parts": PARTS,
        "among": None,
        "typed": typed((*PERSON, *FIELDS, AMONG), FormMultiDict()),
        "choices": {field.name: CHOICE for field in (*FIELDS, AMONG)},
        **context,
    }


def check_page(notice: NoticeRelease, spoc: Spoc) -> dict[str, Any]:
    return {
        "command": notice,
        "prison": "HMP Leeds",
        "located": Located(
            read_as="LS1 4AP",
            pdu=Named("N55LEE", "Leeds"),
            region=Named("N55", "Yorkshire"),
            spoc=spoc,
            note="A deputy.",
        ),
        "asks": True,
        "earlier": TODAY,
        "due": ["The first appointment"],
        "hidden_pairs": [("name", notice.person.name)],
        "key": "k",
    }


def act_pages(release: Release) -> dict[str, tuple[str, dict[str, Any]]]:
    wrong = links((FieldFault("near", "The place lies in more than one PDU"),))
    several = act_page("change-of-mind", release)
    return {
        **{f"release act {act}": ("release_act.html", act_page(act, release)) for act in FORMS},
        "release act with a choice": (
            "release_act.html",
            several | {"fields": (*several["fields"], AMONG), "faults": wrong},
        ),
    }


def pack_page(nsi: Nsi, paper: Action | None, **context: Any) -> dict[str, Any]:
    return {"nsi": nsi, "paper": paper, "acts": [], "printed": NOW, "done": "", "said": said, **context}


LINE = Action(
    n=9,
    kind="paper_file",
    title="Send the paper file",
    owner="case administrator",
    due=TODAY,
    evidence={"dispatched_on": "2026-11-20", "carrier": "<script>alert('invented')</script>", "place": "Leeds"},
    asks=[
        Asks(id="dispatched_on", title="Sent on", type="date"),
        Asks(id="carrier", title="Carrier", type="text"),
        Asks(id="place", title="Where it is now", type="text"),
    ],
)


def pack_pages(nsi: Nsi, masked: Nsi) -> dict[str, tuple[str, dict[str, Any]]]:
    documents = [
        Document(
            kind="assessment", title="Assessment", need="required", sent_on=TODAY, received_on=TODAY, complete=True
        ),
        Document(kind="mappa_notes", title="MAPPA notes", need="not_applicable", why="Level 1"),
        Document(kind="contact_log", title="Contact log", need="required", complete=False, lacking="A page"),
    ]
    asked = NsiQuestion(n=1, kind="paper_missing", said="The paper file came without: MAPPA notes.", asked_at=NOW)
    full = replace(nsi, documents=documents, actions=[*nsi.actions, LINE], questions=[asked])
    none = replace(LINE, not_applicable="There is none", done_at=NOW, evidence={})
    acts = [{"href": "/nsis/1/paper/sent", "text": "Record that it was sent"}]
    return {
        "pack": ("pack.html", pack_page(full, LINE, acts=acts, done="It is recorded that the paper file was sent.")),
        "pack without a paper file": ("pack.html", pack_page(nsi, none)),
        "pack of a limited-access person": ("pack.html", pack_page(masked, None)),
        **{f"paper {name}": ("locate_act.html", paper_page(one.change)) for name, one in PAPER.items()},
    }


def paper_page(change: Change) -> dict[str, Any]:
    return {
        "change": change,
        "question": change.question,
        "place": Place(address="/nsis/1/paper/sent", caption="NSI-000001", back="NSI-000001", back_to="/nsis/1"),
        "typed": empty(change),
        "choices": {"missing": CHOICE[1:]},
        "hidden_pairs": [("key", "k")],
    }


FLOW = Flow(
    region=Named("N55", "Yorkshire and the Humber"),
    in_=12,
    out=None,
    within=1200,
    in_flight=7,
    overdue=None,
    held_for_others=0,
    held_by_others=5,
)
BRIEFING = Briefing(
    from_=date(2026, 8, 1),
    to=TODAY,
    region=None,
    made_at=NOW,
    reported=Reported(regions=11, of=12, silent=["Wales"], not_reporting=["Wales: arrivals"]),
    raised=1234,
    flows=[FLOW],
    total=replace(FLOW, region=Named("", "All regions")),
    rosh=[ByRosh(rosh="high", moves=20, percent=40.0), ByRosh(rosh=None, moves=None, percent=None)],
    rules=[
        RuleMet(
            regime="framework_2022",
            rule="T-05",
            title="Home visit",
            met=10,
            of=23,
            percent=43.5,
            overdue=13,
            not_applicable=None,
            not_recorded=0,
        ),
        RuleMet(
            regime="framework_2022",
            rule="T-09",
            title="Court",
            met=None,
            of=None,
            percent=None,
            overdue=None,
            not_applicable=0,
            not_recorded=0,
        ),
    ],
    nights=Nights(capacity=9000, occupied=8000, percent=88.9, lost=500, out_of_service=100, turnaround=200, empty=200),
    lost_by=[LostBy(reason="Deep clean", nights=100)],
    notes=["Counts from 1 to 4 are not said."],
)
EMPTY = replace(
    BRIEFING,
    region=Named("N55", "Yorkshire"),
    total=None,
    flows=[],
    rosh=[],
    rules=[],
    lost_by=[],
    reported=Reported(regions=0, of=1, silent=[], not_reporting=[]),
    nights=Nights(capacity=0, occupied=0, percent=None, lost=0, out_of_service=0, turnaround=0, empty=0),
)


def briefing_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    parts = {f"{field.name}-{part}": "1" for field in DAYS for part in ("day", "month", "year")}
    asked = {"fields": DAYS, "typed": parts | {"region": ""}, "regions": CHOICE}
    wrong = links((FieldFault("from", "The first day is after the last."),), {"from": "from-day"})
    return {
        "briefing": ("briefing.html", asked | {"found": BRIEFING}),
        "briefing of nothing": ("briefing.html", asked | {"found": EMPTY}),
        "briefing with a fault": ("briefing.html", asked | {"found": None, "faults": wrong}),
    }
