"""The inbox: what came in, and what became of it."""

from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from gateway.access.act import act
from gateway.given import GivenActor, GivenWorks
from gateway.intake.read import list_inbox, read_inbox
from gateway.pages.page import Ask, HtmlPage, page
from gateway.pages.words import INBOX_STATES, _
from schemas.inbox import ListInbox, ReadInbox
from schemas.words import InboxState


@get("/inbox")
async def messages(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    asked: Any = request.query_params.get("state", "")
    state = asked if asked in get_args(InboxState) else None
    command = ListInbox(state=state, limit=25, cursor=request.query_params.get("cursor"))
    found = await act(works.house, actor, list_inbox, command)
    states = [{"value": "", "text": _("All messages")}]
    states += [{"value": code, "text": _(text)} for code, (text, _colour) in INBOX_STATES.items()]
    more = f"/inbox?{urlencode({'state': state or '', 'cursor': found.next})}" if found.next else None
    return page(request, "inbox_list.html", messages=found.items, state=state or "", states=states, more=more)


@get("/inbox/{inbox_id:uuid}")
async def message(request: Ask, works: GivenWorks, actor: GivenActor, inbox_id: FromPath[UUID]) -> HtmlPage:
    item = await act(works.house, actor, read_inbox, ReadInbox(id=inbox_id))
    return page(request, "inbox_item.html", item=item)
