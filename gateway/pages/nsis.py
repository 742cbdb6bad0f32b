"""NSIs: the list of what is in flight, and one of them."""

from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import table
from gateway.given import GivenActor, GivenWorks
from gateway.pages.clock_bars import Bars, bars
from gateway.pages.page import Ask, HtmlPage, page, see
from gateway.pages.reroute import sends_on
from gateway.pages.words import NSI_STATUSES, _
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.read import list_nsis, read_nsi
from gateway.wiring import Works
from schemas.nsis import ConfirmNsi, ListNsis, Nsi, ReadNsi
from schemas.words import NsiStatus


@get("/nsis")
async def in_flight(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    query = request.query_params
    asked: Any = query.get("status", "")
    status = asked if asked in get_args(NsiStatus) else None
    overdue = query.get("overdue") == "1"
    found = await act(
        works.house, actor, list_nsis, ListNsis(status=status, overdue=overdue, limit=25, cursor=query.get("cursor"))
    )
    following = {"status": status or "", "overdue": "1" if overdue else "", "cursor": found.next}
    statuses = [{"value": "", "text": _("Every status")}]
    statuses += [{"value": code, "text": _(text)} for code, (text, _colour) in NSI_STATUSES.items()]
    return page(
        request,
        "nsi_list.html",
        nsis=found.items,
        status_asked=status or "",
        overdue_asked=overdue,
        statuses=statuses,
        more=f"/nsis?{urlencode(following)}" if found.next else None,
    )


@get("/nsis/{nsi_id:uuid}")
async def one(request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    nsi = await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))
    return page(
        request,
        "nsi.html",
        nsi=nsi,
        bars=_bars(nsi, works),
        message_shown=nsi.inbox_id is not None and table()["inbox.read"].get(actor.role) == "nation",
        confirmable=nsi.status == "prepared" and _sends(actor, nsi),
        sendable=sends_on(actor, nsi),
        just_confirmed=request.query_params.get("done") == "confirmed" and nsi.status != "prepared",
    )


@post("/nsis/{nsi_id:uuid}/confirm")
async def confirm(works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    await act(works.house, actor, confirm_nsi, ConfirmNsi(id=nsi_id))
    return see(f"/nsis/{nsi_id}?done=confirmed")


def _sends(actor: Actor, nsi: Nsi) -> bool:
    """Whether to show the button of those who send. Others have the link in their mail, or none."""
    reach = table()["nsi.confirm"].get(actor.role)
    if reach == "pdu":
        return nsi.sending.pdu is not None and nsi.sending.pdu.code in actor.pdus
    return reach is not None


def _bars(nsi: Nsi, works: Works) -> Bars | None:
    today = london_today(works.house.now())
    started = london_today(nsi.history[0].at) if nsi.history else today
    return bars(nsi.clocks, started, today)
