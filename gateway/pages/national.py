"""The queue of the nation: challenges on risk to be decided, and people for whom no place is found."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.choices import choices_of, names_of_lists
from gateway.pages.locate_act import Place, ask, empty, key_of
from gateway.pages.national_forms import ADJUDICATE, SEARCH_ACTS, SEEK, adjudication, decisions, outcomes, owners
from gateway.pages.page import Ask, HtmlPage, may, page, see
from gateway.pages.placement_forms import command_of, typed
from gateway.pages.words import N_, _
from gateway.placements.read import read_placement
from gateway.transfers.challenge import decide_challenge
from gateway.transfers.challenges import list_challenges, read_challenges
from gateway.transfers.national import close_search, lead_search, note_search, seek_for_placement
from gateway.transfers.searches import list_searches, read_search
from gateway.wiring import Works
from schemas.challenges import Challenge, ChallengePage, ListChallenges, ReadChallenges
from schemas.errors import Conflict, Invalid, NotThere
from schemas.national import (
    CloseSearch,
    LeadSearch,
    ListSearches,
    NoteSearch,
    ReadSearch,
    Search,
    SearchPage,
    SeekForPlacement,
)
from schemas.placements import Placement, ReadPlacement

DONE = {
    "lead": N_("It is kept who leads, and whoever seeks sees it."),
    "note": N_("The note is added."),
    "close": N_("The search is closed. Whoever seeks is told."),
    "decided": N_("The challenge is decided. Both ends are told."),
}
DO: dict[str, tuple[type[Any], Any]] = {
    "lead": (LeadSearch, lead_search),
    "note": (NoteSearch, note_search),
    "close": (CloseSearch, close_search),
}


@get("/national")
async def queue(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    query = request.query_params
    closed = query.get("closed") == "1"
    asked = ListSearches(open=not closed, limit=25, cursor=query.get("cursor") or None)
    found: SearchPage = await act(works.house, actor, list_searches, asked)
    challenges = ChallengePage(items=[])
    if may(actor, "challenge.list") and not closed and not asked.cursor:
        challenges = await act(works.house, actor, list_challenges, ListChallenges(limit=100))
    following = {"closed": "1" if closed else "", "cursor": found.next}
    return page(
        request,
        "national.html",
        searches=found.items,
        challenges=challenges,
        closed=closed,
        names=await names_of_lists(works, ("challenge", "hard_to_place")),
        adjudicates=may(actor, "nsi.adjudicate"),
        today=london_today(works.house.now()),
        more=f"/national?{urlencode(following)}" if found.next else None,
        done=_done(request),
    )


@get("/national/{search_id:uuid}")
async def one(request: Ask, works: GivenWorks, actor: GivenActor, search_id: FromPath[UUID]) -> HtmlPage:
    found = await _search(works, actor, search_id)
    return page(
        request,
        "national_search.html",
        search=found,
        names=await names_of_lists(works, ("hard_to_place", "decline")),
        acts=[(name, _(SEARCH_ACTS[name].button)) for name in SEARCH_ACTS if _may(actor, found, name)],
        done=_done(request),
    )


@get("/national/{search_id:uuid}/{name:str}")
async def ask_search(
    request: Ask, works: GivenWorks, actor: GivenActor, search_id: FromPath[UUID], name: FromPath[str]
) -> HtmlPage:
    found = await _asked(works, actor, search_id, name)
    return _form(request, actor, found, name, empty(SEARCH_ACTS[name]))


@post("/national/{search_id:uuid}/{name:str}", status_code=200)
async def do_search(
    request: Ask, works: GivenWorks, actor: GivenActor, search_id: FromPath[UUID], name: FromPath[str]
) -> HtmlPage:
    """Sent again, as when the page is loaded again, it is done once."""
    if name not in SEARCH_ACTS:
        raise NotThere("There is no such page. Start again from the queue.")
    change, (kind, verb) = SEARCH_ACTS[name], DO[name]
    sent = await request.form()
    given = typed(change.fields, sent)
    try:
        command = command_of(kind, given, change.fields, id=search_id)
        await act(works.house, actor, verb, command, key=key_of(sent))
    except (Invalid, Conflict) as error:
        return _form(request, actor, await _search(works, actor, search_id), name, given, error)
    return see(f"/national/{search_id}?done={name}")


async def _asked(works: Works, actor: Actor, search_id: UUID, name: str) -> Search:
    if name not in SEARCH_ACTS:
        raise NotThere("There is no such page. Start again from the queue.")
    permit(actor, SEARCH_ACTS[name].action)
    found = await _search(works, actor, search_id)
    if found.outcome is not None:
        raise Conflict(f"{found.reference} is closed. Put the person in the queue anew.")
    return found


async def _search(works: Works, actor: Actor, search_id: UUID) -> Search:
    return await act(works.house, actor, read_search, ReadSearch(id=search_id))


def _may(actor: Actor, found: Search, name: str) -> bool:
    return found.outcome is None and may(actor, SEARCH_ACTS[name].action)


def _form(
    request: Ask, actor: Actor, found: Search, name: str, given: dict[str, Any], error: Exception | None = None
) -> HtmlPage:
    here = f"/national/{found.id}"
    place = Place(
        address=f"{here}/{name}", caption=f"{found.reference} · {found.about}", back=found.reference, back_to=here
    )
    choices = {"outcome": outcomes(placed=may(actor, "national.lead"))}
    return ask(request, SEARCH_ACTS[name], place, given, choices=choices, error=error)


@get("/national/challenges/{nsi_id:uuid}")
async def ask_decision(request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    permit(actor, ADJUDICATE.action)
    challenge = await _open_challenge(works, actor, nsi_id)
    return await _adjudicate(request, works, challenge, empty(ADJUDICATE))


@post("/national/challenges/{nsi_id:uuid}", status_code=200)
async def decide(request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    sent = await request.form()
    given = typed(ADJUDICATE.fields, sent)
    challenge = await _open_challenge(works, actor, nsi_id)
    try:
        command = adjudication(challenge.id, given)
        await act(works.house, actor, decide_challenge, command, key=key_of(sent))
    except (Invalid, Conflict) as error:
        return await _adjudicate(request, works, challenge, given, error)
    return see("/national?done=decided")


async def _open_challenge(works: Works, actor: Actor, nsi_id: UUID) -> Challenge:
    """Raises `NotThere`, and `Conflict` where it was decided meanwhile."""
    found: list[Challenge] = await act(works.house, actor, read_challenges, ReadChallenges(id=nsi_id))
    open_one = next((one for one in found if one.decision is None), None)
    if open_one is None:
        raise Conflict("No challenge of this NSI waits for a decision.")
    return open_one


async def _adjudicate(
    request: Ask, works: Works, challenge: Challenge, given: dict[str, Any], error: Exception | None = None
) -> HtmlPage:
    place = Place(
        address=f"/national/challenges/{challenge.nsi}",
        caption=challenge.reference,
        back=_("The queue of the nation"),
        back_to="/national",
    )
    names = await names_of_lists(works, ("challenge",))
    facts = [
        (_("Why"), names["challenge"].get(challenge.reason, challenge.reason)),
        (_("What the risk is"), challenge.said or _("For those who may see this person.")),
        (_("Raised by"), f"{challenge.raised_pdu or ''}"),
    ]
    choices = {"decision": decisions(), **{f"owner{n}": owners() for n in (1, 2, 3)}}
    return ask(request, ADJUDICATE, place, given, choices=choices, error=error, facts=facts)


@get("/placements/{placement_id:uuid}/hard-to-place")
async def ask_seek(request: Ask, works: GivenWorks, actor: GivenActor, placement_id: FromPath[UUID]) -> HtmlPage:
    permit(actor, SEEK.action)
    placement = await act(works.house, actor, read_placement, ReadPlacement(id=placement_id))
    return await _seek(request, works, placement, empty(SEEK))


@post("/placements/{placement_id:uuid}/hard-to-place", status_code=200)
async def seek(request: Ask, works: GivenWorks, actor: GivenActor, placement_id: FromPath[UUID]) -> HtmlPage:
    sent = await request.form()
    given = typed(SEEK.fields, sent)
    try:
        command = command_of(SeekForPlacement, given, SEEK.fields, id=placement_id)
        done = await act(works.house, actor, seek_for_placement, command, key=key_of(sent))
    except (Invalid, Conflict) as error:
        placement = await act(works.house, actor, read_placement, ReadPlacement(id=placement_id))
        return await _seek(request, works, placement, given, error)
    return see(f"/national/{done.id}")


async def _seek(
    request: Ask, works: Works, placement: Placement, given: dict[str, Any], error: Exception | None = None
) -> HtmlPage:
    back = f"/placements/{placement.id}"
    place = Place(address=f"{back}/hard-to-place", caption=placement.reference, back=placement.reference, back_to=back)
    return ask(request, SEEK, place, given, choices={"reason": await choices_of(works, "hard_to_place")}, error=error)


def _done(request: Ask) -> str:
    code = request.query_params.get("done", "")
    return _(DONE[code]) if code in DONE else ""


handlers: list[HTTPRouteHandler] = [
    queue,
    one,
    ask_search,
    do_search,
    ask_decision,
    decide,
    ask_seek,
    seek,
]
