"""What each template can be given, so that each can be rendered without a database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from litestar.datastructures import MultiDict
from msgspec.structs import replace

from bedspace.occupancy.calendar import calendar
from bedspace.occupancy.forecast import forecast
from bedspace.occupancy.grid import _grid, from_rows  # the shape that the template is given
from bedspace.occupancy.lost import lost
from bedspace.occupancy.rows import Rows
from gateway.access.accounts import demo_actor
from gateway.access.actors import Actor
from gateway.pages.calendar import _offered  # the shape that the template is given
from gateway.pages.calendar_picture import picture
from gateway.pages.find_a_bed import _results  # the shape that the template is given
from gateway.pages.forecast_chart import chart
from gateway.pages.grid_cells import sheet
from gateway.pages.map import Marked, draw
from gateway.pages.occupancy_form import Asked, read_asked
from gateway.pages.page import links, may, navigation
from gateway.pages.search_form import Area, Typed
from gateway.pages.templates import environment
from schemas.claims import Hold, HoldEnded
from schemas.errors import FieldFault
from schemas.inbox import InboxItem
from schemas.mail import CapturedMail, CapturedRow
from schemas.search import Association, Avoid, Hit, NearMiss, Need, PremisesAt, Shortlist
from tests.occupancy.worlds import bed, claim, day, rows
from tests.pages.case_samples import CASE_PAGES
from tests.pages.custody_samples import CUSTODY_PAGES
from tests.pages.locate_samples import LOCATE_PAGES
from tests.pages.nsi_samples import MASKED, MASKED_ROW, NSI, NSI_PAGES, ROW
from tests.pages.placement_samples import PLACEMENT_PAGES
from tests.pages.premises_samples import PREMISES_PAGES
from tests.pages.release_forms_samples import briefing_pages, pack_pages
from tests.pages.release_samples import RELEASE_PAGES
from tests.pages.waiting_samples import WAITING_PAGES

NOW = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ID = UUID("0b5e0000-0000-4000-8000-000000000001")

ITEM = InboxItem(inbox_id=ID, state="review", received_at=NOW, missing=["name"], reason="The message names nobody.")

AWAY = "BD1 1HX"
TYPED = Typed(
    near="LS1 4AP",
    day="11",
    month="1",
    year="2027",
    nights="84",
    gender="male",
    needs=["step_free"],
    avoid=[Area(AWAY, "10")],
)
NEED = Need(
    near="LS1 4AP", from_=date(2027, 1, 11), nights=84, gender="male", needs=["step_free"], avoid=[Avoid(AWAY, 10)]
)
BOXES = [{"value": "step_free", "text": "Step-free"}, {"value": "en_suite", "text": "En-suite"}]
CHOICES_OF_A_SEARCH = {
    "needs": BOXES,
    "offences": [{"value": "arson", "text": "Arson"}],
    "types": [{"value": "", "text": "Any type"}, {"value": "pipe", "text": "PIPE"}],
    "premises": [("LDS", "Example House")],
}
HOLD = Hold(id=4711, bed="LDS-03", from_=date(2027, 1, 11), nights=84, reason="x", expires_at=NOW)
AT = PremisesAt("LDS", "Example House", "LS2 9NZ")
HIT = Hit(
    premises=AT, bed="LDS-03", miles=1.0, reasons=["step-free room"], lat=53.81, lon=-1.55, from_=date(2027, 1, 11)
)
MISS = NearMiss(premises=AT, miles=8.2, why=["full"], fits_if=["free from 3 December 2026"], lat=53.7, lon=-1.6)
FAULTS = links((FieldFault("near", "Enter a postcode"), FieldFault("from", "Enter a day")), {"from": "from-day"})


def found(hits: list[Hit], misses: list[NearMiss]) -> dict[str, Any]:
    marks = [Marked("1", "hit", (hit.lat, hit.lon)) for hit in hits]
    return {
        "typed": TYPED,
        "need": NEED,
        "leaves": date(2027, 4, 5),
        "need_names": ["step-free"],
        "choices": CHOICES_OF_A_SEARCH,
        "apart": True,
        "away": 1,
        "place": "LS1 4AP",
        "link": "/find-a-bed?near=LS1+4AP",
        "more": 50,
        "map": draw((53.8, -1.55), marks, [("York", (53.96, -1.08))], [(53.8, -1.5)]),
        **_results(
            Shortlist(
                as_of=NOW,
                hits=hits,
                near_misses=misses,
                timeliness="standard",
                association=Association(),
                invented=True,
            ),
            NEED,
            "",
        ),
    }


CHOICES = {"choices": [{"value": "spoc", "text": "SPOC", "hint": {"text": "Sam"}}], "next": "/"}
LISTS = {"states": [{"value": "", "text": "All"}], "statuses": [{"value": "", "text": "All"}], "more": "/x?cursor=1"}
MAIL = CapturedMail(id=1, at=NOW, message_id="m", sender="a@x.invalid", to="b@x.invalid", subject="NSI-1", text="t")
PIECES = [{"text": "Open ", "href": ""}, {"text": "http://127.0.0.1/nsis/1", "href": "/nsis/1"}]
WAYS = [{"href": "/find-a-bed", "text": "Find a bed", "what": "Beds"}]

NAMES = {"step_free": "Step-free", "en_suite": "En-suite", "ground_floor": "Ground floor"}
BEDS = rows(
    claim(1, "stay", -9, -2, overdue=True),
    claim(2, "booking", 2, 9),
    claim(2, "hold", 9, 12),
    claim(3, "out_of_service", 1, 5, reason="deep_clean"),
    claim(4, "stay", -3, None),
    claim(5, "stay", -3, 1),
    claim(5, "turnaround", 1, 2),
    beds=[bed(n, 1, "step_free") for n in (1, 2, 3, 4)]
    + [bed(5, 1, "en_suite", closes=day(9)), bed(6, 1, temporary=True, opens=day(3))],
)
NO_BEDS = rows(beds=[])
REGIONS = [{"value": "R1", "text": "North 1"}]


def asked_of(first: date = TODAY, **query: str) -> Asked:
    return read_asked(MultiDict({"from": first.isoformat(), **query}), TODAY, 14)


def calendar_page(world: Rows, **context: Any) -> dict[str, Any]:
    shown = calendar(world, NOW, needs=("step_free",), known=NAMES)
    return {
        "asked": asked_of(),
        "found": shown,
        "code": "AP1",
        "today": TODAY,
        "last": TODAY + timedelta(days=13),
        "drawn": picture(shown, TODAY),
        "fewest": 0,
        "names": NAMES,
        "offered": _offered(shown),
        "boxes": BOXES,
        "before": "/x",
        "after": "/y",
        "tonight": "/z",
        **context,
    }


def grid_page(world: Rows, **context: Any) -> dict[str, Any]:
    grid = _grid(world.sites, *from_rows(world, ("step_free",)), world.first, NOW, ("step_free",), invented=True)
    ways = {"before": "/x", "after": "/y"}
    shared = {"asked": asked_of(), "regions": REGIONS, "boxes": BOXES, "names": NAMES}
    return {**shared, **ways, "found": grid, "sheet": sheet(grid), **context}


def lost_page(world: Rows, **context: Any) -> dict[str, Any]:
    found = lost(world, {"deep_clean": "A deep clean"}, NOW, by="region")
    return {"asked": asked_of(), "regions": REGIONS, "found": found, "last": TODAY, **context}


def forecast_page(world: Rows, **context: Any) -> dict[str, Any]:
    found = forecast(world, NOW, by="region")
    return {"asked": asked_of(), "regions": REGIONS, "found": found, "drawn": chart(found.total), **context}


PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "sign-in": ("sign_in.html", CHOICES),
    "sign-in with a fault": ("sign_in.html", CHOICES | {"faults": links((FieldFault("role", "Select one"),))}),
    "home": ("home.html", {"ways": WAYS, "overdue": [ROW], "unconfirmed": [MASKED_ROW]}),
    "home with nothing": ("home.html", {"ways": [], "overdue": [], "unconfirmed": []}),
    "find a bed": ("find_a_bed.html", {"typed": Typed(), "choices": CHOICES_OF_A_SEARCH}),
    "find a bed with faults": ("find_a_bed.html", {"typed": TYPED, "choices": CHOICES_OF_A_SEARCH, "faults": FAULTS}),
    "results": ("results.html", found([HIT], [MISS])),
    "results with near misses only": ("results.html", found([], [MISS])),
    "results with nothing": ("results.html", found([], [])),
    "hold placed": ("hold_placed.html", {"hold": HOLD, "premises": "Example House", "typed": TYPED}),
    "hold ended": ("hold_ended.html", {"ended": HoldEnded(id=1, bed="LDS-03"), "typed": TYPED}),
    "hold taken": ("hold_taken.html", {"said": "Bed LDS-03 is already claimed.", "typed": TYPED}),
    **NSI_PAGES,
    **CUSTODY_PAGES,
    **CASE_PAGES,
    **pack_pages(NSI, MASKED),
    **briefing_pages(),
    "confirm": ("confirm.html", {"nsi": NSI, "token": "abc"}),
    "confirm again": ("confirm.html", {"nsi": replace(NSI, status="raised"), "token": "abc"}),
    "confirmed": ("confirmed.html", {"nsi": NSI}),
    "mails": ("mail_list.html", LISTS | {"mails": [CapturedRow(id=1, at=NOW, to="a@x.invalid", subject="NSI-1")]}),
    "no mails": ("mail_list.html", {"mails": [], "more": None}),
    "mail": ("mail.html", {"mail": MAIL, "pieces": PIECES}),
    "inbox": ("inbox_list.html", LISTS | {"messages": [ITEM], "state": "review"}),
    "no messages": ("inbox_list.html", LISTS | {"messages": [], "state": ""}),
    "message": ("inbox_item.html", {"item": ITEM}),
    "message with NSIs": ("inbox_item.html", {"item": replace(ITEM, state="prepared", nsi_ids=[ID, ID], missing=[])}),
    "calendar": ("calendar.html", calendar_page(BEDS)),
    "calendar of no beds": ("calendar.html", calendar_page(NO_BEDS)),
    "calendar with a fault": ("calendar.html", calendar_page(BEDS, faults=FAULTS[1:])),
    "occupancy": ("occupancy.html", grid_page(BEDS)),
    "occupancy of no beds": ("occupancy.html", grid_page(NO_BEDS)),
    "occupancy with a fault": ("occupancy.html", grid_page(BEDS, faults=FAULTS[1:], found=None)),
    "nights lost": ("lost.html", lost_page(BEDS)),
    "nights lost of no beds": ("lost.html", lost_page(NO_BEDS)),
    "nights lost with a fault": ("lost.html", lost_page(BEDS, faults=FAULTS[1:], found=None)),
    "weeks to come": ("forecast.html", forecast_page(BEDS)),
    "weeks to come of no beds": ("forecast.html", forecast_page(NO_BEDS)),
    **LOCATE_PAGES,
    **WAITING_PAGES,
    **RELEASE_PAGES,
    **PREMISES_PAGES,
    **PLACEMENT_PAGES,
    "problem": ("problem.html", {"title": "Not found", "detail": ["Look"], "ways": [{"href": "/", "text": "Home"}]}),
}
"""What to call it, its template, and what that is given."""


def render(template: str, context: dict[str, Any], actor: Actor | None = None) -> str:
    actor = actor or demo_actor("practitioner")
    frame = {
        "actor": actor,
        "demo": True,
        "nav": navigation(actor, "/nsis", demo=True),
        "nonce": "NONCE",
        "faults": [],
        "may": lambda action: may(actor, action),
        "csrf_input": '<input type="hidden" name="_csrf_token" value="x">',
    }
    return environment().get_template(template).render(frame | context)
