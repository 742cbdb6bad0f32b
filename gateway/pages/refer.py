"""An AP referral: first whether approved premises suit, then what is wanted. The person travels in forms only."""

from typing import Any
from uuid import uuid4

from litestar import get, post

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.choices import boxes, choices_of
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.placement_forms import Field, typed
from gateway.pages.placement_words import TYPES
from gateway.pages.refer_form import (
    DECISION,
    PERSON,
    REFERRAL,
    REST,
    RISK,
    WANTED,
    ZONES,
    decision_of,
    referral_of,
    zones_of,
)
from gateway.pages.search_form import Area, Fields
from gateway.pages.words import ROSH, _
from gateway.placements.refer import Referrer, decide_suitability, with_officer
from gateway.wiring import Works
from schemas.errors import BedspaceError, FieldFault, Invalid, Unavailable

CARRIED = ("gender", "nights", "near", "ask", "arrives_on-day", "arrives_on-month", "arrives_on-year")
"""What a search has found out already; it may stand in an address, for it is about nobody."""


@get("/placements/new")
async def begin(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    permit(actor, "placement.refer")
    query = request.query_params
    return await _first(request, works, typed((*PERSON, *DECISION), query), _carried(query))


@post("/placements/new", status_code=200)
async def decide(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """The decision is recorded by itself: a referral rests on it, and so does its absence."""
    form = await request.form()
    given, carried = typed((*PERSON, *DECISION), form), _carried(form)
    try:
        command = decision_of(given)
        decided = await act(works.house, actor, decide_suitability, command, key=_key(form))
    except Unavailable:
        raise
    except BedspaceError as error:
        return await _first(request, works, given, carried, *_faults(error, (*PERSON, *DECISION)))
    if not decided.suitable:
        return page(request, "not_suitable.html", pointed_to=command.pointed_to)
    return await _second(request, works, given | _wanted(works, carried), [], str(decided.id))


@post("/placements/refer", status_code=200)
async def refer(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    form = await request.form()
    given, zones = typed((*PERSON, *REFERRAL), form), zones_of(form)
    suitability = str(form.get("suitability", ""))[:20]
    try:
        command = with_officer(referral_of(given, zones, suitability), actor)
        verb = Referrer(works.postcodes).refer_placement
        done = await act(works.house, actor, verb, command, key=_key(form))
    except Unavailable:
        raise
    except BedspaceError as error:
        return await _second(request, works, given, zones, suitability, *_faults(error, REFERRAL))
    return see(f"/placements/{done.id}?done=referred")


async def _first(
    request: Ask, works: Works, given: dict[str, Any], carried: dict[str, Any], *faults: FieldFault
) -> HtmlPage:
    return page(
        request,
        "suitability.html",
        status=422 if faults else 200,
        person=PERSON,
        decision=DECISION,
        typed=given,
        carried=_pairs(carried),
        choices={"reason": await choices_of(works, "suitability"), "suitable": _yes_no()},
        key=uuid4().hex,
        faults=links(faults, {"birth_date": "birth_date-day"}),
    )


async def _second(
    request: Ask, works: Works, given: dict[str, Any], zones: list[Area], suitability: str, *faults: FieldFault
) -> HtmlPage:
    hidden = {name: given[name] for name in typed(PERSON, request.query_params)}
    return page(
        request,
        "refer.html",
        status=422 if faults else 200,
        wanted=WANTED,
        risk=RISK,
        rest=REST,
        typed=typed(REFERRAL, request.query_params) | given,
        hidden=_pairs(hidden | {"suitability": suitability}),
        zones=[*zones, Area()][:ZONES],
        choices=await _choices(works),
        key=uuid4().hex,
        faults=links(faults, {"arrives_on": "arrives_on-day"}),
    )


async def _choices(works: Works) -> dict[str, list[dict[str, str]]]:
    levels = [
        {"value": "", "text": _("Not assessed")},
        *({"value": c, "text": _(t)} for c, (t, _colour) in ROSH.items()),
    ]
    return {
        "gender": [{"value": "male", "text": _("Men")}, {"value": "female", "text": _("Women")}],
        "type": [{"value": code, "text": _(text)} for code, text in TYPES.items()],
        "needs": await boxes(works),
        "short_notice_reason": await choices_of(works, "short_notice"),
        "risk_to_staff": levels,
        "risk_to_residents": levels,
        "rosh": levels,
    }


def _yes_no() -> list[dict[str, str]]:
    return [{"value": "yes", "text": _("Yes")}, {"value": "no", "text": _("No")}]


def _wanted(works: Works, carried: dict[str, Any]) -> dict[str, Any]:
    """What the second form begins with: what a search found out, or tomorrow."""
    today = london_today(works.house.now())
    day = {"arrives_on-day": str(today.day), "arrives_on-month": str(today.month), "arrives_on-year": str(today.year)}
    return {**day, "type": "standard", **{name: value for name, value in carried.items() if value}}


def _carried(fields: Fields) -> dict[str, Any]:
    found: dict[str, Any] = {name: str(fields.get(name, ""))[:60] for name in CARRIED}
    return found | {"needs": [one[:60] for one in fields.getall("needs", []) if isinstance(one, str)][:40]}


def _pairs(values: dict[str, Any]) -> list[tuple[str, str]]:
    """For hidden fields: a list is several of one name."""
    return [
        (name, one) for name, value in values.items() for one in (value if isinstance(value, list) else [value]) if one
    ]


def _faults(error: BedspaceError, fields: tuple[Field, ...]) -> tuple[FieldFault, ...]:
    """At the field each is about; the others at the top of the page."""
    faults = error.faults if isinstance(error, Invalid) else (FieldFault("", str(error)),)
    known = {field.name for field in fields} | {f"avoid-postcode-{n}" for n in range(1, ZONES + 1)}
    return tuple(_placed(one, known) for one in faults)


def _placed(fault: FieldFault, known: set[str]) -> FieldFault:
    name = fault.field.removeprefix("person.").partition("[")[0]
    if name.startswith("avoid") and name not in known:
        name = "avoid-postcode-1"
    return FieldFault(name if name in known else "main-content", fault.why)


def _key(form: Any) -> str | None:
    value = form.get("key", "")
    return value[:100] if isinstance(value, str) and value else None
