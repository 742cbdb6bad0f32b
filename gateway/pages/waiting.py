"""The waiting list: who stands where and why, what is proposed, and a person who offers it or says why not."""

from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bedspace.lists.keep import show_list
from bedspace.nights import london_today
from bedspace.waiting.join import join_by_reference, leave_waiting
from bedspace.waiting.offer import offer_proposal
from bedspace.waiting.skip import Skipper
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.words import N_, _
from gateway.store.database import transaction
from gateway.waiting.read import WaitingReader
from gateway.wiring import Works
from schemas.errors import BedspaceError, FieldFault, Invalid, NotSignedIn, Unavailable
from schemas.waiting import (
    JoinByReference,
    LeaveWaiting,
    ListProposals,
    ListWaiting,
    OfferProposal,
    Proposal,
    SkipProposal,
    TakeBackSkip,
)
from schemas.words import Gender

PAGE = 25
DONE = {
    "joined": N_("They are on the waiting list."),
    "left": N_("They are off the waiting list."),
    "offered": N_("The bed is offered. Its premises are asked, and it is kept until their answer is due."),
    "skipped": N_("Why not is on record. The bed goes to the next one whom it fits, within seconds."),
    "taken-back": N_("The bed may be proposed to them again."),
}
URGENCY = {
    "emergency": (N_("Emergency"), "red"),
    "short_notice": (N_("Short notice"), "orange"),
    "standard": (N_("Standard"), "blue"),
}


@get("/waiting")
async def waiting(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    return await _show(request, works, actor)


@post("/waiting/join", status_code=200)
async def join(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """By the reference of a placement."""
    form = await request.form()

    async def joins() -> None:
        command = JoinByReference(reference=_text(form, "reference")[:20], until=_day(form))
        await act(works.house, actor, join_by_reference, command)

    return await _try(request, works, actor, joins, "joined", "join")


@post("/waiting/{placement_id:uuid}/leave", status_code=200)
async def leave(request: Ask, works: GivenWorks, actor: GivenActor, placement_id: FromPath[UUID]) -> HtmlPage:
    form = await request.form()
    command = LeaveWaiting(id=placement_id, reason=_text(form, "reason"), note=_text(form, "note"))
    return await _try(
        request, works, actor, lambda: act(works.house, actor, leave_waiting, command), "left", f"leave-{placement_id}"
    )


@post("/waiting/proposals/{proposal_id:int}/offer", status_code=200)
async def offer(request: Ask, works: GivenWorks, actor: GivenActor, proposal_id: FromPath[int]) -> HtmlPage:
    command = OfferProposal(id=proposal_id)
    return await _try(
        request, works, actor, lambda: act(works.house, actor, offer_proposal, command), "offered", "list"
    )


@post("/waiting/proposals/{proposal_id:int}/skip", status_code=200)
async def skip(request: Ask, works: GivenWorks, actor: GivenActor, proposal_id: FromPath[int]) -> HtmlPage:
    form = await request.form()
    command = SkipProposal(
        id=proposal_id,
        reason=_text(form, "reason"),
        note=_text(form, "note"),
        instead=_text(form, "instead")[:20] or None,
    )
    verb = Skipper(works.register, works.postcodes).skip_proposal
    return await _try(
        request, works, actor, lambda: act(works.house, actor, verb, command), "skipped", f"skip-{proposal_id}"
    )


@post("/waiting/skips/{skip_id:int}/take-back", status_code=200)
async def take_back(request: Ask, works: GivenWorks, actor: GivenActor, skip_id: FromPath[int]) -> HtmlPage:
    verb = Skipper(works.register, works.postcodes).take_back
    command = TakeBackSkip(id=skip_id)
    return await _try(request, works, actor, lambda: act(works.house, actor, verb, command), "taken-back", "list")


async def _try(request: Ask, works: Works, actor: Actor, do: Any, said: str, where: str) -> HtmlPage:
    """Done, and the list again; or the list with what was wrong at its top, and the form open."""
    try:
        await do()
    except (NotSignedIn, Unavailable):
        raise
    except BedspaceError as error:
        faults = error.faults if isinstance(error, Invalid) else (FieldFault(where, str(error)),)
        places = {fault.field: f"{where}-{fault.field}" if where != "list" else "list" for fault in faults}
        places[where] = where
        status = 422 if isinstance(error, Invalid) else 409
        return await _show(request, works, actor, status=status, faults=links(faults, places), opened=where)
    return see(f"/waiting?done={said}")


async def _show(
    request: Ask,
    works: Works,
    actor: Actor,
    *,
    status: int = 200,
    faults: list[dict[str, str]] | None = None,
    opened: str = "",
) -> HtmlPage:
    query = request.query_params
    estate: Any = query.get("estate", "")
    command = ListWaiting(
        estate=estate if estate in get_args(Gender) else None, limit=PAGE, cursor=query.get("cursor") or None
    )
    reader = WaitingReader(works.register, works.postcodes)
    found = await act(works.house, actor, reader.list_waiting, command)
    proposals: dict[UUID, Proposal] = {}
    if any(entry.proposal for entry in found.items):
        page_of = await act(works.house, actor, reader.list_proposals, ListProposals(limit=200))
        proposals = {one.placement: one for one in page_of.items}
    following = {"estate": command.estate or "", "cursor": found.next}
    names = await _names(works)
    return page(
        request,
        "waiting.html",
        status=status,
        found=found,
        proposals=proposals,
        estate_asked=command.estate or "",
        skip_reasons=await _choices(works, "skip"),
        leave_reasons=await _choices(works, "leave_waiting"),
        names=names,
        urgency=URGENCY,
        done=_(DONE[query.get("done", "")]) if query.get("done") in DONE and not faults else "",
        faults=faults or [],
        fault_of={fault["href"][1:]: fault["text"] for fault in faults or []},
        opened=opened,
        more=f"/waiting?{urlencode(following)}" if found.next else None,
    )


async def _names(works: Works) -> dict[str, str]:
    """Characteristics in the middle of a sentence."""
    return (await works.register.current()).shape.names


async def _choices(works: Works, of: str) -> list[dict[str, str]]:
    today = london_today(works.house.now())
    async with transaction(works.pool, readonly=True) as tx:
        rows = [row for row in await show_list(tx, of, today) if row.in_force]
    return [{"value": "", "text": _("Choose one")}, *({"value": row.code, "text": row.name} for row in rows)]


def _text(form: Any, name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:2000] if isinstance(value, str) else ""


def _day(form: Any) -> date | None:
    """Raises `Invalid`."""
    given = _text(form, "until")
    if not given:
        return None
    try:
        return msgspec.convert(given, date, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid.because("until", _("Give the last day as 2026-12-31, or leave it empty.")) from error


handlers: list[HTTPRouteHandler] = [waiting, join, leave, offer, skip, take_back]
