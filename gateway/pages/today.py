"""Today at premises: who arrives and who leaves, confirmed together."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from litestar import get, post
from litestar.params import FromPath

from bedspace.placements.arrive import arrive_placement
from bedspace.placements.depart import depart_placement
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.given import GivenActor, GivenWorks
from gateway.pages.choices import choices_of
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.words import _, ngettext
from gateway.placements.read import read_day
from gateway.wiring import Works
from schemas.errors import BedspaceError, FieldFault, Invalid, Unavailable
from schemas.placements import PlacementRow, PremisesDay, ReadDay
from schemas.placing import ArrivePlacement, DepartPlacement

MOST = 200
"""Of people confirmed at once."""


@get("/today")
async def mine(request: Ask, actor: GivenActor) -> HtmlPage:
    """The premises that one works at; where there are none, one chooses."""
    if actor.premises:
        return see(f"/premises/{actor.premises[0]}/today")
    return page(request, "today_where.html")


@get("/today/at")
async def at(request: Ask, actor: GivenActor) -> HtmlPage:  # noqa: ARG001  # who is not signed in is asked to
    code = request.query_params.get("premises", "").strip().upper()
    if not code.isalnum() or len(code) > 40:
        fault = FieldFault("premises", _("Enter the code of the premises, such as P034"))
        return page(request, "today_where.html", status=422, faults=links((fault,)))
    return see(f"/premises/{code}/today")


@get("/premises/{code:str}/today")
async def day(request: Ask, works: GivenWorks, actor: GivenActor, code: FromPath[str]) -> HtmlPage:
    found = await act(works.house, actor, read_day, ReadDay(premises=code))
    return await _show(request, works, actor, found, done=_done(request))


@post("/premises/{code:str}/today/arrivals", status_code=200)
async def arrivals(request: Ask, works: GivenWorks, actor: GivenActor, code: FromPath[str]) -> HtmlPage:
    form = await request.form()
    ids = _ids(form)
    faults = [fault for n, one in enumerate(ids) if (fault := await _arrive(works, actor, one, f"{_key(form)}:{n}"))]
    return await _after(request, works, actor, code, "arrived", ids, faults)


@post("/premises/{code:str}/today/departures", status_code=200)
async def departures(request: Ask, works: GivenWorks, actor: GivenActor, code: FromPath[str]) -> HtmlPage:
    form = await request.form()
    ids = _ids(form)
    faults = []
    for n, one in enumerate(ids):
        reason, move_on = (str(form.get(f"{name}-{one}", "")) for name in ("reason", "move-on"))
        command = DepartPlacement(id=one, reason=reason, move_on=move_on or None)
        if fault := await _try(works, actor, depart_placement, command, f"{_key(form)}:{n}"):
            faults.append(fault)
    return await _after(request, works, actor, code, "left", ids, faults)


async def _arrive(works: Works, actor: Actor, placement: UUID, key: str) -> FieldFault | None:
    return await _try(works, actor, arrive_placement, ArrivePlacement(id=placement), key)


async def _try(works: Works, actor: Actor, verb: Any, command: Any, key: str) -> FieldFault | None:
    """Each person is an act of their own: what stops one does not stop the others, and is told."""
    try:
        await act(works.house, actor, verb, command, key=key)
    except Unavailable:
        raise
    except BedspaceError as error:
        why = " ".join(one.why for one in error.faults) if isinstance(error, Invalid) else str(error)
        return FieldFault(str(command.id), why)
    return None


async def _after(
    request: Ask, works: Works, actor: Actor, code: str, what: str, ids: list[UUID], faults: list[FieldFault]
) -> HtmlPage:
    if ids and not faults:
        return see(f"/premises/{code}/today?{urlencode({what: len(ids)})}")
    found = await act(works.house, actor, read_day, ReadDay(premises=code))
    named = {str(row.id): row.reference for row in (*found.arriving, *found.departing)}
    said = [FieldFault("main-content", f"{named.get(one.field, '')}: {one.why}") for one in faults]
    if not ids:
        said = [FieldFault("main-content", _("Tick at least one person"))]
    return await _show(request, works, actor, found, faults=tuple(said), done="")


async def _show(
    request: Ask,
    works: Works,
    actor: Actor,
    found: PremisesDay,
    *,
    faults: tuple[FieldFault, ...] = (),
    done: str,
) -> HtmlPage:
    return page(
        request,
        "today.html",
        status=422 if faults else 200,
        day=found,
        now=works.house.now(),
        due=[row for row in found.arriving if _expected(row, found.premises.code)],
        arrived=[row for row in found.arriving if not _expected(row, found.premises.code)],
        leaving=[row for row in found.departing if row.departed_at is None],
        left=[row for row in found.departing if row.departed_at is not None],
        others=[code for code in actor.premises if code != found.premises.code],
        reasons=await choices_of(works, "departure"),
        moves=await choices_of(works, "move_on"),
        key=uuid4().hex,
        done=done,
        faults=links(faults),
    )


def _expected(row: PlacementRow, premises: str) -> bool:
    """Booked here and not here yet; or living elsewhere, and on the way here by a move between premises."""
    return row.state == "booked" or (row.state == "arrived" and row.premises != premises)


def _done(request: Ask) -> str:
    for what in ("arrived", "left"):
        count = request.query_params.get(what, "")
        if count.isdecimal() and len(count) < 4:
            n = int(count)
            if what == "arrived":
                return ngettext("%(n)s arrival is recorded.", "%(n)s arrivals are recorded.", n) % {"n": n}
            return ngettext("%(n)s departure is recorded.", "%(n)s departures are recorded.", n) % {"n": n}
    return ""


def _ids(form: Any) -> list[UUID]:
    """Raises `Invalid`: the fields are our own, so a person sees it only where the page was tampered with."""
    try:
        return [UUID(one) for one in form.getall("id", [])][:MOST]
    except (ValueError, AttributeError) as error:
        raise Invalid.because("id", _("This page is out of date. Load it again, and tick who it is about.")) from error


def _key(form: Any) -> str:
    value = form.get("key", "")
    return value[:64] if isinstance(value, str) and value else uuid4().hex
