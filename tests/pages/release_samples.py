"""What the templates of releases can be given."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from gateway.pages.page import links
from gateway.pages.releases import offered, words_of
from schemas.errors import FieldFault
from schemas.locate import Named, Spoc
from schemas.nsis import NewPerson
from schemas.people import Person
from schemas.releases import (
    ForLicence,
    NoticeRelease,
    Release,
    ReleaseBed,
    ReleaseHappened,
    ReleaseNeed,
    ReleaseNsi,
    ReleaseQuestion,
    ReleaseRow,
)
from tests.pages.release_forms_samples import act_page, act_pages, check_page, notice_page

NOW = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ID = UUID("0b5e0000-0000-4000-8000-000000000003")
HOSTILE = "<script>alert('invented')</script>"
LEEDS = Named("N55LEE", "Leeds")
BRADFORD = Named("N55BAC", "Bradford and Calderdale")

SPOC = Spoc(id=1, name=HOSTILE, email="leeds@spoc.invalid", phone="01632 960000", hours="9 to 5", team="Transfers")

ROW = ReleaseRow(
    id=ID,
    reference="REL-000001",
    kind="release",
    state="needs_bed",
    crn="Z990001",
    name=HOSTILE,
    limited_access=False,
    prison="LEI",
    prison_name="HMP Leeds",
    release_on=TODAY,
    pdu="N55LEE",
    pdu_name="Leeds",
    rosh="high",
    placement=None,
    nsi=None,
    lacking=4,
    lacks=["Address or bed", "VLO told", "Police told", "Travel"],
    questions=1,
    asks=["which_date"],
)
MASKED_ROW = replace(
    ROW, kind="rotl", state="ready", crn=None, name=None, limited_access=True, lacking=0, lacks=[], questions=0
)
RELEASE = Release(
    id=ID,
    reference="REL-000001",
    person=Person(id=ID, crn="Z990001", name=HOSTILE, birth_date=date(1988, 3, 4)),
    kind="release",
    state="ready",
    prison=Named("LEI", "HMP Leeds"),
    release_on=TODAY,
    until=None,
    before_non_working=True,
    date_confirmed_at=None,
    date_confirmed_by=None,
    address="14 Example Street, Leeds LS1 4AP",
    address_checked="not_suitable",
    reside_where_approved=True,
    approved_address="Example House",
    provider="Invented Homes",
    arranged_address="15 Example Street",
    near="LS1 4AP",
    pdu=LEEDS,
    region=Named("N55", "Yorkshire and the Humber"),
    spoc=None,
    home_pdu=BRADFORD,
    gender="male",
    rosh="high",
    needs=[],
    nights=84,
    officer_name="Olu Example",
    officer_email="olu@probation.invalid",
    released_on=None,
    ended_reason=None,
    noticed_at=NOW,
    noticed_by="demo-prison-staff",
    changed_at=NOW,
    must_exist=[
        ReleaseNeed(need="bed", title="Address or bed", owner="practitioner", due=TODAY, state="lacking"),
        ReleaseNeed(
            need="vlo", title="VLO told", owner="practitioner", due=TODAY, state="not_applicable", not_applicable="None"
        ),
    ],
    must_exist_today=["Address or bed"],
    questions=[ReleaseQuestion(id=1, kind="which_date", said="Which day is meant?", asked_at=NOW)],
    placement=ReleaseBed(
        id=ID,
        reference="PL-000001",
        state="booked",
        premises="AP1",
        bed="AP1-1",
        arrives_on=TODAY,
        departs_on=NOW.date(),
    ),
    nsi=ReleaseNsi(
        id=ID,
        reference="NSI-000001",
        type="temporary_move",
        status="raised",
        pdu=LEEDS,
        move_on=TODAY,
        spoc=SPOC,
        open=True,
    ),
    for_the_licence=ForLicence(
        name="Example House", address="LS1 4AP", hour=NOW, contact="Example desk", phone="01632 960000", hours="always"
    ),
    search=None,
    history=[ReleaseHappened(at=NOW, what="Notice received", note="", by="demo-prison-staff")],
)
BARE = replace(
    RELEASE,
    person=Person(id=ID, limited_access=True),
    state="needs_bed",
    address=None,
    address_checked=None,
    approved_address=None,
    arranged_address=None,
    provider=None,
    before_non_working=False,
    rosh=None,
    officer_name=None,
    officer_email=None,
    must_exist_today=[],
    questions=[],
    placement=None,
    nsi=None,
    for_the_licence=None,
)

NOTICE = NoticeRelease(
    person=NewPerson(name=HOSTILE, crn="Z990001"), prison="LEI", release_on=TODAY, near="LS1 4AP", rosh="high"
)
OFFERS = [
    {"act": "confirm-date", "text": "Confirm the day", "grave": False, "bed": False},
    {"act": "suitability", "text": "Decide", "grave": False, "bed": True},
    {"act": "need", "text": "This exists now", "grave": False, "bed": False},
    {"act": "cancel", "text": "Cancel the release", "grave": True, "bed": False},
]
_CHOICE = [{"value": "", "text": "Every state"}]
_BOARD: dict[str, Any] = {
    "asked": {"state": "", "week": "", "lacking": False, "prison": ""},
    "choices": {"state": _CHOICE, "week": _CHOICE},
    "filtered": False,
    "noticeable": True,
    **words_of(TODAY),
}
_ONE: dict[str, Any] = {**words_of(TODAY), **offered(RELEASE, []), "search": [], "done": ""}
RELEASE_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "releases": ("release_board.html", _BOARD | {"releases": [ROW, MASKED_ROW], "more": "/releases?cursor=x"}),
    "no releases": ("release_board.html", _BOARD | {"releases": [], "more": None}),
    "no such releases": (
        "release_board.html",
        _BOARD
        | {"releases": [], "more": None, "filtered": True, "faults": links((FieldFault("prison", "There is none"),))},
    ),
    "release": ("release.html", _ONE | {"release": RELEASE}),
    "release to act on": (
        "release.html",
        _ONE
        | {"release": replace(BARE, person=RELEASE.person, questions=RELEASE.questions, suits=True)}
        | offered(BARE, OFFERS)
        | {"answers": {"which_date": OFFERS[0]}, "search": [("near", "LS1 4AP")], "done": "The notice is given."},
    ),
    "release of a limited-access person": ("release.html", _ONE | {"release": BARE}),
    "release noticed": ("release_notice.html", notice_page()),
    "release notice with a fault": (
        "release_notice.html",
        notice_page(faults=links((FieldFault("release_on", "Past"),), {"release_on": "release_on-day"})),
    ),
    "release notice checked": ("release_check.html", check_page(NOTICE, SPOC)),
    "release act masked": ("release_act.html", act_page("cancel", BARE)),
    **act_pages(RELEASE),
}
