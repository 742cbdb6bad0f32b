"""Referrals to decide, the most urgent first."""

from urllib.parse import urlencode

from litestar import get

from gateway.access.act import act
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, page
from gateway.placements.read import list_placements
from schemas.placements import ListPlacements


@get("/referrals")
async def to_decide(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    command = ListPlacements(to_decide=True, limit=25, cursor=request.query_params.get("cursor") or None)
    found = await act(works.house, actor, list_placements, command)
    more = f"/referrals?{urlencode({'cursor': found.next})}" if found.next else None
    return page(request, "referrals.html", referrals=found.items, now=works.house.now(), more=more)
