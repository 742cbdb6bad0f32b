"""The page of one act on an NSI: its question and fields, and what comes of the answer."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from litestar import get, post
from litestar.datastructures import FormMultiDict
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct, field

from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.choices import choices_of
from gateway.pages.locate_act import key_of
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.placement_forms import Field, command_of, typed
from gateway.pages.words import _
from gateway.transfers.read import read_nsi
from gateway.wiring import Works
from schemas.errors import Ambiguous, BedspaceError, Conflict, FieldFault, Invalid, NotThere
from schemas.nsis import Nsi, ReadNsi

Verb = Callable[..., Awaitable[Any]]
Choices = Mapping[str, list[dict[str, str]]]


class Link(Struct, frozen=True):
    text: str
    href: str


class Form(Struct, frozen=True, kw_only=True):
    """One act. What the page is to say is translated already where it comes from the record, and here where not."""

    action: str
    """The permission."""
    question: str
    button: str
    done: str
    """What the NSI says after it."""
    command: type[Any]
    verb: Callable[[Works], Verb]
    fields: tuple[Field, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    """What the command holds beside the fields."""
    hint: str = ""
    remarks: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    begins: Mapping[str, str] = field(default_factory=dict)
    """What the fields begin with."""
    choices: Choices = field(default_factory=dict)
    of: Callable[[Mapping[str, Any], str], dict[str, Any]] | None = None
    """What the command holds, made of what was typed and the button; without, of each field its own."""
    second: str = ""
    """A second button, whose name is `later`, and the words of what it does."""
    second_verb: Callable[[Works], Verb] | None = None
    second_command: type[Any] | None = None
    second_done: str = ""
    grave: bool = False
    also: tuple[Link, ...] = ()
    why_not: str = ""
    """Why it cannot be done now."""


Find = Callable[[Nsi, Mapping[str, Any], Actor, Works], Form]
"""The form that an address stands for. Raises `NotThere`."""


def pages(path: str, find: Find) -> list[HTTPRouteHandler]:
    """The page at `/nsis/ID/PATH`, and what is sent from it."""
    name = f"page of an NSI: {path}"

    @get(f"/nsis/{{nsi_id:uuid}}/{path}", name=name)
    async def ask(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
        nsi = await _nsi(request, works, actor)
        form = find(nsi, request.path_params, actor, works)
        permit(actor, form.action)
        if form.why_not:
            raise Conflict(form.why_not)
        return await _show(request, works, nsi, form, typed(form.fields, FormMultiDict()) | dict(form.begins))

    @post(f"/nsis/{{nsi_id:uuid}}/{path}", status_code=200, name=f"{name}, sent")
    async def do(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
        """Sent again, as when the page is loaded again, it is done once."""
        sent = await request.form()
        nsi = await _nsi(request, works, actor)
        form = find(nsi, request.path_params, actor, works)
        given, later = typed(form.fields, sent), sent.get("then") == "later" and bool(form.second)
        try:
            await _do(works, actor, nsi, form, given, key=key_of(sent), later=later)
        except (Invalid, Conflict, NotThere, Ambiguous) as error:
            return await _show(request, works, nsi, form, given, error)
        return see(f"/nsis/{nsi.id}?done={form.second_done if later else form.done}")

    return [ask, do]


async def _nsi(request: Ask, works: Works, actor: Actor) -> Nsi:
    nsi_id: UUID = request.path_params["nsi_id"]
    return await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))


async def _do(
    works: Works, actor: Actor, nsi: Nsi, form: Form, given: Mapping[str, Any], *, key: str | None, later: bool
) -> None:
    kind = form.second_command if later and form.second_command else form.command
    verb = form.second_verb if later and form.second_verb else form.verb
    if form.of:
        command = kind(id=nsi.id, **form.given, **form.of(given, "later" if later else ""))
    else:
        command = command_of(kind, given, form.fields, id=nsi.id, **form.given)
    await act(works.house, actor, verb(works), command, key=key)


async def _show(
    request: Ask, works: Works, nsi: Nsi, form: Form, given: Mapping[str, Any], error: BedspaceError | None = None
) -> HtmlPage:
    faults = _placed(form, error) if error else ()
    days = {one.name: f"{one.name}-day" for one in form.fields if one.kind in ("date", "moment")}
    return page(
        request,
        "nsi_act.html",
        status=422 if faults else 200,
        nsi=nsi,
        form=form,
        address=request.url.path,
        typed=given,
        choices=await _choices(works, form),
        key=uuid4().hex,
        faults=links(faults, days),
    )


async def _choices(works: Works, form: Form) -> Choices:
    listed = {one.name: await choices_of(works, one.list) for one in form.fields if one.kind == "list" and one.list}
    return listed | dict(form.choices)


def _placed(form: Form, error: BedspaceError) -> tuple[FieldFault, ...]:
    """Each at its field; what is about the whole at the first one, or at the top."""
    faults = error.faults if isinstance(error, Invalid) else (FieldFault("", str(error)),)
    known = {one.name for one in form.fields}
    first = form.fields[0].name if form.fields else "main-content"
    return tuple(_at(one, known, first) for one in faults)


def _at(fault: FieldFault, known: set[str], first: str) -> FieldFault:
    name = fault.field.removeprefix("evidence.")
    why = _("Enter fewer letters, or another shape") if fault.why.startswith("Expected") else fault.why
    return FieldFault(name if name in known else first, why)
