"""The page of one act on a placement: its question, and what comes of the answer."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

from litestar import get, post
from litestar.params import FromPath

from bedspace.placements.accept import accept_placement
from bedspace.placements.arrive import arrive_placement, record_not_arrived
from bedspace.placements.decline import decline_placement, withdraw_placement
from bedspace.placements.depart import cancel_placement, depart_placement
from bedspace.placements.needs import change_needs
from bedspace.placements.nights import come_back, extend_placement, go_away, shorten_placement
from bedspace.placements.offer import offer_bed
from bedspace.placements.refer import ask_premises
from bedspace.placements.relocate import (
    accept_relocation,
    decline_relocation,
    relocate_placement,
    undo_relocation,
)
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.given import GivenActor, GivenWorks
from gateway.pages.choices import boxes, choices_of
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.placement_forms import FORMS, Field, command_of, typed
from gateway.pages.placement_words import ACTS, AWAY, GRAVE
from gateway.pages.placements import reads_meetings, show
from gateway.pages.words import _
from gateway.placements.read import read_placement
from gateway.wiring import Works
from schemas import placing
from schemas.errors import Conflict, FieldFault, Invalid, NightsClaimed, NotThere
from schemas.placements import Placement, PlacementAct, ReadPlacement

DO: dict[PlacementAct, tuple[type[Any], Callable[..., Awaitable[Any]]]] = {
    "ask": (placing.AskPremises, ask_premises),
    "offer": (placing.OfferBed, offer_bed),
    "accept": (placing.AcceptPlacement, accept_placement),
    "decline": (placing.DeclinePlacement, decline_placement),
    "withdraw": (placing.WithdrawPlacement, withdraw_placement),
    "arrive": (placing.ArrivePlacement, arrive_placement),
    "not_arrived": (placing.RecordNotArrived, record_not_arrived),
    "depart": (placing.DepartPlacement, depart_placement),
    "extend": (placing.ExtendPlacement, extend_placement),
    "shorten": (placing.ShortenPlacement, shorten_placement),
    "needs": (placing.ChangeNeeds, change_needs),
    "away": (placing.GoAway, go_away),
    "back": (placing.ComeBack, come_back),
    "cancel": (placing.CancelPlacement, cancel_placement),
    "relocate": (placing.RelocatePlacement, relocate_placement),
    "relocation_accept": (placing.AcceptRelocation, accept_relocation),
    "relocation_decline": (placing.DeclineRelocation, decline_relocation),
    "relocation_undo": (placing.UndoRelocation, undo_relocation),
}


@get("/placements/{placement_id:uuid}/{name:str}")
async def ask(
    request: Ask, works: GivenWorks, actor: GivenActor, placement_id: FromPath[UUID], name: FromPath[str]
) -> HtmlPage:
    which = _act_of(name)
    placement = await act(works.house, actor, read_placement, ReadPlacement(id=placement_id))
    why = next(one.why_not for one in placement.may if one.act == which)
    if why:
        raise Conflict(why)
    return await _form(request, works, actor, which, placement, _before(which, placement))


@post("/placements/{placement_id:uuid}/{name:str}", status_code=200)
async def do(
    request: Ask, works: GivenWorks, actor: GivenActor, placement_id: FromPath[UUID], name: FromPath[str]
) -> HtmlPage:
    """Sent again, as when the page is loaded again, it is done once."""
    which = _act_of(name)
    form = await request.form()
    given = typed(FORMS[which], form)
    kind, verb = DO[which]
    try:
        command = command_of(kind, given, FORMS[which], id=placement_id)
        done = await act(works.house, actor, verb, command, key=_key(form))
    except (Invalid, NightsClaimed, Conflict, NotThere) as error:
        return await _again(request, works, actor, which, placement_id, given, error)
    if done.remarks:
        placement = await act(works.house, actor, read_placement, ReadPlacement(id=placement_id))
        return await show(request, works, actor, placement, remarks=tuple(done.remarks))
    return see(f"/placements/{placement_id}?done={name}")


async def _again(
    request: Ask,
    works: Works,
    actor: Actor,
    which: PlacementAct,
    placement_id: UUID,
    given: dict[str, Any],
    error: Exception,
) -> HtmlPage:
    """With what was typed, and what was wrong with it. Raises `NotThere` where the placement itself is not there."""
    placement = await act(works.house, actor, read_placement, ReadPlacement(id=placement_id))
    faults = error.faults if isinstance(error, Invalid) else (FieldFault("", str(error)),)
    known = {field.name for field in FORMS[which]}
    placed = tuple(one if one.field in known else FieldFault(_first(FORMS[which]), one.why) for one in faults)
    return await _form(request, works, actor, which, placement, given, *placed)


def _first(fields: tuple[Field, ...]) -> str:
    """The field that a fault of the whole is shown at."""
    return fields[0].name if fields else "main-content"


async def _form(
    request: Ask,
    works: Works,
    actor: Actor,
    which: PlacementAct,
    placement: Placement,
    given: dict[str, Any],
    *faults: FieldFault,
) -> HtmlPage:
    fields = FORMS[which]
    return page(
        request,
        "placement_act.html",
        status=422 if faults else 200,
        act=which,
        button=_(ACTS[which][0]),
        question=_(ACTS[which][1]),
        grave=which in GRAVE,
        meetings=reads_meetings(actor, placement),
        placement=placement,
        fields=fields,
        typed=given,
        choices=await _choices(works, fields, placement),
        key=uuid4().hex,
        faults=links(faults, {field.name: f"{field.name}-day" for field in fields if field.kind in ("date", "moment")}),
    )


async def _choices(works: Works, fields: tuple[Field, ...], placement: Placement) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for field in fields:
        match field.kind:
            case "list":
                found[field.name] = await choices_of(works, field.list)
            case "needs":
                found[field.name] = await boxes(works)
            case "where":
                found[field.name] = [{"value": code, "text": _(text)} for code, text in AWAY.items()]
            case "premises":
                found[field.name] = _asked(placement)
    return found


def _asked(placement: Placement) -> list[dict[str, str]]:
    still = {one.premises.code: one.premises.name for one in placement.approaches if one.outcome is None}
    first = [{"value": "", "text": _("Choose the premises")}] if len(still) > 1 else []
    return first + [{"value": code, "text": name} for code, name in still.items()]


def _before(which: PlacementAct, placement: Placement) -> dict[str, Any]:
    """What the form begins with."""
    fields = FORMS[which]
    empty = {part: "" for field in fields for part in _names(field)}
    return empty | ({"needs": placement.wanted.needs} if which == "needs" else {})


def _names(field: Field) -> list[str]:
    parts = {"date": ("day", "month", "year"), "moment": ("day", "month", "year", "time")}
    return [f"{field.name}-{part}" for part in parts.get(field.kind, ())] or [field.name]


def _act_of(name: str) -> PlacementAct:
    code: Any = name.replace("-", "_")
    if code not in FORMS:
        raise NotThere("There is no such page. Start again from the placement.")
    which: PlacementAct = code
    return which


def _key(form: Any) -> str | None:
    value = form.get("key", "")
    return value[:100] if isinstance(value, str) and value else None
