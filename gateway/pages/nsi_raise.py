"""Raising an NSI: who, what and where to; then who receives and what will be asked; then it is raised.

The person travels in forms only, never in an address.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from litestar import get, post
from litestar.datastructures import FormMultiDict
from litestar.handlers import HTTPRouteHandler

from bedspace.locator.locate import locate
from bedspace.nights import london_today
from bedspace.premises.read import list_pdus
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.choices import choices_of
from gateway.pages.locate_act import key_of
from gateway.pages.nsi_raise_form import (
    AMONG,
    HEADINGS,
    HOWS,
    NUMBER,
    SAYS,
    How,
    begins,
    command,
    fields_of,
    of_person,
    parts,
)
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.placement_forms import Field, day_of, typed
from gateway.pages.words import NSI_TYPES, ROSH, _, written_date
from gateway.people.find import find_person
from gateway.store.database import transaction
from gateway.transfers.raising import Raiser
from gateway.transfers.route import PURPOSES
from gateway.wiring import Works
from schemas.errors import (
    Ambiguous,
    BedspaceError,
    FieldFault,
    Invalid,
    NotAllowed,
    NotThere,
    Unavailable,
    UnknownPlace,
)
from schemas.locate import Whereabouts
from schemas.nsi_life import RaiseUnannounced
from schemas.nsis import RaiseNsi
from schemas.people import FindPerson

Options = list[dict[str, str]]
Record = RaiseNsi | RaiseUnannounced


@get("/nsis/new")
async def begin(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    how = _how(request.query_params.get("how", ""))
    permit(actor, _action(how))
    given = typed((NUMBER, AMONG, *_fields(how, actor)), FormMultiDict()) | begins(how, actor)
    return await _form(request, works, actor, how, given)


@post("/nsis/new", status_code=200)
async def go_on(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """Find the person, look at what would follow, change something, or raise it, by the button. Sent again, once."""
    form = await request.form()
    how, then = _how(str(form.get("how", ""))), str(form.get("then", ""))
    permit(actor, _action(how))
    given = typed((NUMBER, AMONG, *_fields(how, actor)), form)
    if then == "change":
        return await _form(request, works, actor, how, given)
    try:
        if then == "find":
            return await _found(request, works, actor, how, given)
        record = command(how, given, actor)
        if then != "raise":
            return await _check(request, works, actor, how, given, record)
        state = await act(works.house, actor, _verb(works, record, preview=False), record, key=key_of(form))
    except (Unavailable, NotAllowed):
        raise
    except BedspaceError as error:
        return await _again(request, works, actor, how, given, error)
    return see(f"/nsis/{state.id}?done={'arrived' if how == 'unannounced' else 'raised'}")


async def _found(request: Ask, works: Works, actor: Actor, how: How, given: dict[str, Any]) -> HtmlPage:
    """Fills in who it is. Raises what the look raises."""
    person = await act(works.house, actor, find_person, FindPerson(number=given["number"]))
    return await _form(request, works, actor, how, given | of_person(person), found=True)


async def _check(request: Ask, works: Works, actor: Actor, how: How, given: dict[str, Any], record: Record) -> HtmlPage:
    """Who would receive, and what would be asked. Nothing is kept yet. Raises what raising it would."""
    preview = await act(works.house, actor, _verb(works, record, preview=True), record)
    fields = _fields(how, actor)
    return page(
        request,
        "nsi_raise_check.html",
        how=how,
        heading=_(HEADINGS[how]),
        preview=preview,
        said=_said(fields, given, await _choices(works, actor, fields)),
        today=london_today(works.house.now()),
        hidden_pairs=[("how", how), *((name, value) for name, value in given.items() if value)],
        key=uuid4().hex,
    )


async def _again(
    request: Ask, works: Works, actor: Actor, how: How, given: dict[str, Any], error: BedspaceError
) -> HtmlPage:
    many = await _among(works, given, error)
    fields = _fields(how, actor)
    known = {one.name for one in (NUMBER, *fields)} | ({"among"} if many else set())
    faults = error.faults if isinstance(error, Invalid) else (FieldFault(_field_of(error, many), str(error)),)
    placed = [_placed(one, known) for one in faults]
    return await _form(request, works, actor, how, given, *placed, many=many)


def _field_of(error: BedspaceError, many: Options) -> str:
    if many:
        return "among"
    if isinstance(error, UnknownPlace) or "SPOC" in str(error):
        return "destination"
    return "number" if isinstance(error, NotThere) else "name"


def _placed(fault: FieldFault, known: set[str]) -> FieldFault:
    name = {"near": "destination", "person": "name"}.get(fault.field, fault.field.removeprefix("person."))
    why = _("Give it in another shape, or fewer letters") if fault.why.startswith("Expected") else fault.why
    return FieldFault(name if name in known else "main-content", why)


async def _among(works: Works, given: Mapping[str, Any], error: BedspaceError) -> Options:
    """What a place may stand for, to choose one of: the PDUs it lies in, or the names most like it."""
    if isinstance(error, UnknownPlace):
        return [{"value": one.near, "text": one.name} for one in error.candidates]
    if not isinstance(error, Ambiguous) or given["among"]:
        return []
    kind: Any = given["type"]
    question = Whereabouts(near=given["destination"], purpose=PURPOSES.get(kind, "transfer"))
    async with transaction(works.pool, readonly=True) as tx:
        located = await locate(tx, works.postcodes, question, london_today(works.house.now()))
    return [
        {"value": f"{one.pdu.name} PDU", "text": f"{one.pdu.name}, {one.region.name}"}
        for one in located.ambiguous or []
    ]


async def _form(
    request: Ask,
    works: Works,
    actor: Actor,
    how: How,
    given: dict[str, Any],
    *faults: FieldFault,
    many: Options | None = None,
    found: bool = False,
) -> HtmlPage:
    fields = _fields(how, actor)
    return page(
        request,
        "nsi_raise.html",
        status=422 if faults else 200,
        how=how,
        others=[(f"/nsis/new?how={one}", _(HEADINGS[one])) for one in HOWS if one != how],
        heading=_(HEADINGS[how]),
        says=_(SAYS[how]),
        number=NUMBER,
        parts=[(_(title), some) for title, some in parts(how, chooses=len(actor.pdus) != 1)],
        among=AMONG if many else None,
        found=found,
        typed=given,
        choices={**await _choices(works, actor, fields), "among": many or []},
        faults=links(faults, {one.name: f"{one.name}-day" for one in fields if one.kind == "date"}),
    )


async def _choices(works: Works, actor: Actor, fields: tuple[Field, ...]) -> dict[str, Options]:
    blank = {"value": "", "text": _("Not given")}
    async with transaction(works.pool, readonly=True) as tx:
        pdus = [{"value": code, "text": name} for code, name in await list_pdus(tx, london_today(works.house.now()))]
    own = [one for one in pdus if one["value"] in actor.pdus]
    arrived = any(one.name == "arrived_on" for one in fields)
    return {
        "gender": [blank, {"value": "male", "text": _("Man")}, {"value": "female", "text": _("Woman")}],
        "type": [{"value": code, "text": _(text)} for code, text in NSI_TYPES.items()],
        "rosh": [blank, *({"value": code, "text": _(text)} for code, (text, _colour) in ROSH.items())],
        "category": [blank, *({"value": str(n), "text": str(n)} for n in range(1, 5))],
        "level": [blank, *({"value": str(n), "text": str(n)} for n in range(1, 4))],
        "sending_pdu": [blank, *(pdus if arrived or not own else own)],
        "sub_type": await choices_of(works, "nsi_sub_type"),
    }


def _said(fields: tuple[Field, ...], given: Mapping[str, Any], choices: Mapping[str, Options]) -> list[tuple[str, str]]:
    """What was given, in words, to be read once more."""
    found = []
    for one in fields:
        if one.kind == "date":
            text = written_date(day_of(one, given))
        else:
            options = {option["value"]: option["text"] for option in choices.get(one.name, [])}
            text = options.get(given[one.name], given[one.name]) if given[one.name] else ""
        found.append((_(one.label), text))
    chosen = [(_("Which of these"), given["among"])] if given.get("among") else []
    return [(label, text) for label, text in found + chosen if text]


def _verb(works: Works, record: Record, *, preview: bool) -> Any:
    raiser = Raiser(works.postcodes)
    if isinstance(record, RaiseUnannounced):
        return raiser.preview_unannounced if preview else raiser.raise_unannounced
    return raiser.preview_nsi if preview else raiser.raise_nsi


def _fields(how: How, actor: Actor) -> tuple[Field, ...]:
    return fields_of(how, chooses=len(actor.pdus) != 1)


def _how(text: str) -> How:
    return next((one for one in HOWS if one == text), "planned")


def _action(how: How) -> str:
    return RaiseUnannounced.action if how == "unannounced" else RaiseNsi.action


handlers: list[HTTPRouteHandler] = [begin, go_on]
