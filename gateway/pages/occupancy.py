"""How full premises are: free beds of all, nights lost by reason, and the weeks to come."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from litestar import get

from bedspace.nights import london_today
from bedspace.occupancy.forecast import read_forecast
from bedspace.occupancy.grid import read_grid
from bedspace.occupancy.lost import read_lost
from bedspace.occupancy.rows import sql
from bedspace.store import Tx
from gateway.access.looking import looking
from gateway.given import GivenActor, GivenWorks
from gateway.pages.forecast_chart import chart
from gateway.pages.grid_cells import sheet
from gateway.pages.occupancy_form import Asked, read_asked
from gateway.pages.page import Ask, HtmlPage, links, page
from schemas.errors import FieldFault, Invalid
from schemas.occupancy import Part

QUARTER, MONTH, WEEKS = 84, 28, 12
PLACES = {"from": "from-day", "need": "needs"}


@get("/occupancy")
async def grid(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    now = works.house.now()
    today = london_today(now)
    asked = read_asked(request.query_params, today, QUARTER)
    async with looking(works.house, actor, "occupancy.read") as tx:
        known = [(row["code"], row["name"]) for row in await sql.characteristics(tx, today=today)]
        shared = await _shared(tx, asked)
        try:
            found = await read_grid(
                tx, works.register.current, asked.which, asked.first, asked.nights, now, needs=asked.needs
            )
        except Invalid as error:
            return _wrong(request, "occupancy.html", shared, error, boxes=_boxes(known), names=dict(known), found=None)
    return page(
        request,
        "occupancy.html",
        **_status(asked),
        **shared,
        found=found,
        sheet=sheet(found),
        boxes=_boxes(known),
        names=dict(known),
        before=_link("/occupancy", asked, -asked.nights),
        after=_link("/occupancy", asked, asked.nights),
    )


@get("/occupancy/lost")
async def lost(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    now = works.house.now()
    asked = read_asked(request.query_params, london_today(now) - timedelta(days=MONTH), MONTH)
    async with looking(works.house, actor, "occupancy.read") as tx:
        shared = await _shared(tx, asked)
        try:
            end = asked.first + timedelta(days=asked.nights)
            found = await read_lost(tx, asked.which, asked.first, end, now, by=_part(asked))
        except Invalid as error:
            return _wrong(request, "lost.html", shared, error, found=None)
    return page(request, "lost.html", **_status(asked), **shared, found=found, last=end - timedelta(days=1))


@get("/occupancy/forecast")
async def forecast(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    now = works.house.now()
    today = london_today(now)
    asked = read_asked(request.query_params, today, QUARTER)
    async with looking(works.house, actor, "occupancy.read") as tx:
        shared = await _shared(tx, asked)
        try:
            found = await read_forecast(tx, asked.which, today, WEEKS, now, by=_part(asked))
        except Invalid as error:
            return _wrong(request, "forecast.html", shared, error, found=None, drawn=None)
    return page(request, "forecast.html", **_status(asked), **shared, found=found, drawn=chart(found.total))


async def _shared(tx: Tx, asked: Asked) -> dict[str, Any]:
    regions = [{"value": row["code"], "text": row["name"]} for row in await sql.regions(tx)]
    return {"asked": asked, "regions": regions}


def _status(asked: Asked) -> dict[str, Any]:
    """What was typed and cannot be is said; beneath it is what there is without it."""
    return {"status": 422 if asked.faults else 200, "faults": links(asked.faults, PLACES)}


def _wrong(request: Ask, name: str, shared: dict[str, Any], error: Invalid, **more: Any) -> HtmlPage:
    asked: Asked = shared["asked"]
    faults: tuple[FieldFault, ...] = (*asked.faults, *error.faults)
    return page(request, name, status=422, faults=links(faults, PLACES), **shared, **more)


def _boxes(known: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": code, "text": name} for code, name in known]


def _part(asked: Asked) -> Part:
    return "premises" if asked.by == "premises" else "region"


def _link(path: str, asked: Asked, days: int) -> str:
    query = asked.query(**{"from": (asked.first + timedelta(days=days)).isoformat()})
    return f"{path}?{urlencode(query, doseq=True)}"
