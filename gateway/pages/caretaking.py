"""Caretaking: whom we hold for others and others hold for us; recording it, and ending it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.locate_act import Change, Place, ask, empty, key_of
from gateway.pages.page import Ask, HtmlPage, may, page, see
from gateway.pages.placement_forms import Field, command_of, typed
from gateway.pages.words import N_, _
from gateway.transfers.caretaking import finish_caretaking, list_caretaking, record_caretaking
from schemas.custody import EndCaretaking, ListCaretaking, RecordCaretaking
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere

CODE = N_("Its code, such as the locator shows")
RECORD = Change(
    action="caretaking.record",
    question=N_("Record caretaking"),
    button=N_("Record it"),
    hint=N_("One PDU supervises for the PDU that is responsible, without a formal transfer. That stays so."),
    fields=(
        Field(name="person", label=N_("CRN of the person"), kind="text"),
        Field(name="by_pdu", label=N_("PDU that supervises"), kind="text", hint=CODE),
        Field(
            name="for_pdu",
            label=N_("PDU that is responsible"),
            kind="text",
            hint=N_("Leave it empty for the one on record"),
            optional=True,
        ),
        Field(name="from", label=N_("Since"), kind="date", hint=N_("Leave it empty for today"), optional=True),
        Field(
            name="until",
            label=N_("Until"),
            kind="date",
            hint=N_("The first day on which it is over, where that is known"),
            optional=True,
        ),
        Field(
            name="nsi",
            label=N_("NSI that it goes with"),
            kind="text",
            hint=N_("Its reference, such as NSI-000123"),
            optional=True,
        ),
        Field(
            name="reason",
            label=N_("Why"),
            kind="note",
            hint=N_("In words, with nothing that names the person"),
            optional=True,
        ),
    ),
)
END = Change(
    action="caretaking.end",
    question=N_("When did the caretaking end?"),
    button=N_("End it"),
    hint=N_("It ends by itself when a case transfer completes, or another PDU takes the case over."),
    fields=(
        Field(
            name="on",
            label=N_("First day on which it is over"),
            kind="date",
            hint=N_("Leave it empty for today"),
            optional=True,
        ),
    ),
)
DONE = {"record": N_("The caretaking is recorded."), "end": N_("The caretaking has ended.")}


@get("/caretaking")
async def index(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    query = request.query_params
    pdu = query.get("pdu", "").strip().upper()[:20]
    asked = ListCaretaking(pdu=pdu or None, limit=50, cursor=query.get("cursor") or None)
    found = await act(works.house, actor, list_caretaking, asked)
    done = query.get("done", "")
    return page(
        request,
        "caretaking.html",
        found=found,
        ours=actor.pdus,
        pdu=pdu,
        ends=may(actor, END.action),
        more=f"/caretaking?{urlencode({'pdu': pdu, 'cursor': found.next})}" if found.next else None,
        done=_(DONE[done]) if done in DONE else "",
    )


@get("/caretaking/new")
async def begin(request: Ask, actor: GivenActor) -> HtmlPage:
    permit(actor, RECORD.action)
    given = empty(RECORD) | {"by_pdu": actor.pdus[0] if len(actor.pdus) == 1 else ""}
    return ask(request, RECORD, _place("/caretaking/new"), given)


@post("/caretaking/new", status_code=200)
async def record(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    sent = await request.form()
    given: dict[str, Any] = typed(RECORD.fields, sent)
    for name in ("person", "by_pdu", "for_pdu"):
        given[name] = given[name].upper()
    try:
        command = command_of(RecordCaretaking, given, RECORD.fields)
        await act(works.house, actor, record_caretaking, command, key=key_of(sent))
    except (Invalid, Conflict, NotThere, NotAllowed) as error:
        return ask(request, RECORD, _place("/caretaking/new"), given, error=error)
    return see("/caretaking?done=record")


@get("/caretaking/{caretaking_id:uuid}/end")
async def ask_end(request: Ask, actor: GivenActor, caretaking_id: FromPath[UUID]) -> HtmlPage:
    permit(actor, END.action)
    return ask(request, END, _place(f"/caretaking/{caretaking_id}/end"), empty(END))


@post("/caretaking/{caretaking_id:uuid}/end", status_code=200)
async def end(request: Ask, works: GivenWorks, actor: GivenActor, caretaking_id: FromPath[UUID]) -> HtmlPage:
    sent = await request.form()
    given = typed(END.fields, sent)
    try:
        command = command_of(EndCaretaking, given, END.fields, id=caretaking_id)
        await act(works.house, actor, finish_caretaking, command, key=key_of(sent))
    except Invalid as error:
        return ask(request, END, _place(f"/caretaking/{caretaking_id}/end"), given, error=error)
    return see("/caretaking?done=end")


def _place(address: str) -> Place:
    return Place(address=address, caption=_("Caretaking"), back=_("Caretaking"), back_to="/caretaking")


handlers: list[HTTPRouteHandler] = [index, begin, record, ask_end, end]
