"""What the templates of caretaking, both ends, components and the queue of the nation can be given."""

from datetime import UTC, date, datetime
from typing import Any, get_args
from uuid import UUID

from msgspec.structs import replace

from gateway.pages.custody_words import ENDS
from gateway.pages.national_forms import ADJUDICATE, decisions, owners
from schemas.challenges import ChallengePage, ChallengeRow
from schemas.components import Component
from schemas.custody import CaretakingPage, CaretakingRow, Counted
from schemas.ends import Ends, EndsPage, EndsState, MoveRow, NotReporting, RegionEnds, Reported
from schemas.move_review import MoveReview
from schemas.national import Search, SearchRow, Step, Tried
from schemas.nsis import Nsi
from tests.pages.locate_samples import act_page
from tests.pages.nsi_samples import HOSTILE, ID, NSI, nsi_page

NOW = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
OTHER = UUID("0b5e0000-0000-4000-8000-000000000002")

CARED = CaretakingRow(
    id=ID,
    by_pdu="N55LEE",
    for_pdu="N55YRK",
    from_=date(2026, 11, 2),
    until=date(2026, 12, 1),
    nsi="NSI-000123",
    reason=HOSTILE,
    crn="Z990001",
    name=HOSTILE,
)
CARETAKING = CaretakingPage(
    on=TODAY,
    counts=[Counted(code="N55LEE", name="Leeds", by_us=1, for_us=1)],
    items=[CARED, replace(CARED, id=OTHER, by_pdu="N55YRK", for_pdu="N55LEE", name=None, crn=None, until=None)],
)
MOVE = MoveRow(
    id=ID,
    reference="NSI-000123",
    type="case_transfer",
    status="in_progress",
    sending_pdu="N55YRK",
    sending_pdu_name="York",
    receiving_pdu="N55LEE",
    receiving_pdu_name="Leeds",
    out_on=date(2026, 11, 2),
    in_on=None,
    state="in_missing",
    chased=2,
    quiet=False,
)
STATES: tuple[EndsState, ...] = get_args(EndsState)
BOTH_ENDS = EndsPage(
    from_=date(2025, 11, 23),
    until=date(2026, 11, 23),
    counts=dict.fromkeys(STATES, 1),
    reported=Reported(out=12, in_=11, of=12),
    regions=[
        RegionEnds(
            code="N55", name="Yorkshire", out=3, in_=2, out_missing=0, in_missing=1, reports_out=True, reports_in=False
        )
    ],
    not_reporting=[NotReporting(region="N55", name="Yorkshire", which="in", from_=date(2026, 4, 1))],
    items=[replace(MOVE, id=UUID(int=n), state=state) for n, state in enumerate(STATES)]
    + [replace(MOVE, sending_pdu=None, sending_pdu_name=None, chased=None)],
)
ROW = SearchRow(
    id=ID,
    reference="HTP-000001",
    nsi=ID,
    placement=None,
    about="NSI-000123",
    crn="Z990001",
    name=HOSTILE,
    pdu="N55YRK",
    pdu_name="York",
    rosh="very_high",
    reason="victims",
    sought_at=NOW,
    leads=None,
    leads_since=None,
    outcome=None,
    closed_at=None,
    asked=0,
)
LED = replace(
    ROW,
    id=OTHER,
    nsi=None,
    placement=ID,
    about="PL-000001",
    name=None,
    crn=None,
    rosh=None,
    pdu_name=None,
    leads="Nat Example",
    leads_since=NOW,
    asked=3,
)
CLOSED = replace(LED, outcome="placed", closed_at=NOW)


def search(row: SearchRow, **more: Any) -> Search:
    given = {name: getattr(row, name) for name in row.__struct_fields__}
    whole = {"sought_by": "demo-practitioner", "tried": HOSTILE, "needed": HOSTILE, "approaches": [], "steps": []}
    return Search(**given | whole | more)


WHOLE = search(
    LED,
    approaches=[
        Tried(premises="AP1", name="Example House", asked_at=NOW, outcome="declined", reason="full"),
        Tried(premises="AP2", name="Example Lodge", asked_at=NOW, outcome=None, reason=None),
    ],
    steps=[
        Step(at=NOW, kind="sought", said="", by="demo-practitioner"),
        Step(at=NOW, kind="led", said=HOSTILE, by="demo-national-lead"),
        Step(at=NOW, kind="noted", said=None, by="demo-practitioner"),
    ],
)
CHALLENGE = ChallengeRow(
    id=ID,
    nsi=ID,
    reference="NSI-000123",
    reason="victim",
    said=HOSTILE,
    raised_at=NOW,
    raised_by="demo-practitioner",
    raised_pdu="N55LEE",
    adjudicate_by=date(2026, 11, 20),
    overdue=True,
    type="case_transfer",
    status="received",
    rosh="high",
    move_on=TODAY,
    sending_pdu=None,
    receiving_pdu="N55LEE",
)
PARTS = [
    Component(
        n=1,
        kind="order",
        title=HOSTILE,
        decides="court",
        held_by="originating_court",
        from_court="York Magistrates' Court",
        court="Leeds Magistrates' Court",
        applied_on=TODAY,
        left_open="The court sits in January.",
    ),
    Component(
        n=2,
        kind="programme",
        title="Thinking skills",
        decides="receiving",
        held_by="sending",
        decision="stays",
        decided_on=TODAY,
        reason="There is none there.",
        started_on=TODAY,
    ),
]
IN_CUSTODY: Nsi = replace(
    NSI,
    status="allocated",
    components=PARTS,
    ends=Ends(out_on=TODAY, in_on=None, state="in_missing"),
    move_reviews=[
        MoveReview(until=TODAY, asked_at=NOW),
        MoveReview(until=TODAY, asked_at=NOW, decision="extended", new_until=date(2026, 12, 24)),
        MoveReview(until=TODAY, asked_at=NOW, decision="returned", back_on=TODAY),
        MoveReview(until=TODAY, asked_at=NOW, decision="case_transfer", new_nsi="NSI-000124"),
    ],
    challenge_due=TODAY,
    hard_to_place=LED,
)
_NAMES = {"challenge": {"victim": "A victim lives near"}, "hard_to_place": {"victims": "Victims in every place"}}
_NATIONAL: dict[str, Any] = {
    "searches": [ROW, LED],
    "challenges": ChallengePage(items=[CHALLENGE, replace(CHALLENGE, overdue=False, rosh=None)]),
    "closed": False,
    "names": _NAMES,
    "adjudicates": True,
    "today": TODAY,
    "more": "/national?cursor=1.2",
    "done": "It is kept.",
}
_ENDS: dict[str, Any] = {
    "found": BOTH_ENDS,
    "asked": {"from": "", "until": "", "pdu": "", "region": "", "state": ""},
    "regions": [{"value": "", "text": "Every region"}],
    "states": [{"value": code, "text": text} for code, (text, _) in ENDS.items()],
    "quiet_regions": 3,
    "marks": True,
    "more": "/ends?cursor=1",
    "faults": [],
    "done": "",
}
_CARE: dict[str, Any] = {"found": CARETAKING, "ours": ("N55LEE",), "pdu": "", "ends": True, "more": None, "done": ""}
_NONE = EndsPage(
    from_=TODAY,
    until=TODAY,
    counts=dict.fromkeys(STATES, 0),
    reported=Reported(out=12, in_=12, of=12),
    regions=[],
    not_reporting=[],
    items=[],
)
CUSTODY_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "caretaking": ("caretaking.html", _CARE),
    "caretaking of a PDU": ("caretaking.html", _CARE | {"ours": (), "pdu": "N55LEE", "more": "/caretaking?cursor=x"}),
    "no caretaking": ("caretaking.html", _CARE | {"found": CaretakingPage(on=TODAY, counts=[], items=[])}),
    "both ends": ("ends.html", _ENDS),
    "no moves": ("ends.html", _ENDS | {"found": _NONE, "more": None, "done": "It is kept."}),
    "the queue of the nation": ("national.html", _NATIONAL),
    "searches that are closed": ("national.html", _NATIONAL | {"searches": [CLOSED], "closed": True, "done": ""}),
    "nobody is hard to place": (
        "national.html",
        _NATIONAL | {"searches": [], "challenges": ChallengePage(items=[]), "more": None, "adjudicates": False},
    ),
    "a search": (
        "national_search.html",
        {"search": WHOLE, "names": _NAMES | {"decline": {}}, "acts": [("lead", "Say who leads")], "done": ""},
    ),
    "a search that is closed": (
        "national_search.html",
        {"search": search(replace(ROW, outcome="placed")), "names": _NAMES | {"decline": {}}, "acts": [], "done": "x"},
    ),
    "an NSI in custody": ("nsi.html", nsi_page(IN_CUSTODY)),
    "a challenge to decide": act_page(
        ADJUDICATE,
        choices={"decision": decisions(), **{f"owner{n}": owners() for n in (1, 2, 3)}},
        facts=[("Why", "A victim lives near"), ("What the risk is", HOSTILE)],
    ),
}
