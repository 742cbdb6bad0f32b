"""Premises: the list, one of them, what they were, and the beds that nobody has confirmed."""

from datetime import date
from typing import Any, get_args
from urllib.parse import quote, urlencode

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bedspace.claims.outages import list_outages
from bedspace.nights import london_today
from bedspace.premises.confirm import confirm_bed, confirm_beds
from bedspace.premises.held import read_history
from bedspace.premises.read import (
    Wanted,
    characteristic_names,
    list_pdus,
    list_premises,
    list_regions,
    list_unconfirmed,
    look_around,
    show_premises,
)
from bedspace.premises.record import read_records
from bedspace.store import Reader
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages import premises_words
from gateway.pages.page import Ask, HtmlPage, page, see
from gateway.pages.placement_words import DECIDERS, TYPES
from gateway.pages.premises_forms import FORMS
from gateway.pages.premises_rights import keeps
from gateway.pages.words import N_, _
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import Invalid
from schemas.keeping import ConfirmBed, ConfirmBeds
from schemas.outages import ListOutages, Outage
from schemas.premises import PremisesType
from schemas.words import Gender

PAGE = 25
DONE = {
    **{name: form.done for name, form in FORMS.items()},
    "confirmed": N_("Thank you. What the register says of every bed here is confirmed."),
    "bed-confirmed": N_("Thank you. What the register says of this bed is confirmed."),
    "nothing": N_("Nothing was changed: all stands as it was."),
}


def _asked(request: Ask, name: str, most: int = 80) -> str | None:
    return request.query_params.get(name, "").strip()[:most] or None


def _choices(every: str, words: Any) -> list[dict[str, str]]:
    return [{"value": "", "text": every}, *({"value": code, "text": _(text)} for code, text in words)]


@get("/premises")
async def index(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    permit(actor, "bedspace.search")
    kind: Any = _asked(request, "type")
    gender: Any = _asked(request, "gender")
    wanted = Wanted(
        region=_asked(request, "region", 20),
        pdu=_asked(request, "pdu", 20),
        type=kind if kind in get_args(PremisesType) else None,
        gender=gender if gender in get_args(Gender) else None,
        called=_asked(request, "called"),
    )
    today = london_today(works.house.now())
    async with transaction(works.pool, readonly=True) as tx:
        found = await list_premises(tx, today, limit=PAGE, cursor=_asked(request, "cursor") or "", wanted=wanted)
        regions, pdus = await list_regions(tx), await list_pdus(tx, today)
    typed = {name: getattr(wanted, name) or "" for name in ("called", "region", "pdu", "gender", "type")}
    return page(
        request,
        "premises_list.html",
        rows=found.items,
        typed=typed,
        mine=actor.premises,
        today=today,
        names=dict(regions) | dict(pdus),
        regions=_choices(_("Every region"), regions),
        pdus=_choices(_("Every PDU"), pdus),
        types=_choices(_("Every type"), TYPES.items()),
        type_names=TYPES,
        more=f"/premises?{urlencode(typed | {'cursor': found.next})}" if found.next else None,
    )


@get("/premises/unconfirmed")
async def unconfirmed(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """The daily list, for a region or the nation."""
    permit(actor, "bedspace.search")
    asked = _asked(request, "days", 3) or "1"
    days = min(int(asked), 365) if asked.isdecimal() else 1
    region = _asked(request, "region", 20)
    today = london_today(works.house.now())
    async with transaction(works.pool, readonly=True) as tx:
        cursor = _asked(request, "cursor") or ""
        found = await list_unconfirmed(tx, today, days=days, region=region, limit=PAGE, cursor=cursor)
        regions = await list_regions(tx)
    following = {"days": days, "region": region or "", "cursor": found.next}
    return page(
        request,
        "premises_unconfirmed.html",
        found=found,
        region=region or "",
        regions=_choices(_("Every region"), regions),
        more=f"/premises/unconfirmed?{urlencode(following)}" if found.next else None,
    )


@get("/premises/{code:str}")
async def one(request: Ask, works: GivenWorks, actor: GivenActor, code: FromPath[str]) -> HtmlPage:
    permit(actor, "bedspace.search")
    today = london_today(works.house.now())
    async with transaction(works.pool, readonly=True) as tx:
        shown = await show_premises(tx, code, today)
        around = await look_around(tx, code)
        stale = await list_unconfirmed(tx, today, code=code)
        shut = await _shut(tx, code, today)
    done = request.query_params.get("done", "")
    return page(
        request,
        "premises.html",
        premises=shown,
        around=around,
        today=today,
        stale=frozenset(stale.items[0].unconfirmed if stale.items else ()),
        shut=shut,
        outages=await _outages(works, actor, code),
        rights={action: keeps(actor, code, action) for action in RIGHTS},
        type_names=TYPES,
        deciders=DECIDERS,
        said=premises_words,
        done=_(DONE[done]) if done in DONE else "",
        address=_address(code),
    )


RIGHTS = ("premises.keep", "premises.close", "premises.confirm", "outage.keep", "outage.read", "premises.report")


async def _shut(reader: Reader, code: str, today: date) -> list[str]:
    """Beds that are no more, and that may be opened again."""
    record = (await read_records(reader, [code]))[code]
    return [bed.code for room in record.rooms for bed in room.beds if bed.closes and bed.closes <= today]


async def _outages(works: Works, actor: Actor, code: str) -> list[Outage]:
    if not keeps(actor, code, "outage.read"):
        return []
    return (await act(works.house, actor, list_outages, ListOutages(premises=code, limit=100))).items


@post("/premises/{code:str}/confirm")
async def confirm(works: GivenWorks, actor: GivenActor, code: FromPath[str]) -> HtmlPage:
    """The whole, in one tap."""
    await act(works.house, actor, confirm_beds, ConfirmBeds(code=code))
    return see(f"{_address(code)}?done=confirmed")


@post("/premises/{code:str}/beds/{bed:str}/confirm")
async def confirm_one(works: GivenWorks, actor: GivenActor, code: FromPath[str], bed: FromPath[str]) -> HtmlPage:
    await act(works.house, actor, confirm_bed, ConfirmBed(bed=bed))
    return see(f"{_address(code)}?done=bed-confirmed#bed-{quote(bed, safe='')}")


@get("/premises/{code:str}/history")
async def history(request: Ask, works: GivenWorks, actor: GivenActor, code: FromPath[str]) -> HtmlPage:
    """What it was, who changed it, and when."""
    permit(actor, "premises.history")
    cursor = _asked(request, "cursor", 9)
    async with transaction(works.pool, readonly=True) as tx:
        shown = await show_premises(tx, code, london_today(works.house.now()))
        try:
            found = await read_history(tx, code, cursor=cursor)
        except Invalid:
            found = await read_history(tx, code)
        names = await characteristic_names(tx)
    return page(
        request,
        "premises_history.html",
        premises=shown,
        versions=found.items,
        names=names,
        said=premises_words,
        address=_address(code),
        more=f"{_address(code)}/history?{urlencode({'cursor': found.next})}" if found.next else None,
    )


def _address(code: str) -> str:
    return f"/premises/{quote(code, safe='')}"


handlers: list[HTTPRouteHandler] = [index, unconfirmed, one, confirm, confirm_one, history]
