"""What the templates of placements can be given."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from litestar.datastructures import MultiDict
from msgspec.structs import replace

from gateway.pages.meetings import in_two
from gateway.pages.page import links
from gateway.pages.placement_forms import FORMS, typed
from gateway.pages.placement_words import ACTS, GRAVE
from gateway.pages.placements import LISTS, search_of
from gateway.pages.refer_form import DECISION, PERSON, REFERRAL, REST, RISK, WANTED
from gateway.pages.search_form import Area
from schemas.errors import FieldFault
from schemas.meetings import Check, Meetings, Pair
from schemas.people import Person
from schemas.placements import (
    Approach,
    Happened,
    Placement,
    PlacementAct,
    PlacementRow,
    PremisesDay,
    Relocation,
    Risk,
    Suitability,
    Wanted,
)
from schemas.search import Association, PremisesAt

NOW = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
ID = UUID("0b5e0000-0000-4000-8000-000000000002")
AT = PremisesAt("LDS", "Example House", "LS2 9NZ")
HARROGATE = PremisesAt("HAR", "Invented Lodge", "HG1 1AA")

APPROACH = Approach(
    id=1,
    premises=AT,
    bed="LDS-03",
    asked_at=NOW - timedelta(days=2),
    asked_by="demo-practitioner",
    decides="premises",
    answer_by=NOW - timedelta(hours=1),
    outcome=None,
    reason=None,
    note="",
    answered_at=None,
    answered_by=None,
)
DECLINED = replace(
    APPROACH, id=2, outcome="declined", reason="full", note="Full until May.", answered_at=NOW, answered_by="jo"
)
PLACEMENT = Placement(
    id=ID,
    reference="PL-000123",
    person=Person(id=ID, crn="Z990001", noms="Z1234ZZ", name="Callum Imaginary", birth_date=date(1988, 3, 4)),
    state="offered",
    origin="referral",
    risk=Risk(to_staff="high", to_residents=None, rosh="very_high", note="Argues over shared kitchens."),
    gender="male",
    type="pipe",
    timeliness="emergency",
    arrives_on=date(2026, 11, 25),
    departs_on=date(2027, 2, 17),
    expected_departure=date(2027, 2, 17),
    wanted=Wanted(near="LS1 4AP", needs=["step_free"], preferred=["en_suite"], premises=["LDS", "HAR"]),
    suitability=Suitability(
        id=1,
        suitable=True,
        reason="risk_of_harm",
        note="",
        pointed_to=None,
        decided_at=NOW,
        decided_by="demo-practitioner",
        decided_role="practitioner",
    ),
    premises=AT,
    bed="LDS-03",
    arrive_by=NOW + timedelta(days=3),
    arrived_at=None,
    departed_at=None,
    alerted_at=None,
    away=None,
    away_since=None,
    away_until=None,
    ended_reason=None,
    ended_note="",
    move_on=None,
    checked_reason=None,
    association=Association(),
    waiting_since=NOW,
    waiting_until=NOW + timedelta(days=9),
    officer_name="Robin Invented",
    officer_email="robin@probation.invalid",
    referring_pdu="N55LEE",
    referring_region="N55",
    referred_by="demo-practitioner",
    referred_at=NOW,
    changed_at=NOW,
    approaches=[APPROACH, DECLINED],
    history=[
        Happened(at=NOW, kind="referred", what="AP referral made", note="", by="demo-practitioner", state="referred")
    ],
    withdrawal=["AP referral PL-000123"],
)
STAYING = replace(
    PLACEMENT,
    state="arrived",
    arrived_at=NOW,
    away="hospital",
    away_since=NOW,
    away_until=NOW + timedelta(days=2),
    checked_reason="no_time",
    association=Association.of(NOW),
    suitability=None,
    waiting_since=None,
    approaches=[],
    relocation=Relocation(
        from_premises=AT,
        to_premises=HARROGATE,
        to_bed="HAR-01",
        on=date(2026, 12, 1),
        emergency=True,
        reason="community",
        note="",
        state="asked",
        asked_at=NOW,
        asked_by="jo",
        settled_at=None,
    ),
)
GONE = replace(PLACEMENT, state="departed", departed_at=NOW, ended_reason="moved_on", ended_note="x", move_on="family")
LATE = replace(PLACEMENT, state="booked", alerted_at=NOW, person=Person(id=ID, limited_access=True), officer_email=None)
ROW = PlacementRow(
    id=ID,
    reference="PL-000123",
    state="booked",
    crn="Z990001",
    name="Callum Imaginary",
    limited_access=False,
    gender="male",
    type="standard",
    timeliness="short_notice",
    arrives_on=date(2026, 11, 22),
    departs_on=date(2027, 2, 14),
    premises="LDS",
    premises_name="Example House",
    bed="LDS-03",
    room="Room 3",
    arrive_by=NOW - timedelta(hours=1),
    arrived_at=None,
    departed_at=None,
    alerted_at=NOW,
    away=None,
    away_until=None,
    risk_to_staff="medium",
    risk_to_residents="low",
    answer_by=NOW - timedelta(minutes=5),
    decides="premises",
    referring_pdu="N55LEE",
    waiting_since=None,
)
OTHER = UUID("0b5e0000-0000-4000-8000-000000000003")
STAYS = replace(
    ROW, id=OTHER, state="arrived", arrived_at=NOW, away="police", away_until=NOW, departs_on=date(2026, 11, 21)
)
MASKED = replace(ROW, crn=None, name=None, limited_access=True, bed=None, premises_name=None, risk_to_staff=None)

CHOICE = [{"value": "", "text": "Choose one"}, {"value": "other", "text": "Another reason"}]
NOTHING: MultiDict[Any] = MultiDict()


def placement_page(placement: Placement, **context: Any) -> dict[str, Any]:
    return {
        "placement": placement,
        "now": NOW,
        "names": {of: {} for of in LISTS},
        "ended": "Moved on as planned" if placement.ended_reason else None,
        "wanted": ["Step-free"],
        "preferred": ["En-suite"],
        "acts": [{"act": act, "text": text, "grave": act in GRAVE} for act, (text, _question) in ACTS.items()],
        "search": search_of(placement),
        "meetings": placement.checked_reason is None,
        "searchable": placement.state == "offered",
        "cannot": [{"text": "Extend", "why": "No bed is booked yet."}],
        "done": "",
        "remarks": (),
        **context,
    }


def act_page(act: PlacementAct, **context: Any) -> dict[str, Any]:
    return {
        "placement": STAYING if act == "offer" else PLACEMENT,
        "meetings": act != "ask",
        "act": act,
        "button": ACTS[act][0],
        "question": ACTS[act][1],
        "grave": act in GRAVE,
        "fields": FORMS[act],
        "typed": typed(FORMS[act], NOTHING),
        "choices": {field.name: CHOICE[1:] for field in FORMS[act]},
        "key": "k",
        **context,
    }


def today_page(*, due: list[PlacementRow], leaving: list[PlacementRow], **context: Any) -> dict[str, Any]:
    day = PremisesDay(
        premises=AT, on=date(2026, 11, 22), arriving=due, departing=leaving, away=leaving, residents=len(leaving)
    )
    return {
        "day": day,
        "now": NOW,
        "due": due,
        "arrived": leaving,
        "leaving": leaving,
        "left": leaving,
        "others": ["HAR"],
        "reasons": CHOICE,
        "moves": CHOICE,
        "key": "k",
        "done": "",
        **context,
    }


STATES = {
    "states": [{"value": "", "text": "Every state"}],
    "more": "/x?cursor=1",
    "state_asked": "",
    "premises_asked": "",
}
REFER = {
    "wanted": WANTED,
    "risk": RISK,
    "rest": REST,
    "typed": typed(REFERRAL, NOTHING),
    "hidden": [("name", "Callum Imaginary"), ("suitability", "1")],
    "zones": [Area("LS1 4AP", "2"), Area()],
    "choices": {field.name: CHOICE for field in REFERRAL},
    "key": "k",
}
SUIT = {
    "person": PERSON,
    "decision": DECISION,
    "typed": typed((*PERSON, *DECISION), NOTHING),
    "carried": [("ask", "LDS")],
    "choices": {"reason": CHOICE, "suitable": CHOICE[1:]},
    "key": "k",
}
ONE_FAULT = links((FieldFault("reason", "Choose one"),))

PAIR = Pair(
    id=1,
    crn="Z990002",
    name="Jo Pretend",
    hidden=False,
    kind="non_associate",
    source="prison",
    note="Both wings know.",
    since=date(2026, 11, 1),
    until=date(2027, 11, 1),
    recorded_at=NOW,
    recorded_by="demo-practitioner",
    ended_at=None,
    ended_by=None,
    ended_note="",
)
HIDDEN = replace(PAIR, id=2, crn=None, name=None, hidden=True, note="", until=None)
ENDED = replace(PAIR, id=3, name=None, ended_at=NOW, ended_by="jo", ended_note="Reconciled")
CHECKS = [
    Check(outcome="recorded", against=["prison", "police"], note="", checked_at=NOW, checked_by="jo"),
    Check(outcome="not_possible", against=[], note="No answer", checked_at=NOW, checked_by="demo-practitioner"),
]


def meetings_page(*, checked: bool, pairs: list[Pair]) -> dict[str, Any]:
    return {
        "placement": PLACEMENT,
        "meetings": Meetings(
            person=ID, association=Association.of(NOW if checked else None), checks=CHECKS if checked else []
        ),
        "counting": in_two(pairs, NOW.date())[0],
        "over": in_two(pairs, NOW.date())[1],
        "names": {"must_not_meet": {"non_associate": "A non-associate"}, "meeting_source": {"prison": "The prison"}},
        "done": "The check is recorded.",
    }


PLACEMENT_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "placements": ("placement_list.html", STATES | {"placements": [ROW, STAYS, MASKED], "mine_asked": True}),
    "no placements": ("placement_list.html", STATES | {"placements": [], "mine_asked": False}),
    "placement offered": ("placement.html", placement_page(PLACEMENT, done="Accept: done.")),
    "placement of a resident": ("placement.html", placement_page(STAYING, remarks=("The bed is not step-free.",))),
    "placement departed": ("placement.html", placement_page(GONE, acts=[], cannot=[])),
    "placement of a limited-access person": ("placement.html", placement_page(LATE)),
    **{f"act {act}": ("placement_act.html", act_page(act)) for act in ACTS},
    "meetings": ("meetings.html", meetings_page(checked=True, pairs=[PAIR, HIDDEN, ENDED])),
    "meetings with nobody": ("meetings.html", meetings_page(checked=True, pairs=[])),
    "meetings not checked": ("meetings.html", meetings_page(checked=False, pairs=[])),
    "act with a fault": ("placement_act.html", act_page("decline", faults=ONE_FAULT)),
    "referrals to decide": ("referrals.html", {"referrals": [ROW, MASKED], "now": NOW, "more": "/referrals?cursor=1"}),
    "nothing to decide": ("referrals.html", {"referrals": [], "now": NOW, "more": None}),
    "today": ("today.html", today_page(due=[ROW], leaving=[STAYS], done="1 arrival is recorded.")),
    "today with nobody": ("today.html", today_page(due=[], leaving=[])),
    "today where": ("today_where.html", {}),
    "suitability": ("suitability.html", SUIT),
    "suitability with a fault": ("suitability.html", SUIT | {"faults": ONE_FAULT}),
    "not suitable": ("not_suitable.html", {"pointed_to": "the council"}),
    "refer": ("refer.html", REFER),
    "refer with a fault": ("refer.html", REFER | {"faults": links((FieldFault("avoid-postcode-1", "Give it"),))}),
}
