"""Notice of a release: who, when, where to; who would receive is shown before anything is sent."""

from typing import Any
from uuid import uuid4

import msgspec
from litestar import get, post
from litestar.datastructures import FormMultiDict
from litestar.handlers import HTTPRouteHandler

from bedspace.locator.locate import locate
from bedspace.nights import london_today
from bedspace.placements.refer import check_needs
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.locate_act import key_of
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.placement_forms import typed
from gateway.pages.refer_form import PERSON
from gateway.pages.release_acts import faults_of
from gateway.pages.release_choices import among, choices_for
from gateway.pages.release_forms import AMONG
from gateway.pages.release_notice_form import FIELDS, PARTS, notice_of
from gateway.pages.words import _
from gateway.people.given import identity_given
from gateway.releases.days import asks_which_date, day_before_that
from gateway.releases.needs import asked_of, title_of
from gateway.releases.notice import Noticer, check_notice, near_of, prison_of, where_to
from gateway.releases.sender import with_contact
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import Ambiguous, BedspaceError, FieldFault, NotAllowed, NotThere, Unavailable
from schemas.locate import Whereabouts
from schemas.releases import NoticeRelease

ALL = (*PERSON, *FIELDS)


@get("/releases/new")
async def begin(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    permit(actor, "release.notice")
    given = typed((*ALL, AMONG), FormMultiDict())
    given |= {"kind": "release", "nights": "84"}
    if len(actor.prisons) == 1:
        given["prison"] = actor.prisons[0]
    return await _form(request, works, given)


@post("/releases/new", status_code=200)
async def give(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """First what was typed is looked at; what was seen to be right is sent. Sent again, it is done once."""
    permit(actor, "release.notice")
    form = await request.form()
    given = typed((*ALL, AMONG), form)
    if form.get("change"):
        return await _form(request, works, given)
    try:
        command = notice_of(given)
        if not form.get("seen"):
            return await _check(request, works, actor, given, command)
        verb = Noticer(works.postcodes).notice_release
        done = await act(works.house, actor, verb, with_contact(command, actor), key=key_of(form))
    except (Unavailable, NotAllowed):
        raise
    except BedspaceError as error:
        return await _again(request, works, given, error)
    return see(f"/releases/{done.id}?done=noticed")


async def _check(request: Ask, works: Works, actor: Actor, given: dict[str, Any], command: NoticeRelease) -> HtmlPage:
    """Who would receive, and what must exist at once; nothing is kept yet. Raises what the notice would."""
    today = london_today(works.house.now())
    check_notice(command, today)
    identity_given(command.person, today)
    async with transaction(works.pool, readonly=True) as tx:
        await check_needs(tx, command.needs, today)
        prison = await prison_of(tx, command.prison)
        near = where_to(near_of(command, prison["name"]), command.address)
        located = await locate(tx, works.postcodes, Whereabouts(near=near, purpose="release"), today)
    if located.ambiguous:
        raise Ambiguous(_("The place lies in more than one PDU"))
    asked = asked_of(command.kind, command.rosh, command.release_on, today)
    return page(
        request,
        "release_check.html",
        command=with_contact(command, actor),
        prison=prison["name"],
        located=located,
        asks=asks_which_date(command.release_on),
        earlier=day_before_that(command.release_on),
        due=[title_of(one.kind) for one in asked if one.due <= today],
        hidden_pairs=_pairs(given),
        key=uuid4().hex,
    )


async def _again(request: Ask, works: Works, given: dict[str, Any], error: BedspaceError) -> HtmlPage:
    many = await among(works, given["near"] or given["address"] or given["prison"], error)
    faults = faults_of(error, ALL, many)
    if isinstance(error, NotThere):
        faults = (FieldFault("near", str(error)),)
    return await _form(request, works, given, *_placed(faults), many=many)


def _placed(faults: tuple[FieldFault, ...]) -> list[FieldFault]:
    return [msgspec.structs.replace(one, field="name") if one.field == "person" else one for one in faults]


async def _form(
    request: Ask,
    works: Works,
    given: dict[str, Any],
    *faults: FieldFault,
    many: list[dict[str, str]] | None = None,
) -> HtmlPage:
    dates = {field.name: f"{field.name}-day" for field in ALL if field.kind == "date"}
    return page(
        request,
        "release_notice.html",
        status=422 if faults else 200,
        parts=[(_(title), fields) for title, fields in PARTS],
        among=AMONG if many else None,
        typed=given,
        choices={**await choices_for(works, ALL, None), "among": many or []},
        faults=links(faults, dates),
    )


def _pairs(given: dict[str, Any]) -> list[tuple[str, str]]:
    """For hidden fields: a list is several of one name."""
    return [
        (name, one) for name, value in given.items() for one in (value if isinstance(value, list) else [value]) if one
    ]


handlers: list[HTTPRouteHandler] = [begin, give]
