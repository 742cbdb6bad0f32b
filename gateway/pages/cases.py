"""The record of one person, and the forms by which it is kept. The address holds ids alone."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.cases.log import read_contacts
from gateway.cases.record import read_case
from gateway.given import GivenActor, GivenWorks
from gateway.pages.case_forms import FORMS, CaseForm
from gateway.pages.case_words import ENFORCEMENT, IDENTIFIERS, LEVELS, OUTCOMES, REGISTRATIONS, SENTENCES
from gateway.pages.choices import choices_of, names_of_lists
from gateway.pages.locate_act import Place, ask, empty, key_of
from gateway.pages.page import Ask, HtmlPage, page, see
from gateway.pages.placement_forms import Field, command_of, typed
from gateway.pages.words import _
from gateway.wiring import Works
from schemas.cases import Case, ReadCase
from schemas.contacts import ReadContacts
from schemas.errors import Conflict, FieldFault, Invalid, NotAllowed, NotThere
from schemas.needs import AskNeeds
from schemas.registrations import Registration, Registrations

LISTS = ("contact", "sentence", "requirement", "diversity", "ethnicity", "enforcement_outcome")


@get("/people/{person_id:uuid}")
async def show(request: Ask, works: GivenWorks, actor: GivenActor, person_id: FromPath[UUID]) -> HtmlPage:
    case = await act(works.house, actor, read_case, ReadCase(person=str(person_id)))
    if case.person.id != person_id:
        return see(f"/people/{case.person.id}")
    done = request.query_params.get("done", "")
    return page(
        request,
        "case.html",
        case=case,
        today=london_today(works.house.now()),
        side_by_side=side_by_side(case.registrations) if case.registrations else [],
        done=_("It is recorded.") if done in FORMS else "",
        names=await names_of_lists(works, LISTS),
    )


@get("/people/{person_id:uuid}/contacts")
async def contacts(request: Ask, works: GivenWorks, actor: GivenActor, person_id: FromPath[UUID]) -> HtmlPage:
    """The whole log, page by page."""
    case = await _whole(works, actor, person_id)
    asked = ReadContacts(person=str(person_id), limit=50, cursor=request.query_params.get("cursor") or None)
    log = await act(works.house, actor, read_contacts, asked)
    return page(
        request,
        "case_contacts.html",
        case=case,
        log=log,
        names=await names_of_lists(works, LISTS),
        more=f"/people/{person_id}/contacts?cursor={log.next.replace('+', '%2B')}" if log.next else None,
    )


@get("/people/{person_id:uuid}/{change:str}")
async def form(
    request: Ask, works: GivenWorks, actor: GivenActor, person_id: FromPath[UUID], change: FromPath[str]
) -> HtmlPage:
    case = await _may(works, actor, person_id, change)
    given = empty(FORMS[change].change) | _before(change, case)
    return await _ask(request, works, case, change, given, request.query_params)


@post("/people/{person_id:uuid}/{change:str}", status_code=200)
async def do(
    request: Ask, works: GivenWorks, actor: GivenActor, person_id: FromPath[UUID], change: FromPath[str]
) -> HtmlPage:
    """Sent again, as when the page is loaded again, it is done once."""
    sent = await request.form()
    case = await _may(works, actor, person_id, change)
    how = FORMS[change]
    given = typed(how.change.fields, sent)
    try:
        command = _command(how, case, given, sent)
        await act(works.house, actor, how.verb, command, key=key_of(sent))
    except (Invalid, Conflict, NotAllowed, NotThere) as error:
        return await _ask(request, works, case, change, given, sent, error)
    return see(f"/people/{person_id}?done={change}")


def side_by_side(found: Registrations) -> list[tuple[str, str, list[tuple[str, str, Registration | None]]]]:
    """Each register that any area has the person on: its code and name, and of each area what it has."""
    standing = [one for one in found.items if one.in_force]
    areas = sorted({(one.pdu_name, one.pdu) for one in standing})
    return [
        (kind, text, [(pdu, name, _entry(standing, kind, pdu)) for name, pdu in areas])
        for kind, text in REGISTRATIONS.items()
        if any(one.kind == kind for one in standing)
    ]


def _entry(standing: list[Registration], kind: str, pdu: str) -> Registration | None:
    return next((one for one in standing if (one.kind, one.pdu) == (kind, pdu)), None)


def _command(how: CaseForm, case: Case, given: dict[str, Any], sent: Any) -> Any:
    more: dict[str, Any] = {"person": str(case.person.id)}
    if how.of:
        more[how.of] = str(sent.get("of", ""))
    if how.of and "n" in how.command.__struct_fields__:
        more["n"] = str(sent.get("n", ""))
    if how.command is AskNeeds:
        if not given["needs"]:
            raise Invalid.because("needs", _("Tick what the person said, or that there are none"))
        kept = {one.kind: one.note for one in case.needs.items if one.in_force} if case.needs else {}
        needs = [{"kind": kind, "note": kept.get(kind) or given["note"]} for kind in given["needs"]]
        return command_of(how.command, {}, (), needs=needs, **more)
    return command_of(how.command, given, how.change.fields, **more)


async def _whole(works: Works, actor: Actor, person_id: UUID) -> Case:
    """Raises `NotThere` also where the person is masked."""
    case = await act(works.house, actor, read_case, ReadCase(person=str(person_id)))
    if case.contacts is None:
        raise NotThere("Access to this person is limited. Ask who may see them to record it.")
    return case


async def _may(works: Works, actor: Actor, person_id: UUID, change: str) -> Case:
    """Raises `NotThere` or `NotAllowed`, before a form is shown that would come to nothing."""
    if change not in FORMS:
        raise NotThere("There is no such page. Start again from the record of the person.")
    permit(actor, FORMS[change].change.action)
    return await _whole(works, actor, person_id)


def _before(change: str, case: Case) -> dict[str, Any]:
    """What the form begins with."""
    if change == "needs" and case.needs:
        return {"needs": [one.kind for one in case.needs.items if one.in_force]}
    return {}


async def _ask(
    request: Ask,
    works: Works,
    case: Case,
    change: str,
    given: dict[str, Any],
    asked: Any,
    error: Exception | None = None,
) -> HtmlPage:
    address, how = f"/people/{case.person.id}", FORMS[change]
    about = {"of": str(asked.get("of", ""))[:40], "n": str(asked.get("n", ""))[:5]} if how.of else {}
    return ask(
        request,
        how.change,
        Place(
            address=f"{address}/{change}",
            caption=" · ".join(filter(None, (case.person.crn, case.person.name))),
            back=_("The record of the person"),
            back_to=address,
        ),
        given,
        choices={field.name: await _choices(works, change, field) for field in how.change.fields},
        hidden=about,
        error=_plain(error),
    )


def _plain(error: Exception | None) -> Exception | None:
    """A fault of one need is a fault of the needs."""
    if not isinstance(error, Invalid):
        return error
    return Invalid(*(FieldFault(one.field.rpartition(".")[2] or one.field, one.why) for one in error.faults))


async def _choices(works: Works, change: str, field: Field) -> list[dict[str, str]]:
    if field.kind == "list":
        return await choices_of(works, field.list)
    if field.kind == "needs":
        return [one for one in await choices_of(works, "diversity") if one["value"]]
    if field.kind == "choices":
        first = [{"value": "", "text": _("None")}]
        return first + (_of(LEVELS) if field.name == "level" else [{"value": n, "text": n} for n in "1234"])
    if field.kind != "choice":
        return []
    if field.name == "outcome":
        return _of({code: text for code, (text, _colour) in OUTCOMES.items()})
    kinds = {
        "enforcement": ENFORCEMENT,
        "sentence": SENTENCES,
        "registration": REGISTRATIONS,
        "identifier": IDENTIFIERS,
    }
    return _of(kinds[change])


def _of(words: Any) -> list[dict[str, str]]:
    return [{"value": code, "text": _(text)} for code, text in words.items()]


handlers: list[HTTPRouteHandler] = [show, contacts, form, do]
