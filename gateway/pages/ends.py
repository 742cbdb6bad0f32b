"""Both ends of every move: what is missing, what is not reported, and the moves themselves. Nobody is named."""

from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bedspace.store import queries
from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.custody_words import ENDS, WHICH
from gateway.pages.locate_act import Change, Place, ask, empty, key_of
from gateway.pages.page import Ask, HtmlPage, links, may, page, see
from gateway.pages.placement_forms import Field, command_of, typed
from gateway.pages.words import N_, _
from gateway.store.database import transaction
from gateway.transfers import ends as verbs
from gateway.wiring import Works
from schemas.ends import EndNotReporting, EndsPage, EndsState, ListEnds, MarkNotReporting, RegionEnds
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere

sql = queries(__file__)

REGION = Field(name="region", label=N_("Region"), kind="choices")
WHICH_END = Field(name="which", label=N_("What it does not report"), kind="choice")
CHANGES: dict[str, tuple[Change, type[Any], Any]] = {
    "not-reporting": (
        Change(
            action="ends.mark",
            question=N_("Which region does not report an end?"),
            button=N_("Keep this"),
            hint=N_("Nothing of that is missing then, and nobody is asked. Figures say how many regions report."),
            fields=(
                REGION,
                WHICH_END,
                Field(name="from", label=N_("From which day"), kind="date"),
                Field(
                    name="until",
                    label=N_("Until"),
                    kind="date",
                    hint=N_("The first day on which it reports again, where that is known"),
                    optional=True,
                ),
            ),
        ),
        MarkNotReporting,
        verbs.mark_not_reporting,
    ),
    "reporting": (
        Change(
            action="ends.mark",
            question=N_("Which region reports again?"),
            button=N_("Keep this"),
            fields=(REGION, WHICH_END, Field(name="on", label=N_("From which day"), kind="date")),
        ),
        EndNotReporting,
        verbs.end_not_reporting,
    ),
}


@get("/ends")
async def index(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    query = request.query_params
    asked = {name: query.get(name, "").strip()[:20] for name in ("from", "until", "pdu", "region", "state")}
    faults = []
    days: dict[str, date | None] = {}
    for name in ("from", "until"):
        try:
            days[name] = date.fromisoformat(asked[name]) if asked[name] else None
        except ValueError:
            days[name] = None
            faults.append(Invalid.because(name, _("Give a day as 2026-12-31, or leave it empty.")).faults[0])
    state: Any = asked["state"] if asked["state"] in get_args(EndsState) else None
    try:
        found = await _look(works, actor, days, asked, state, query.get("cursor") or None)
    except Invalid as error:
        faults += error.faults
        found = await _look(works, actor, {}, asked, state, None)
    following = asked | {"cursor": found.next or ""}
    return page(
        request,
        "ends.html",
        status=422 if faults else 200,
        found=found,
        asked=asked,
        regions=await _regions(works, first=_("Every region")),
        states=[{"value": "", "text": _("Every move")}]
        + [{"value": code, "text": _(text)} for code, (text, _colour) in ENDS.items()],
        quiet_regions=sum(map(_is_quiet, found.regions)),
        marks=may(actor, "ends.mark"),
        more=f"/ends?{urlencode(following)}" if found.next else None,
        faults=links(tuple(faults)),
        done=_("It is kept.") if query.get("done") else "",
    )


def _is_quiet(region: RegionEnds) -> bool:
    """Reports both ends, and there was nothing to report."""
    figures = (region.out, region.in_, region.out_missing, region.in_missing)
    return region.reports_out and region.reports_in and not any(figures)


async def _look(
    works: Works, actor: Any, days: dict[str, date | None], asked: dict[str, str], state: Any, cursor: str | None
) -> EndsPage:
    command = ListEnds(
        from_=days.get("from"),
        until=days.get("until"),
        pdu=asked["pdu"].upper() or None,
        region=asked["region"] or None,
        state=state,
        limit=25,
        cursor=cursor,
    )
    return await act(works.house, actor, verbs.list_ends, command)


@get("/ends/{name:str}")
async def form(request: Ask, works: GivenWorks, actor: GivenActor, name: FromPath[str]) -> HtmlPage:
    change, _kind, _verb = _of(name)
    permit(actor, change.action)
    return await _ask(request, works, name, empty(change))


@post("/ends/{name:str}", status_code=200)
async def do(request: Ask, works: GivenWorks, actor: GivenActor, name: FromPath[str]) -> HtmlPage:
    change, kind, verb = _of(name)
    sent = await request.form()
    given = typed(change.fields, sent)
    try:
        command = command_of(kind, given, change.fields)
        await act(works.house, actor, verb, command, key=key_of(sent))
    except (Invalid, Conflict, NotThere, NotAllowed) as error:
        return await _ask(request, works, name, given, error)
    return see("/ends?done=1")


def _of(name: str) -> tuple[Change, type[Any], Any]:
    if name not in CHANGES:
        raise NotThere("There is no such page. Start again from both ends of moves.")
    return CHANGES[name]


async def _ask(
    request: Ask, works: Works, name: str, given: dict[str, Any], error: Exception | None = None
) -> HtmlPage:
    change = CHANGES[name][0]
    place = Place(
        address=f"/ends/{name}", caption=_("Both ends of moves"), back=_("Both ends of moves"), back_to="/ends"
    )
    choices = {
        "region": await _regions(works, first=_("Choose one")),
        "which": [{"value": code, "text": _(text)} for code, text in WHICH.items()],
    }
    return ask(request, change, place, given, choices=choices, error=error)


async def _regions(works: Works, *, first: str) -> list[dict[str, str]]:
    async with transaction(works.pool, readonly=True) as tx:
        rows = await sql.regions(tx)
    return [{"value": "", "text": first}, *({"value": row["code"], "text": row["name"]} for row in rows)]


handlers: list[HTTPRouteHandler] = [index, form, do]
