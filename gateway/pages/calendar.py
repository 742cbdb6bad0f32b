"""Premises day by day: beds and nights as a picture, and the same as tables. Nobody is named."""

from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from litestar import get
from litestar.params import PathParameter

from bedspace.nights import london_today
from bedspace.occupancy.asked import known_needs
from bedspace.occupancy.calendar import read_calendar
from bedspace.occupancy.rows import sql
from gateway.access.looking import looking
from gateway.given import GivenActor, GivenWorks
from gateway.pages.calendar_picture import fewest, picture
from gateway.pages.occupancy_form import Asked, read_asked
from gateway.pages.page import Ask, HtmlPage, links, page
from schemas.errors import Invalid
from schemas.occupancy import Calendar

MONTH = 28
Code = Annotated[str, PathParameter(min_length=1, max_length=40)]


@get("/premises/{code:str}/calendar")
async def calendar(code: Code, request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """Where what was asked cannot be, the four weeks from tonight are shown with what is wrong."""
    now = works.house.now()
    today = london_today(now)
    asked = read_asked(request.query_params, today, MONTH)
    async with looking(works.house, actor, "occupancy.read") as tx:
        names = {row["code"]: row["name"] for row in await sql.characteristics(tx, today=today)}
        faults = asked.faults
        try:
            needs = known_needs(asked.needs, names)
        except Invalid as error:
            needs, faults = (), (*faults, *error.faults)
        found = await read_calendar(tx, code, asked.first, asked.nights, now, needs=needs)
    return page(
        request,
        "calendar.html",
        status=422 if faults else 200,
        faults=links(faults, {"from": "from-day"}),
        asked=asked,
        found=found,
        code=found.premises.code,
        today=today,
        last=asked.first + timedelta(days=asked.nights - 1),
        drawn=picture(found, today),
        fewest=fewest(found.days),
        names=names,
        offered=_offered(found),
        boxes=[{"value": one, "text": names[one]} for one in _offered(found)],
        **_ways(code, asked),
    )


def _offered(found: Calendar) -> list[str]:
    """The characteristics that some bed here has."""
    return list(found.days[0].free_with) if found.days else []


def _ways(code: str, asked: Asked) -> dict[str, str]:
    """Links to the weeks before and after."""

    def to(days: int) -> str:
        query = asked.query(**{"from": (asked.first + timedelta(days=days)).isoformat()})
        return f"/premises/{code}/calendar?{urlencode(query, doseq=True)}"

    return {"before": to(-MONTH), "after": to(MONTH), "tonight": f"/premises/{code}/calendar"}
