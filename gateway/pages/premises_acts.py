"""The page of one change to premises: its question, and what comes of the answer."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bedspace.claims.out_of_service import cancel_outage, revise_outage, take_out_of_service
from bedspace.premises.around import end_restriction, keep_contact, restrict
from bedspace.premises.beds import add_bed, close_bed, move_bed, open_bed
from bedspace.premises.change import change_details, change_room
from bedspace.premises.close import close_premises, reopen_premises
from bedspace.premises.confirm import report_bed
from gateway.access.act import act
from gateway.api.keeping import position
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.placement_forms import command_of, typed
from gateway.pages.premises_begin import About, about_of, before, choices
from gateway.pages.premises_forms import FORMS, Form
from gateway.pages.premises_rights import refuse
from gateway.pages.words import N_, _
from gateway.wiring import Works
from schemas import keeping, outages
from schemas.errors import Conflict, FieldFault, Invalid, NightsClaimed, NotThere

Verb = Callable[..., Awaitable[Any]]
Made = tuple[Verb, Any]
"""A verb and its command."""

SIMPLE: dict[str, tuple[type[Any], Verb, Callable[[str, About, Any], Any]]] = {
    "bed": (keeping.NewBed, add_bed, lambda code, _on, new: keeping.AddBed(code=code, add=new)),
    "bed-move": (keeping.BedMove, move_bed, lambda _code, on, move: keeping.MoveBed(bed=on.key, move=move)),
    "bed-close": (keeping.BedDate, close_bed, lambda _code, on, day: keeping.CloseBed(bed=on.key, from_=day.from_)),
    "bed-open": (keeping.BedDate, open_bed, lambda _code, on, day: keeping.OpenBed(bed=on.key, from_=day.from_)),
    "contact": (
        keeping.ContactChange,
        keep_contact,
        lambda code, on, new: keeping.KeepContact(code=code, purpose=on.key, contact=new),  # type: ignore[arg-type]  # looked up
    ),
    "restrict": (keeping.NewRestriction, restrict, lambda code, _on, new: keeping.Restrict(code=code, restriction=new)),
    "restriction-end": (
        keeping.BedDate,
        end_restriction,
        lambda code, on, day: keeping.EndRestriction(code=code, id=on.id, from_=day.from_),
    ),
    "close": (keeping.Closure, close_premises, lambda code, _on, new: keeping.ClosePremises(code=code, closure=new)),
    "reopen": (
        keeping.BedDate,
        reopen_premises,
        lambda code, _on, day: keeping.ReopenPremises(code=code, from_=day.from_),
    ),
}
"""What is typed, the verb, and the command around what is typed."""

WHOLE: dict[str, tuple[type[Any], Verb, Callable[[About], dict[str, Any]]]] = {
    "contact-remove": (
        keeping.KeepContact,
        keep_contact,
        lambda on: {"code": on.premises.code, "purpose": on.key, "contact": None},
    ),
    "out-of-service": (outages.TakeOutOfService, take_out_of_service, lambda on: {"bed": on.key}),
    "outage": (outages.ReviseOutage, revise_outage, lambda on: {"id": on.id, "revision": on.revision}),
    "outage-cancel": (outages.CancelOutage, cancel_outage, lambda on: {"id": on.id}),
    "report": (keeping.ReportBed, report_bed, lambda on: {"bed": on.key}),
}
"""The command, the verb, and what the command says beside what is typed."""

WORDS = {
    "arrive_by": N_("Enter the hour as 17:00"),
    "depart_by": N_("Enter the hour as 12:00"),
    "turnaround_nights": N_("Enter a number of nights from 0 to 14"),
    "phone": N_("Enter a telephone number, such as 0113 496 0001"),
    "email": N_("Enter an e-mail address, such as leeds@example.org"),
    "bed": N_("Enter a code without spaces and slashes, such as P034-01"),
    "rename_to": N_("Enter a name of at most 40 letters; the code of a bed has no spaces and slashes"),
}


@get("/premises/{code:str}/keep/{name:str}")
async def ask(request: Ask, works: GivenWorks, actor: GivenActor, code: FromPath[str], name: FromPath[str]) -> HtmlPage:
    form = _form_of(name)
    refuse(actor, code, form.action)
    on = await about_of(works, actor, code, form.about, request.query_params.get("on", ""))
    return await _show(request, works, name, on, before(name, on))


@post("/premises/{code:str}/keep/{name:str}", status_code=200)
async def do(request: Ask, works: GivenWorks, actor: GivenActor, code: FromPath[str], name: FromPath[str]) -> HtmlPage:
    """Sent again, as when the page is loaded again, it is done once."""
    form = _form_of(name)
    refuse(actor, code, form.action)
    sent = await request.form()
    given = typed(form.fields, sent)
    on = await about_of(works, actor, code, form.about, str(sent.get("on", "")))
    try:
        made = _command(works, name, on, given, sent)
        if made is not None:
            verb, command = made
            await act(works.house, actor, verb, command, key=str(sent.get("key", ""))[:100] or None)
    except (Invalid, NightsClaimed, Conflict, NotThere) as error:
        return await _show(request, works, name, on, given, *_placed(form, error), was=_was(form, sent))
    return see(f"/premises/{quote(code, safe='')}?done={name if made else 'nothing'}")


def _command(works: Works, name: str, on: About, given: dict[str, Any], sent: Any) -> Made | None:
    """None where nothing was changed. Raises `Invalid`."""
    fields = FORMS[name].fields
    if name in SIMPLE:
        kind, verb, around = SIMPLE[name]
        return verb, around(on.premises.code, on, command_of(kind, given, fields))
    if name in WHOLE:
        kind, verb, more = WHOLE[name]
        return verb, command_of(kind, given, fields, **more(on))
    return _changed(works, name, on, given, sent)


def _changed(works: Works, name: str, on: About, given: dict[str, Any], sent: Any) -> Made | None:
    """Only what was typed otherwise than it stood is changed, so that nobody undoes what another has just changed."""
    fields, was = FORMS[name].fields, _was(FORMS[name], sent)
    for field in fields:  # nothing is left empty by accident
        if not field.optional and not given[field.name]:
            command_of(keeping.RoomChange, given, fields, name="")
    changed = tuple(field for field in fields if _flat(given[field.name]) != was[field.name])
    if not changed:
        return None
    if name == "room":
        change = command_of(keeping.RoomChange, given, changed, name=on.key)
        return change_room, keeping.ChangeRoom(code=on.premises.code, change=change)
    details = command_of(keeping.DetailsChange, given, changed)
    where = position(works, details.postcode)
    return change_details, keeping.ChangeDetails(code=on.premises.code, change=details, position=where)


def _flat(value: Any) -> str:
    return " ".join(sorted(value)) if isinstance(value, list) else str(value)


def _was(form: Form, sent: Any) -> dict[str, str]:
    """What stood in the form when it was opened."""
    return {field.name: str(sent.get(f"was-{field.name}", "")) for field in form.fields}


def _placed(form: Form, error: Exception) -> tuple[FieldFault, ...]:
    """Each fault at its field; a fault of the whole at the first."""
    faults = error.faults if isinstance(error, Invalid) else (FieldFault("", str(error)),)
    known = {field.name for field in form.fields}
    first = form.fields[0].name if form.fields else "main-content"
    return tuple(
        FieldFault(one.field, _(WORDS.get(one.field, one.why)) if one.why.startswith("Expected") else one.why)
        if one.field in known
        else FieldFault(first, one.why)
        for one in faults
    )


def _form_of(name: str) -> Form:
    if name not in FORMS:
        raise NotThere("There is no such page. Start again from the premises.")
    return FORMS[name]


async def _show(
    request: Ask,
    works: Works,
    name: str,
    on: About,
    given: dict[str, Any],
    *faults: FieldFault,
    was: dict[str, str] | None = None,
) -> HtmlPage:
    form = FORMS[name]
    dates = {field.name: f"{field.name}-day" for field in form.fields if field.kind == "date"}
    return page(
        request,
        "premises_act.html",
        status=422 if faults else 200,
        form=form,
        question=_(form.question) % {"on": on.name},
        premises=on.premises,
        address=f"/premises/{quote(on.premises.code, safe='')}",
        which=name,
        on=on.address,
        typed=given,
        was=was or {field.name: _flat(given.get(field.name, "")) for field in form.fields},
        choices=await choices(works, form, on),
        key=uuid4().hex,
        faults=links(faults, dates),
    )


handlers: list[HTTPRouteHandler] = [ask, do]
