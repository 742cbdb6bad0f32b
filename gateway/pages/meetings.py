"""Who the person of a placement must not meet, and who looked; and the forms that record it."""

from datetime import date
from typing import Any
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
from gateway.pages.meeting_forms import DONE, FORMS
from gateway.pages.meeting_words import OUTCOMES
from gateway.pages.page import Ask, HtmlPage, page, see
from gateway.pages.placement_forms import command_of, typed
from gateway.pages.words import _
from gateway.people.meetings import end_pair, look_at_meetings, record_check, record_pair
from gateway.placements.read import read_placement
from gateway.wiring import Works
from schemas.errors import Conflict, Invalid, NotThere
from schemas.meetings import EndPair, LookAtMeetings, Meetings, Pair, RecordCheck, RecordPair
from schemas.placements import Placement, ReadPlacement


@get("/placements/{placement_id:uuid}/meetings")
async def show(request: Ask, works: GivenWorks, actor: GivenActor, placement_id: FromPath[UUID]) -> HtmlPage:
    permit(actor, "meeting.read")
    placement, meetings = await _of(works, actor, placement_id)
    counting, over = in_two(meetings.pairs, london_today(works.house.now()))
    done = request.query_params.get("done", "")
    return page(
        request,
        "meetings.html",
        placement=placement,
        meetings=meetings,
        counting=counting,
        over=over,
        names=await names_of_lists(works, ("must_not_meet", "meeting_source")),
        done=_(DONE[done]) if done in DONE else "",
    )


@get("/placements/{placement_id:uuid}/meetings/{change:str}")
async def form(
    request: Ask, works: GivenWorks, actor: GivenActor, placement_id: FromPath[UUID], change: FromPath[str]
) -> HtmlPage:
    placement, pair = await _may(works, actor, placement_id, change, request.query_params.get("of", ""))
    return await _ask(request, works, placement, change, pair, empty(FORMS[change]))


@post("/placements/{placement_id:uuid}/meetings/{change:str}", status_code=200)
async def do(
    request: Ask, works: GivenWorks, actor: GivenActor, placement_id: FromPath[UUID], change: FromPath[str]
) -> HtmlPage:
    """Sent again, as when the page is loaded again, it is done once."""
    sent = await request.form()
    placement, pair = await _may(works, actor, placement_id, change, str(sent.get("of", "")))
    given = typed(FORMS[change].fields, sent)
    try:
        await _do(works, actor, placement, change, pair, given, key_of(sent))
    except (Invalid, Conflict, NotThere) as error:
        return await _ask(request, works, placement, change, pair, given, error)
    return see(f"/placements/{placement_id}/meetings?done={change}")


def in_two(pairs: list[Pair], today: date) -> tuple[list[Pair], list[Pair]]:
    """Those that count, also from a later night on, and those that do no more."""
    over = [one for one in pairs if one.ended_at or (one.until is not None and one.until <= today)]
    return [one for one in pairs if one not in over], over


async def _do(
    works: Works,
    actor: Actor,
    placement: Placement,
    change: str,
    pair: Pair | None,
    given: dict[str, Any],
    key: str | None,
) -> None:
    fields, person = FORMS[change].fields, str(placement.person.id)
    if pair is not None:
        await act(works.house, actor, end_pair, command_of(EndPair, given, fields, id=pair.id), key=key)
    elif change == "check":
        await act(works.house, actor, record_check, command_of(RecordCheck, given, fields, person=person), key=key)
    else:
        await act(works.house, actor, record_pair, command_of(RecordPair, given, fields, person=person), key=key)


async def _of(works: Works, actor: Actor, placement_id: UUID) -> tuple[Placement, Meetings]:
    placement = await act(works.house, actor, read_placement, ReadPlacement(id=placement_id))
    look = LookAtMeetings(person=str(placement.person.id))
    return placement, await act(works.house, actor, look_at_meetings, look)


async def _may(works: Works, actor: Actor, placement_id: UUID, change: str, of: str) -> tuple[Placement, Pair | None]:
    """The placement, and the pair where one is ended. Raises `NotThere` or `NotAllowed`."""
    if change not in FORMS:
        raise NotThere("There is no such page. Start again from the placement.")
    permit(actor, FORMS[change].action)
    placement, meetings = await _of(works, actor, placement_id)
    if change != "end":
        return placement, None
    pair = next((one for one in meetings.pairs if str(one.id) == of), None)
    if pair is None:
        raise NotThere("There is no such pair of this person. Look again at whom they must not meet.")
    return placement, pair


async def _ask(
    request: Ask,
    works: Works,
    placement: Placement,
    change: str,
    pair: Pair | None,
    given: dict[str, Any],
    error: Exception | None = None,
) -> HtmlPage:
    address = f"/placements/{placement.id}/meetings"
    return ask(
        request,
        FORMS[change],
        Place(
            address=f"{address}/{change}",
            caption=" · ".join(filter(None, (placement.reference, placement.person.name, _other(pair)))),
            back=_("Who they must not meet"),
            back_to=address,
        ),
        given,
        choices=await _choices(works, change),
        hidden={"of": str(pair.id)} if pair else {},
        error=error,
    )


def _other(pair: Pair | None) -> str:
    if pair is None:
        return ""
    return _("somebody you may not see") if pair.hidden else pair.name or pair.crn or ""


async def _choices(works: Works, change: str) -> dict[str, list[dict[str, str]]]:
    found = {field.name: await choices_of(works, field.list) for field in FORMS[change].fields if field.kind == "list"}
    if change == "check":
        found["against"] = [one for one in await choices_of(works, "meeting_source") if one["value"]]
        found["outcome"] = [{"value": code, "text": _(text)} for code, (text, _colour) in OUTCOMES.items()]
    return found


handlers: list[HTTPRouteHandler] = [show, form, do]
