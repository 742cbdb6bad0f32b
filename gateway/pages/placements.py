"""Placements: the list, and one of them with everything that may be done with it now."""

from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from bedspace.nights import london_today
from bedspace.premises.read import list_characteristics
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.given import GivenActor, GivenWorks
from gateway.pages.choices import names_of_lists
from gateway.pages.page import Ask, HtmlPage, may, page
from gateway.pages.placement_words import ACTS, GRAVE, STATES
from gateway.pages.words import _
from gateway.placements.read import list_placements, read_placement
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.placements import ListPlacements, Placement, ReadPlacement
from schemas.words import PlacementState

ENDED = {"departed": "departure", "cancelled": "cancel", "withdrawn": "withdraw"}
"""State → the list that its reason is of, where it is not of the same name."""
LISTS = (
    *("suitability", "decline", "cancel", "withdraw", "not_arrived", "departure", "move_on", "relocate", "unchecked"),
    "short_notice",
)
"""Whose codes a placement may show."""


@get("/placements")
async def index(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    query = request.query_params
    asked: Any = query.get("state", "")
    state = asked if asked in get_args(PlacementState) else None
    premises, mine = query.get("premises", "").strip().upper()[:40], query.get("mine") == "1"
    command = ListPlacements(
        state=state, premises=premises or None, mine=mine, limit=25, cursor=query.get("cursor") or None
    )
    found = await act(works.house, actor, list_placements, command)
    following = {"state": state or "", "premises": premises, "mine": "1" if mine else "", "cursor": found.next}
    states = [{"value": "", "text": _("Every state")}]
    states += [{"value": code, "text": _(text)} for code, (text, _colour) in STATES.items()]
    return page(
        request,
        "placement_list.html",
        placements=found.items,
        state_asked=state or "",
        premises_asked=premises,
        mine_asked=mine,
        states=states,
        more=f"/placements?{urlencode(following)}" if found.next else None,
    )


@get("/placements/{placement_id:uuid}")
async def one(request: Ask, works: GivenWorks, actor: GivenActor, placement_id: FromPath[UUID]) -> HtmlPage:
    placement = await act(works.house, actor, read_placement, ReadPlacement(id=placement_id))
    done: Any = request.query_params.get("done", "").replace("-", "_")
    return await show(request, works, actor, placement, done=_done(done))


async def show(
    request: Ask, works: Works, actor: Actor, placement: Placement, *, done: str = "", remarks: tuple[str, ...] = ()
) -> HtmlPage:
    """The page of a placement; `remarks` are what somebody should know of what was just done."""
    called, names = await _characteristics(works), await names_of_lists(works, LISTS)
    return page(
        request,
        "placement.html",
        placement=placement,
        now=works.house.now(),
        names=names,
        ended=names.get(ENDED.get(placement.state, placement.state), {}).get(placement.ended_reason or ""),
        wanted=[called.get(code, code) for code in placement.wanted.needs],
        preferred=[called.get(code, code) for code in placement.wanted.preferred],
        acts=_acts(actor, placement),
        search=search_of(placement),
        meetings=reads_meetings(actor, placement),
        searchable=may(actor, "bedspace.search") and any(one.act == "offer" and one.allowed for one in placement.may),
        cannot=[{"text": _(ACTS[one.act][0]), "why": one.why_not} for one in placement.may if not one.allowed],
        done=done,
        remarks=remarks,
    )


def reads_meetings(actor: Actor, placement: Placement) -> bool:
    """Whether to show the way to whom the person must not meet."""
    return may(actor, "meeting.read") and not (placement.person.limited_access and placement.person.name is None)


def search_of(placement: Placement) -> list[tuple[str, str]]:
    """The fields of the search form, as the referral has them. The register knows the person by the placement."""
    wanted, day = placement.wanted, placement.arrives_on
    plain = {
        "near": wanted.near,
        "from-day": day.day,
        "from-month": day.month,
        "from-year": day.year,
        "nights": (placement.departs_on - day).days,
        "gender": placement.gender,
        "type": "" if placement.type == "standard" else placement.type,
        "placement": placement.id,
    }
    listed = {"needs": wanted.needs, "prefer": wanted.preferred, "prefer-premises": wanted.premises}
    return [(name, str(value)) for name, value in plain.items() if value] + [
        (name, one) for name, many in listed.items() for one in many
    ]


def _acts(actor: Actor, placement: Placement) -> list[dict[str, Any]]:
    """By state and by role: the buttons there are."""
    return [
        {"act": one.act, "text": _(ACTS[one.act][0]), "grave": one.act in GRAVE}
        for one in placement.may
        if one.allowed and may(actor, f"placement.{one.act}")
    ]


def _done(code: Any) -> str:
    return _("%(what)s: done.") % {"what": _(ACTS[code][0])} if code in ACTS else ""


async def _characteristics(works: Works) -> dict[str, str]:
    async with transaction(works.pool, readonly=True) as tx:
        return {one.code: one.name for one in await list_characteristics(tx, london_today(works.house.now()))}
