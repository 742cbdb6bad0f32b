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
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, page
from gateway.pages.release_words import ADDRESS, KINDS, NEEDS, STATES
from gateway.pages.words import _
from gateway.releases.read import list_releases, read_release
from schemas.releases import ListReleases, ReadRelease, ReleaseState

BACK = timedelta(days=14)
"""How long a release stays on the board after its day, unless another state is asked for."""


@get("/releases")
async def board(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    query = request.query_params
    asked: Any = query.get("state", "")
    state = asked if asked in get_args(ReleaseState) else None
    lacking, prison = query.get("lacking") == "1", query.get("prison", "").strip().upper()[:10]
    today = london_today(works.house.now())
    command = ListReleases(
        state=state,
        lacking=lacking,
        prison=prison or None,
        from_=None if state else today - BACK,
        limit=25,
        cursor=query.get("cursor") or None,
    )
    found = await act(works.house, actor, list_releases, command)
    following = {"state": state or "", "prison": prison, "lacking": "1" if lacking else "", "cursor": found.next}
    return page(
        request,
        "release_board.html",
        releases=found.items,
        asked={"state": state or "", "lacking": lacking, "prison": prison},
        state_choices=[{"value": "", "text": _("Every state")}]
        + [{"value": code, "text": _(text)} for code, (text, _colour) in STATES.items()],
        more=f"/releases?{urlencode(following)}" if found.next else None,
        **words_of(today),
    )


@get("/releases/{release_id:uuid}")
async def one(request: Ask, works: GivenWorks, actor: GivenActor, release_id: FromPath[UUID]) -> HtmlPage:
    release = await act(works.house, actor, read_release, ReadRelease(id=release_id))
    return page(request, "release.html", release=release, **words_of(london_today(works.house.now())))


def words_of(today: date) -> dict[str, Any]:
    return {"states": STATES, "kinds": KINDS, "needs": NEEDS, "address_words": ADDRESS, "today": today}


handlers: list[HTTPRouteHandler] = [board, one]
