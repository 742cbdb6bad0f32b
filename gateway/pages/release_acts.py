"""The page of one act on a release: its question, and what comes of the answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from litestar import get, post
from litestar.datastructures import FormMultiDict
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.locate_act import key_of
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.placement_forms import Field, command_of, typed
from gateway.pages.release_choices import among, choices_for
from gateway.pages.release_forms import AMONG, FORMS, UNTIL
from gateway.pages.release_offers import ACTIONS, possible
from gateway.pages.release_words import ACTS, GRAVE, MISTYPED, WARN, ReleaseAct
from gateway.pages.words import _
from gateway.placements.refer import decide_suitability
from gateway.releases.acts import RELEASE_ACTS
from gateway.releases.read import read_release
from gateway.wiring import Works
from schemas.errors import BedspaceError, Conflict, FieldFault, Invalid, NotAllowed, NotThere, Unavailable
from schemas.nsis import NewPerson
from schemas.placing import DecideSuitability
from schemas.releases import ReadRelease, Release


@get("/releases/{release_id:uuid}/{name:str}")
async def ask(
    request: Ask, works: GivenWorks, actor: GivenActor, release_id: FromPath[UUID], name: FromPath[str]
) -> HtmlPage:
    which = _act_of(name)
    permit(actor, ACTIONS[which])
    release = await act(works.house, actor, read_release, ReadRelease(id=release_id))
    if not possible(which, release, london_today(works.house.now())):
        raise Conflict(f"{release.reference} does not wait for that. Look at the release: it says what it waits for.")
    return await _form(request, works, which, release, _before(which, release, request.query_params))


@post("/releases/{release_id:uuid}/{name:str}", status_code=200)
async def do(
    request: Ask, works: GivenWorks, actor: GivenActor, release_id: FromPath[UUID], name: FromPath[str]
) -> HtmlPage:
    """Sent again, as when the page is loaded again, it is done once."""
    which = _act_of(name)
    permit(actor, ACTIONS[which])
    form = await request.form()
    release = await act(works.house, actor, read_release, ReadRelease(id=release_id))
    fields = fields_of(which, release)
    given = typed((*fields, AMONG), form)
    try:
        verb, command = _asked(which, works, given, fields, release)
        await act(works.house, actor, verb, command, key=key_of(form))
    except (Unavailable, NotAllowed):
        raise
    except BedspaceError as error:
        many = await among(works, given.get("near") or given.get("address", ""), error)
        return await _form(request, works, which, release, given, *faults_of(error, fields, many), many=many)
    return see(f"/releases/{release_id}?done={name}")


def fields_of(which: ReleaseAct, release: Release) -> tuple[Field, ...]:
    """A temporary licence has a day of return as well."""
    return (*FORMS[which], UNTIL) if which == "change" and release.kind == "rotl" else FORMS[which]


def _asked(
    which: ReleaseAct, works: Works, given: Mapping[str, Any], fields: tuple[Field, ...], release: Release
) -> tuple[Any, Any]:
    """The verb and its command. Raises `Invalid`, each fault under the name of its field."""
    if which == "suitability":
        return decide_suitability, _decision(given, fields, release)
    kind, verb_of = RELEASE_ACTS[which]
    if given["among"]:
        given = {**given, "near": given["among"]}
    return verb_of(works.postcodes), command_of(kind, given, fields, id=release.id)


def _decision(given: Mapping[str, Any], fields: tuple[Field, ...], release: Release) -> DecideSuitability:
    """About the person of the release, as they are on record."""
    if release.person.name is None:
        raise Conflict("Access to this person is limited. Somebody who may see them decides.")
    if given["suitable"] not in ("yes", "no"):
        raise Invalid.because("suitable", _("Select yes or no"))
    known = ("name", "crn", "noms", "pnc", "birth_date", "gender")
    person = NewPerson(**{name: getattr(release.person, name) for name in known})
    decided = {"suitable": given["suitable"] == "yes", "person": person}
    found: DecideSuitability = command_of(DecideSuitability, given, fields[1:], **decided)
    return found


def faults_of(error: BedspaceError, fields: tuple[Field, ...], many: list[dict[str, str]]) -> tuple[FieldFault, ...]:
    """Each at its field; what is about the whole at the first one, and a place that is several at the choice."""
    if many:
        return (FieldFault("among", _("The place lies in more than one PDU. Choose which is meant")),)
    faults = error.faults if isinstance(error, Invalid) else (FieldFault("", str(error)),)
    known = {field.name for field in fields}
    first = next((field.name for field in fields if field.kind != "needs"), "main-content")
    return tuple(FieldFault(_at(one.field, known, first), _said(one)) for one in faults)


def _at(name: str, known: set[str], first: str) -> str:
    name = name.removeprefix("person.").partition("[")[0]
    return name if name in known else first


def _said(fault: FieldFault) -> str:
    """In the words of a page, where those of the verb name what only a machine knows."""
    if fault.field == "short_notice_reason" and "`" in fault.why:
        return _("The release is 28 days away or less. Choose why it is at short notice")
    return _(MISTYPED[fault.field]) if fault.field in MISTYPED and fault.why.startswith("Expected") else fault.why


async def _form(
    request: Ask,
    works: Works,
    which: ReleaseAct,
    release: Release,
    given: dict[str, Any],
    *faults: FieldFault,
    many: list[dict[str, str]] | None = None,
) -> HtmlPage:
    fields = (*fields_of(which, release), *((AMONG,) if many else ()))
    dates = {field.name: f"{field.name}-day" for field in fields if field.kind == "date"}
    return page(
        request,
        "release_act.html",
        status=422 if faults else 200,
        act=which,
        button=_(ACTS[which][0]),
        question=_(ACTS[which][1]),
        warn=_(WARN[which]) if which in WARN else "",
        grave=which in GRAVE,
        release=release,
        fields=fields,
        typed=given,
        choices={**await choices_for(works, fields, release), "among": many or []},
        key=uuid4().hex,
        faults=links(faults, dates),
        today=london_today(works.house.now()),
    )


def _before(which: ReleaseAct, release: Release, query: Mapping[str, Any]) -> dict[str, Any]:
    """What the form begins with."""
    given = typed((*fields_of(which, release), AMONG), FormMultiDict())
    day = release.release_on
    match which:
        case "confirm-date" | "change":
            given |= {
                "release_on-day": str(day.day),
                "release_on-month": str(day.month),
                "release_on-year": str(day.year),
            }
        case "approve":
            given["address"] = release.arranged_address or release.address or ""
        case "need":
            given["need"] = str(query.get("need", ""))[:60]
        case "refer":
            given |= {"needs": list(release.needs), "nights": str(release.nights)}
            given |= {name: str(query.get(name, ""))[:60] for name in ("ask", "bed")}
    return given


def _act_of(name: str) -> ReleaseAct:
    if name not in FORMS:
        raise NotThere("There is no such page. Start again from the release.")
    which: Any = name
    found: ReleaseAct = which
    return found


handlers: list[HTTPRouteHandler] = [ask, do]
