"""Authorities that are split between PDUs, and in which PDU each of their postcode sectors lies."""

from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import Struct

from bedspace.locator.contacts import every_pdu
from bedspace.locator.sectors import SectorKeeper, list_sectors, split_authorities
from bedspace.nights import london_today, spoken
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.contact_forms import FROM, first_day
from gateway.pages.locate_act import Change, Place, ask, empty, key_of, reaches, refuse
from gateway.pages.on_day import ON, asked_day, typed_day
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.placement_forms import Field, command_of, typed
from gateway.pages.words import N_, _
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import Conflict, FieldFault, Invalid, NotThere
from schemas.locator import KeepSectors, SectorOf, SplitAuthority

A_PAGE = 60
UNKNOWN = "unknown"
WHICH = Field(
    name="sector", label=N_("Postcode sectors"), kind="text", hint=N_("One or several with commas, such as B1 1, B1 2")
)
PDU = Field(name="pdu", label=N_("They lie in"), kind="choice")
SAID_BY = Field(
    name="said_by", label=N_("Who said so"), kind="text", hint=N_("An office, a map, a minute"), optional=True
)
DECIDE = Change(
    action="sectors.keep",
    question=N_("Decide where sectors lie"),
    button=N_("Keep this"),
    hint=N_("From that day every postcode of the sectors is answered by that PDU alone."),
    fields=(WHICH, PDU, SAID_BY, FROM),
)


class Split(Struct, frozen=True, kw_only=True):
    """A split authority, and the region it is decided in."""

    found: SplitAuthority
    region: str


@get("/locate/sectors")
async def index(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    permit(actor, "locate")
    day, on, faults = _day(request, works)
    async with transaction(works.pool, readonly=True) as tx:
        splits = await split_authorities(tx, works.postcodes, on)
    shared = {"day": ON, "typed": day, "on": on, "faults": links(faults, {"on": "on-day"})}
    return page(request, "sectors.html", status=422 if faults else 200, splits=splits, **shared)


@get("/locate/sectors/{gss:str}")
async def one(request: Ask, works: GivenWorks, actor: GivenActor, gss: FromPath[str]) -> HtmlPage:
    permit(actor, "locate")
    day, on, faults = _day(request, works)
    split = await _split(works, gss, on)
    cursor = request.query_params.get("cursor")
    async with transaction(works.pool, readonly=True) as tx:
        listed = await list_sectors(tx, works.postcodes, gss, on, limit=A_PAGE, cursor=_cursor(cursor))
    address = f"/locate/sectors/{quote(gss, safe='')}"
    following = listed.next and urlencode({"on": on.isoformat(), "cursor": listed.next})
    return page(
        request,
        "sectors_of.html",
        status=422 if faults else 200,
        split=split.found,
        sectors=listed.items,
        address=address,
        more=following and f"{address}?{following}",
        day=ON,
        typed=day,
        on=on,
        decides=_decides(actor, split),
        done=request.query_params.get("done", ""),
        faults=links(faults, {"on": "on-day"}),
    )


@get("/locate/sectors/{gss:str}/decide")
async def form(request: Ask, works: GivenWorks, actor: GivenActor, gss: FromPath[str]) -> HtmlPage:
    split = await _may(works, actor, gss)
    return _ask(request, split, empty(DECIDE) | {"sector": request.query_params.get("sector", "")[:10]})


@post("/locate/sectors/{gss:str}/decide", status_code=200)
async def do(request: Ask, works: GivenWorks, actor: GivenActor, gss: FromPath[str]) -> HtmlPage:
    split = await _may(works, actor, gss)
    sent = await request.form()
    given = typed(DECIDE.fields, sent)
    try:
        command = _command(gss, given, london_today(works.house.now()))
        await act(works.house, actor, SectorKeeper(works.postcodes).keep_sectors, command, key=key_of(sent))
    except Invalid as error:
        return _ask(request, split, given, _at_fields(error))
    except (Conflict, NotThere) as error:
        return _ask(request, split, given, error)
    return see(f"/locate/sectors/{quote(gss, safe='')}?done=kept")


def _command(gss: str, given: dict[str, Any], today: date) -> KeepSectors:
    """Raises `Invalid`."""
    said = command_of(dict, given, DECIDE.fields[:3])
    pdu = None if said["pdu"] == UNKNOWN else said["pdu"]
    which = [text.strip() for text in said["sector"].split(",") if text.strip()]
    try:
        sectors = msgspec.convert(
            [{"authority": gss, "sector": text, "pdu": pdu, "said_by": said.get("said_by", "")} for text in which],
            list[SectorOf],
        )
    except msgspec.ValidationError as error:
        raise Invalid.because(
            "sector", _("Give sectors as B1 1, and say who said so in at most 200 letters")
        ) from error
    return KeepSectors(sectors=sectors, from_=first_day(given, FROM, today))


def _at_fields(error: Invalid) -> Invalid:
    return Invalid(*(FieldFault(one.field.rpartition(".")[2], one.why) for one in error.faults))


def _cursor(cursor: str | None) -> str | None:
    """A sector, or the first page."""
    return cursor if cursor and len(cursor) < 10 and " " in cursor.strip() else None


def _day(request: Ask, works: Works) -> tuple[dict[str, str], date, tuple[FieldFault, ...]]:
    day, today = typed_day(request.query_params), london_today(works.house.now())
    try:
        return day, asked_day(day) or today, ()
    except Invalid as error:
        return day, today, error.faults


async def _split(works: Works, gss: str, on: date) -> Split:
    """Raises `NotThere`."""
    async with transaction(works.pool, readonly=True) as tx:
        regions = {own.code: region.code for own, region in await every_pdu(tx, on)}
        for one in await split_authorities(tx, works.postcodes, on):
            if one.authority.code == gss:
                return Split(found=one, region=regions.get(one.pdus[0].code, ""))
    raise NotThere(f"No authority with the code {gss[:20]} is split between PDUs on {spoken(on)}.")


def _decides(actor: Actor, split: Split) -> bool:
    return reaches(actor, DECIDE.action, split.found.pdus[0].code, split.region)


async def _may(works: Works, actor: Actor, gss: str) -> Split:
    permit(actor, DECIDE.action)
    split = await _split(works, gss, london_today(works.house.now()))
    refuse(actor, DECIDE.action, split.found.pdus[0].code, split.region)
    return split


def _ask(request: Ask, split: Split, given: dict[str, Any], error: Exception | None = None) -> HtmlPage:
    authority = split.found.authority
    address = f"/locate/sectors/{quote(authority.code, safe='')}"
    place = Place(address=f"{address}/decide", caption=authority.name, back=authority.name, back_to=address)
    pdus = [{"value": pdu.code, "text": pdu.name} for pdu in split.found.pdus]
    unknown = {"value": UNKNOWN, "text": _("Nobody knows: all of these answer")}
    return ask(request, DECIDE, place, given, choices={"pdu": [*pdus, unknown]}, error=error)


handlers: list[HTTPRouteHandler] = [index, one, form, do]
