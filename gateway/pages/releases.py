"""The release board, and one release with what must exist before it."""

from datetime import date, timedelta
from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, links, may, page
from gateway.pages.release_offers import answers, offers, wants_a_bed
from gateway.pages.release_words import ACTS, ADDRESS, ASKS, KINDS, NEEDS, STATES
from gateway.pages.words import _, short_date
from gateway.releases.notice import prison_of
from gateway.releases.read import list_releases, read_release
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import FieldFault, Invalid
from schemas.releases import ListReleases, ReadRelease, Release, ReleaseState

BACK = timedelta(days=14)
"""How long a release stays on the board after its day, unless a state or a week is asked for."""
WEEK = timedelta(days=7)
WEEKS = 8
"""How many can be chosen: the one before, this one, and those to come."""


@get("/releases")
async def board(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """Those where something lacks that is due come first."""
    permit(actor, "release.list")
    query = request.query_params
    asked = {name: query.get(name, "").strip()[:100] for name in ("state", "prison", "week")}
    lacking, today = query.get("lacking") == "1", london_today(works.house.now())
    state: Any = asked["state"] if asked["state"] in get_args(ReleaseState) else None
    monday = next((day for day in _mondays(today) if day.isoformat() == asked["week"]), None)
    faults: tuple[FieldFault, ...] = ()
    try:
        prison = await _prison(works, asked["prison"])
    except Invalid as error:
        prison, faults = None, error.faults
    command = ListReleases(
        state=state,
        lacking=lacking,
        lacking_first=True,
        prison=prison,
        from_=monday or (None if state else today - BACK),
        until=monday and monday + WEEK - timedelta(days=1),
        limit=25,
        cursor=query.get("cursor") or None,
    )
    found = await act(works.house, actor, list_releases, command)
    following = {**asked, "lacking": "1" if lacking else "", "cursor": found.next or ""}
    return page(
        request,
        "release_board.html",
        status=422 if faults else 200,
        releases=found.items,
        asked={**asked, "state": state or "", "lacking": lacking},
        filtered=bool(state or monday or prison or lacking),
        choices={"state": _state_choices(), "week": _week_choices(today)},
        faults=links(faults),
        more=f"/releases?{urlencode({k: v for k, v in following.items() if v})}" if found.next else None,
        noticeable=may(actor, "release.notice"),
        **words_of(today),
    )


@get("/releases/{release_id:uuid}")
async def one(request: Ask, works: GivenWorks, actor: GivenActor, release_id: FromPath[UUID]) -> HtmlPage:
    release = await act(works.house, actor, read_release, ReadRelease(id=release_id))
    today = london_today(works.house.now())
    done: Any = request.query_params.get("done", "")
    acts = offers(actor, release, today)
    return page(
        request,
        "release.html",
        release=release,
        **offered(release, acts),
        search=search_of(actor, release, today),
        done=_done(done),
        **words_of(today),
    )


def offered(release: Release, acts: list[dict[str, Any]]) -> dict[str, Any]:
    """What is offered beneath a question, at the need of a bed and in the table is not offered again below."""
    beneath = answers(release, acts)
    elsewhere = {"need", *(one["act"] for one in beneath.values())}
    others = [one for one in acts if not one["bed"] and one["act"] not in elsewhere]
    return {"acts": acts, "answers": beneath, "others": others}


def _done(which: Any) -> str:
    if which == "noticed":
        return _("The notice is given. Who receives there is told.")
    return _(ACTS[which][2]) if which in ACTS else ""


def search_of(actor: Actor, release: Release, today: date) -> list[tuple[str, str]]:
    """The fields of the search form, as the release asks for a bed; nothing where none is looked for."""
    wanted = release.search
    if wanted is None or not wants_a_bed(release, today) or not may(actor, "bedspace.search"):
        return []
    plain: dict[str, Any] = {
        "near": wanted.near,
        "from-day": wanted.from_.day,
        "from-month": wanted.from_.month,
        "from-year": wanted.from_.year,
        "nights": wanted.nights,
        "gender": wanted.gender,
        "person": release.person.crn if may(actor, "search.person") else "",
        "release": release.id,
    }
    return [(name, str(value)) for name, value in plain.items() if value] + [("needs", one) for one in wanted.needs]


def words_of(today: date) -> dict[str, Any]:
    return {
        "states": STATES,
        "kinds": KINDS,
        "needs": NEEDS,
        "asks": ASKS,
        "address_words": ADDRESS,
        "today": today,
    }


async def _prison(works: Works, called: str) -> str | None:
    """By its code or its name. Raises `Invalid` with the names most like it."""
    if not called:
        return None
    async with transaction(works.pool, readonly=True) as tx:
        code: str = (await prison_of(tx, called))["code"]
    return code


def _mondays(today: date) -> list[date]:
    this = today - timedelta(days=today.weekday())
    return [this + n * WEEK for n in range(-1, WEEKS - 1)]


def _week_choices(today: date) -> list[dict[str, str]]:
    said = {0: _("Last week"), 1: _("This week"), 2: _("Next week")}
    first = {"value": "", "text": _("Every week")}
    weeks = [
        {
            "value": monday.isoformat(),
            "text": _("%(week)s: %(first)s to %(last)s")
            % {
                "week": said.get(n) or _("In %(n)s weeks") % {"n": n - 1},
                "first": short_date(monday),
                "last": short_date(monday + WEEK - timedelta(days=1)),
            },
        }
        for n, monday in enumerate(_mondays(today))
    ]
    return [first, *weeks]


def _state_choices() -> list[dict[str, str]]:
    known = [{"value": code, "text": _(text)} for code, (text, _colour) in STATES.items()]
    return [{"value": "", "text": _("Every state")}, *known]


handlers: list[HTTPRouteHandler] = [board, one]
