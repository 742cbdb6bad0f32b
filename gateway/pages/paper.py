"""The transfer pack of an NSI, to be printed and to go with the paper file; and where that file is."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.datastructures import FormMultiDict
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit, table
from gateway.given import GivenActor, GivenWorks
from gateway.pages.locate_act import Change, Place, ask, key_of
from gateway.pages.page import Ask, HtmlPage, may, page, see
from gateway.pages.paper_forms import PAPER, paper_command
from gateway.pages.placement_forms import typed
from gateway.pages.words import _, written_date
from gateway.transfers.kinds import document_kinds
from gateway.transfers.paper import dispatch_paper, place_paper, receive_paper
from gateway.transfers.read import read_nsi
from gateway.wiring import Works
from schemas.errors import BedspaceError, NotThere, Unavailable
from schemas.nsis import Action, Asks, Nsi, ReadNsi

DO: dict[str, Any] = {"sent": dispatch_paper, "place": place_paper, "received": receive_paper}


@get("/nsis/{nsi_id:uuid}/pack")
async def pack(request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    """All of it is on one page, made to be printed. Looking at it is on the audit record."""
    nsi = await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))
    return page(
        request,
        "pack.html",
        nsi=nsi,
        paper=paper_of(nsi),
        acts=_acts(actor, nsi),
        said=said,
        printed=works.house.now(),
        done=_(PAPER[done].done) if (done := request.query_params.get("done", "")) in PAPER else "",
    )


def said(asked: Asks, value: Any) -> str:
    """What was recorded in one field of an action, as people write it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if asked.type == "date":
        return written_date(date.fromisoformat(str(value)))
    return next((one.name for one in asked.options if one.code == value), str(value))


def paper_of(nsi: Nsi) -> Action | None:
    return next((one for one in nsi.actions if one.kind == "paper_file"), None)


def _acts(actor: Actor, nsi: Nsi) -> list[dict[str, str]]:
    """What can be recorded of the paper file now: each end its own. The verbs decide."""
    if not may(actor, "nsi.paper") or nsi.merged_into:
        return []
    line = paper_of(nsi)
    sent = bool(line and line.evidence.get("dispatched_on"))
    over = bool(line and line.done_at)
    sends = nsi.sending.pdu is None or _works_for(actor, nsi.sending.pdu.code)
    offered = {"sent": not over and sends, "received": not over and _works_for(actor, nsi.receiving.pdu.code)}
    offered |= {"place": sent}
    return [
        {"href": f"/nsis/{nsi.id}/paper/{name}", "text": _(PAPER[name].change.button)}
        for name in offered
        if offered[name]
    ]


def _works_for(actor: Actor, pdu: str) -> bool:
    return table()["nsi.paper"].get(actor.role) == "nation" or pdu in actor.pdus


@get("/nsis/{nsi_id:uuid}/paper/{name:str}")
async def form(
    request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID], name: FromPath[str]
) -> HtmlPage:
    change = _change(name)
    permit(actor, change.action)
    nsi = await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))
    return _ask(request, name, nsi, typed(change.fields, FormMultiDict()))


@post("/nsis/{nsi_id:uuid}/paper/{name:str}", status_code=200)
async def do(
    request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID], name: FromPath[str]
) -> HtmlPage:
    change = _change(name)
    permit(actor, change.action)
    sent = await request.form()
    given = typed(change.fields, sent)
    try:
        command = paper_command(name, given, nsi_id)
        await act(works.house, actor, DO[name], command, key=key_of(sent))
    except Unavailable:
        raise
    except BedspaceError as error:
        nsi = await _nsi(works, actor, nsi_id)
        return _ask(request, name, nsi, given, error)
    return see(f"/nsis/{nsi_id}/pack?done={name}")


async def _nsi(works: Works, actor: Actor, nsi: UUID) -> Nsi:
    return await act(works.house, actor, read_nsi, ReadNsi(id=nsi))


def _change(name: str) -> Change:
    if name not in PAPER:
        raise NotThere("There is no such page. Start again from the NSI.")
    return PAPER[name].change


def _ask(request: Ask, name: str, nsi: Nsi, given: dict[str, Any], error: Exception | None = None) -> HtmlPage:
    caption = f"{nsi.reference} · {nsi.receiving.pdu.name}"
    back = {"back": nsi.reference, "back_to": f"/nsis/{nsi.id}/pack"}
    place = Place(address=f"/nsis/{nsi.id}/paper/{name}", caption=caption, **back)
    documents = [{"value": one.id, "text": one.title} for one in document_kinds().values()]
    return ask(request, PAPER[name].change, place, given, choices={"missing": documents}, error=error)


handlers: list[HTTPRouteHandler] = [pack, form, do]
