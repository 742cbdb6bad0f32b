"""What the templates of premises can be given."""

from datetime import UTC, date, datetime
from typing import Any

from litestar.datastructures import FormMultiDict
from msgspec.structs import replace

from bedspace.premises.read import Around, ClosureShown, Report
from gateway.pages import premises_words
from gateway.pages.page import links
from gateway.pages.placement_forms import typed
from gateway.pages.placement_words import DECIDERS, TYPES
from gateway.pages.premises import RIGHTS
from gateway.pages.premises_forms import FORMS
from schemas.errors import FieldFault
from schemas.outages import Outage, OutageRevision
from schemas.premises import (
    BedRow,
    Change,
    Contact,
    PremisesDetail,
    PremisesRow,
    Restriction,
    RoomRow,
    Stale,
    Unconfirmed,
    Version,
)

NOW = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HOSTILE = "<script>alert('invented')</script>"
SINCE = date(2021, 6, 26)

BEDS = [
    BedRow(code="AP1-1", opens=SINCE, closes=None, confirmed_at=NOW, confirmed_by="demo-premises-staff", reports=2),
    BedRow(code="AP1-2", opens=date(2027, 1, 1), closes=date(2027, 6, 1), confirmed_at=None),
    BedRow(code="AP1-T1", opens=SINCE, closes=date(2027, 1, 1), confirmed_at=None, temporary=True),
]
ROW = PremisesRow(
    code="AP1",
    name=HOSTILE,
    postcode="LS1 4AP",
    lat=53.8,
    lon=-1.5,
    pdu="N55LEE",
    region="N55",
    gender="male",
    type="pipe",
    invented=True,
    closed_from=date(2027, 6, 1),
    beds=2,
    unconfirmed=1,
    characteristics=["catered"],
)
ONE = PremisesDetail(
    **{name: getattr(ROW, name) for name in ROW.__struct_fields__},
    decides="premises",
    arrive_by="17:00",
    depart_by="12:00",
    turnaround_nights=1,
    rooms=[RoomRow(name="Room 1", characteristics=["step_free", "unknown"], beds=BEDS)],
    contacts=[Contact(purpose="referral", name=HOSTILE, phone="0113 496 0001", email="ap1@x.invalid", hours="Always")],
    restrictions=[
        Restriction(id=1, characteristic="catered", from_=SINCE, until=None, reason=HOSTILE),
        Restriction(id=2, characteristic="step_free", from_=date(2027, 1, 1), until=date(2027, 2, 1), reason="Lift"),
    ],
)
CLOSURE = ClosureShown(
    closed_from=date(2027, 6, 1),
    reason_name="The lease ends",
    note=HOSTILE,
    approved_by="A Director",
    approved_on=TODAY,
    approval_reference="D-1",
    recorded_at=NOW,
    recorded_by="demo-premises-manager",
)
NAMES = {"step_free": "Step-free", "catered": "Catered"}
AROUND = Around(
    pdu="Leeds",
    region="Yorkshire",
    closure=CLOSURE,
    reports=[Report(id=1, bed="AP1-1", said=HOSTILE, reported_at=NOW, reported_by="demo-practitioner")],
    names=NAMES,
)
SAID: dict[str, Any] = {
    "from_": TODAY,
    "until": date(2026, 12, 1),
    "reason": "deep_clean",
    "reason_name": "A deep clean",
    "reference": "WO-1",
    "note": HOSTILE,
}
OUTAGE = Outage(
    id=1,
    premises="AP1",
    room="Room 1",
    bed="AP1-1",
    state="current",
    reference_kind="work_order",
    revisions=[OutageRevision(n=1, cancelled=False, at=NOW, by="x", **SAID)],
    **SAID,
)
EMPTY = replace(ONE, rooms=[], contacts=[], restrictions=[], characteristics=[], beds=0, unconfirmed=0)
VERSION = Version(
    n=2,
    act="details_changed",
    counts_from=TODAY,
    made_at=NOW,
    made_by="demo-premises-manager",
    changes=[
        Change(where="premises", what="name", was="Old", now=HOSTILE),
        Change(where="room Room 1", what="characteristics", was="step_free", now=None),
        Change(where="bed AP1-2", what="opens", was=None, now="2027-01-01"),
        Change(where="contact referral", what="phone", was="1", now="2"),
    ],
)


def one(shown: PremisesDetail, *, rights: bool, **more: Any) -> dict[str, Any]:
    return {
        "premises": shown,
        "around": AROUND,
        "today": TODAY,
        "stale": frozenset({"AP1-1"}),
        "shut": ["AP1-9"],
        "outages": [OUTAGE],
        "rights": dict.fromkeys(RIGHTS, rights),
        "type_names": TYPES,
        "deciders": DECIDERS,
        "said": premises_words,
        "done": "",
        "address": "/premises/AP1",
        **more,
    }


CHOICE = [{"value": "male", "text": "Men"}, {"value": "female", "text": "Women"}]
FIELDS = {field.name for form in FORMS.values() for field in form.fields}


def form(which: str, **more: Any) -> dict[str, Any]:
    made = FORMS[which]
    return {
        "form": made,
        "question": made.question % {"on": "AP1-1"},
        "premises": ONE,
        "address": "/premises/AP1",
        "which": which,
        "on": HOSTILE,
        "typed": typed(made.fields, FormMultiDict()),
        "was": {"name": HOSTILE},
        "choices": dict.fromkeys(FIELDS, CHOICE),
        "key": "k",
        **more,
    }


LIST: dict[str, Any] = {
    "typed": dict.fromkeys(("called", "region", "pdu", "gender", "type"), ""),
    "mine": ("AP1",),
    "today": TODAY,
    "names": {"N55": "Yorkshire"},
    "regions": CHOICE,
    "pdus": CHOICE,
    "types": CHOICE,
    "type_names": TYPES,
    "more": "/premises?cursor=AP1",
}
STALE = Stale(code="AP1", name=HOSTILE, pdu=None, region=None, beds=2, unconfirmed=["AP1-1"], oldest=NOW)
OLD = {"region": "", "regions": CHOICE, "more": None}
FAULTS = links((FieldFault("from", "Give a real date"),), {"from": "from-day"})

PREMISES_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "list of premises": (
        "premises_list.html",
        LIST | {"rows": [ROW, replace(ROW, code="AP2", closed_from=SINCE, beds=0), replace(ROW, unconfirmed=0)]},
    ),
    "no premises": ("premises_list.html", LIST | {"rows": [], "mine": (), "more": None}),
    "beds nobody confirmed": (
        "premises_unconfirmed.html",
        OLD | {"found": Unconfirmed(days=1, beds=1, of=9, items=[STALE, replace(STALE, oldest=None)], next="AP1")},
    ),
    "all beds confirmed": ("premises_unconfirmed.html", OLD | {"found": Unconfirmed(days=7, beds=0, of=9, items=[])}),
    "premises": ("premises.html", one(ONE, rights=True, done="Done")),
    "premises of others": ("premises.html", one(ONE, rights=False)),
    "premises with nothing": (
        "premises.html",
        one(EMPTY, rights=True, around=replace(AROUND, closure=None, reports=[], pdu=None), outages=[], shut=[]),
    ),
    "history of premises": (
        "premises_history.html",
        {"premises": ONE, "versions": [VERSION, replace(VERSION, changes=VERSION.changes * 4)], "names": NAMES}
        | {"said": premises_words, "address": "/premises/AP1", "more": "/x"},
    ),
    "premises never changed": (
        "premises_history.html",
        {"premises": ONE, "versions": [], "names": NAMES, "said": premises_words, "address": "/x", "more": None},
    ),
    **{f"premises: {which}": ("premises_act.html", form(which)) for which in FORMS},
    "premises: close, with a fault": ("premises_act.html", form("close", faults=FAULTS)),
}
