"""NSIs: all of them as a list, and one of them with everything that may be done with it now."""

from collections.abc import Mapping
from datetime import date
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
from gateway.pages.choices import names_of_lists
from gateway.pages.clock_bars import Bars, bars
from gateway.pages.nsi_action_forms import skips
from gateway.pages.nsi_acts import ACTS, offers
from gateway.pages.nsi_components import keeps_components
from gateway.pages.nsi_next import next_steps
from gateway.pages.nsi_sides import at, masked
from gateway.pages.nsi_words import DONE
from gateway.pages.page import Ask, HtmlPage, may, page, see
from gateway.pages.reroute import sends_on
from gateway.pages.words import NSI_STATUSES, _, short_date
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.read import list_nsis, read_nsi
from gateway.wiring import Works
from schemas.nsis import Action, Asks, ConfirmNsi, ListNsis, Nsi, ReadNsi
from schemas.words import NsiStatus

LISTS = ("clock_pause", "nsi_outcome", "nsi_sub_type")
"""Whose codes the page of an NSI may show."""


@get("/nsis/all")
async def everything(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
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
        more=f"/nsis/all?{urlencode(following)}" if found.next else None,
    )


@get("/nsis/{nsi_id:uuid}")
async def one(request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    nsi = await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))
    today = london_today(works.house.now())
    offered = offers(actor, nsi, today)
    listed = {one.list for line in nsi.actions for one in line.asks if one.list}
    names = await names_of_lists(works, sorted({*LISTS, *listed}))
    return page(
        request,
        "nsi.html",
        nsi=nsi,
        today=today,
        steps=next_steps(nsi),
        main_acts=[one for one in offered if one.main],
        more_acts=[one for one in offered if not one.main],
        rights=rights(actor, nsi),
        skippable=[line.n for line in nsi.actions if skips(actor, line)],
        evidence_of=lambda line: evidence_of(line, names),
        names=names,
        bars=_bars(nsi, works),
        message_shown=nsi.inbox_id is not None and table()["inbox.read"].get(actor.role) == "nation",
        confirmable=nsi.status == "prepared" and _sends(actor, nsi),
        sendable=sends_on(actor, nsi),
        done=_done(request.query_params.get("done", ""), nsi),
    )


@post("/nsis/{nsi_id:uuid}/confirm")
async def confirm(works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    await act(works.house, actor, confirm_nsi, ConfirmNsi(id=nsi_id))
    return see(f"/nsis/{nsi_id}?done=confirmed")


def rights(actor: Actor, nsi: Nsi) -> dict[str, bool]:
    """What may be done with parts of it, by role and end; with nothing of one that was merged."""
    live = nsi.merged_into is None
    actions = {"action": "nsi.action", "clock": "nsi.clock", "pause": "nsi.pause", "document": "nsi.document"}
    actions |= {"answer": "nsi.answer", "escalation": "escalation.answer"}
    found = {name: live and at(actor, action, nsi, "") for name, action in actions.items()}
    mine = {"component": keeps_components(actor, nsi)}
    return found | mine | {"review": may(actor, "case.review") and not masked(nsi)}


def _done(code: str, nsi: Nsi) -> str:
    if code == "confirmed":
        return _("The NSI is confirmed, and counts as raised.") if nsi.status != "prepared" else ""
    if code in ACTS:
        return _(ACTS[code].done)
    return _(DONE[code]) if code in DONE else ""


def evidence_of(line: Action, names: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """What is recorded of a line, by the titles of its fields: days as people write them, codes by their names."""
    given = [(one, line.evidence[one.id]) for one in line.asks if one.id in line.evidence]
    return [(one.title, _in_words(one, value, names.get(one.list or "", {}))) for one, value in given]


def _in_words(one: Asks, value: Any, listed: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if one.type == "date":
        return short_date(date.fromisoformat(value))
    options = {option.code: option.name for option in one.options} | dict(listed)
    return str(options.get(value, value))


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
