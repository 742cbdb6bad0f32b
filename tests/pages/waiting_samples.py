"""What the page of the waiting list can be given."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from gateway.pages.waiting import URGENCY
from schemas.search import PremisesAt
from schemas.waiting import PassedOver, Proposal, ProposedBed, Skip, WaitingEntry, WaitingPage

NOW = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
ID, OTHER = (UUID(f"0b5e0000-0000-4000-8000-00000000000{n}") for n in (1, 2))
AT = PremisesAt("AP1", "Example House", "LS1 4AP")
HOSTILE = "<script>alert('invented')</script>"
PROPOSED = ProposedBed(id=7, bed="AP1-1", premises=AT, kept_until=NOW, times=3, passed_over_count=2)
SKIP = Skip(
    id=3,
    bed="AP1-2",
    premises=AT,
    reason="residents",
    name="Because of who lives there",
    note=HOSTILE,
    instead="PL-000009",
    at=NOW,
    by="demo-central-referral-unit",
    taken_back_at=None,
)
ENTRY = WaitingEntry(
    id=ID,
    reference="PL-000001",
    place=1,
    why=["Emergency", "Risk of serious harm: high"],
    state="displaced",
    displaced=True,
    crn="X123456",
    name=HOSTILE,
    limited_access=False,
    gender="male",
    type="standard",
    timeliness="emergency",
    rosh="high",
    arrives_on=date(2026, 11, 25),
    departs_on=date(2027, 2, 17),
    near="LS1",
    needs=["step_free", "unknown"],
    referring_pdu="N55LEE",
    referring_region="N55",
    waiting_since=NOW,
    waiting_until=NOW,
    proposal=PROPOSED,
    skips=[SKIP],
    passed_over_count=2,
)
MASKED = WaitingEntry(
    id=OTHER,
    reference="PL-000002",
    place=4,
    why=["Standard"],
    state="offered",
    displaced=False,
    crn=None,
    name=None,
    limited_access=True,
    gender="female",
    type="pipe",
    timeliness="standard",
    rosh=None,
    arrives_on=date(2027, 3, 1),
    departs_on=date(2027, 3, 2),
    near="",
    needs=[],
    referring_pdu=None,
    referring_region=None,
    waiting_since=NOW,
    waiting_until=NOW,
    never="No bed for women has this: PIPE.",
)
PROPOSAL = Proposal(
    id=7,
    placement=ID,
    reference="PL-000001",
    crn="X123456",
    name=HOSTILE,
    limited_access=False,
    timeliness="emergency",
    rosh="high",
    bed="AP1-1",
    premises=AT,
    from_day=date(2026, 11, 25),
    until_day=date(2027, 2, 17),
    place=1,
    chosen_by="demo-central-referral-unit",
    times=3,
    proposed_at=NOW,
    kept_until=NOW,
    outcome=None,
    settled_at=None,
    settled_by=None,
    passed_over=[PassedOver("PL-000003", 1, "nights", "Not free")],
    passed_over_count=2,
)


def sample(items: list[WaitingEntry], **more: Any) -> dict[str, Any]:
    reasons = [{"value": "other", "text": "Another reason"}]
    return {
        "found": WaitingPage(as_of=NOW, of=len(items), order="Displaced first.", items=items),
        "proposals": {ID: PROPOSAL},
        "estate_asked": "",
        "skip_reasons": reasons,
        "leave_reasons": reasons,
        "names": {"step_free": "step-free"},
        "urgency": URGENCY,
        "done": "",
        "fault_of": {},
        "opened": "",
        "more": None,
        **more,
    }


FAULT = {"text": "Choose one", "href": f"#leave-{ID}-reason", "field": "reason"}
WAITING_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "waiting list": ("waiting.html", sample([ENTRY, MASKED], done="Done", more="/waiting?cursor=4")),
    "waiting list with a fault": (
        "waiting.html",
        sample([ENTRY], faults=[FAULT], fault_of={f"leave-{ID}-reason": "Choose one"}, opened=f"leave-{ID}"),
    ),
    "nobody waits": ("waiting.html", sample([], estate_asked="male")),
}
