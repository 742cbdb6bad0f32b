"""How full premises are: day by day, over a period, and in the weeks to come. Nobody is named."""

from datetime import date, timedelta
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from bedspace.nights import london_today
from bedspace.occupancy.calendar import read_calendar
from bedspace.occupancy.forecast import read_forecast
from bedspace.occupancy.grid import read_grid
from bedspace.occupancy.lost import read_lost
from bedspace.occupancy.rows import Which
from gateway.access.looking import looking
from gateway.api.documented import GUARDED, problems
from gateway.api.premises import Code, Estate, Kind, Region
from gateway.given import GivenActor, GivenWorks
from gateway.wiring import Works
from schemas.occupancy import Calendar, Forecast, Grid, LostNights, Part

MONTH, QUARTER = 28, 84

From = Annotated[date | None, QueryParameter(name="from", description="The first night; tonight if it is left out.")]
Nights = Annotated[int, QueryParameter(ge=1, le=730, description="How many nights.")]
Needs = Annotated[
    list[str] | None,
    QueryParameter(name="needs", max_items=20, description="A characteristic; several times for one bed that has all."),
]
Need = Annotated[
    list[str] | None,
    QueryParameter(name="need", max_items=20, description="A characteristic; several times for one bed that has all."),
]
Demand = Annotated[
    str,
    QueryParameter(
        max_length=400,
        description="People to place at once, such as step_free:2,step_free+en_suite:1; any:1 has no needs.",
    ),
]
Since = Annotated[
    date | None, QueryParameter(name="from", description="The first night; 28 nights before `to` if it is left out.")
]
To = Annotated[date | None, QueryParameter(description="The first day that no longer counts; today if left out.")]
Only = Annotated[str | None, QueryParameter(name="premises", max_length=40, description="Only these premises.")]
By = Annotated[Part, QueryParameter(description="What one row is of.")]
Weeks = Annotated[int, QueryParameter(ge=1, le=104, description="How many weeks.")]

ANSWERS = problems(*GUARDED, 404, 422)


def today(works: Works) -> date:
    return london_today(works.house.now())


@get("/premises/{code:str}/calendar", summary="Show premises day by day", tags=["Occupancy"], responses=ANSWERS)
async def calendar(
    code: Code,
    works: GivenWorks,
    actor: GivenActor,
    first: From = None,
    nights: Nights = MONTH,
    needs: Needs = None,
    demand: Demand = "",
) -> Calendar:
    """Every bed and night; and how many more people could be placed, each in one bed that has what they need."""
    async with looking(works.house, actor, "occupancy.read") as tx:
        return await read_calendar(
            tx, code, first or today(works), nights, works.house.now(), needs=needs or (), demand=demand
        )


@get("/occupancy", summary="Show free beds of all premises", tags=["Occupancy"], responses=ANSWERS)
async def grid(
    works: GivenWorks,
    actor: GivenActor,
    first: From = None,
    nights: Nights = QUARTER,
    region: Region = None,
    gender: Estate = None,
    type: Kind = None,
    need: Need = None,
) -> Grid:
    """Free beds and capacity by premises and night, with totals by estate. With needs, both count such beds only."""
    which = Which(region=region, gender=gender, type=type)
    async with looking(works.house, actor, "occupancy.read") as tx:
        return await read_grid(
            tx,
            works.register.current,
            which,
            first or today(works),
            nights,
            works.house.now(),
            needs=need or (),
            invented=works.stamp == "demo",
        )


@get("/occupancy/lost", summary="Show nights lost", tags=["Occupancy"], responses=ANSWERS)
async def lost(
    works: GivenWorks,
    actor: GivenActor,
    since: Since = None,
    to: To = None,
    premises: Only = None,
    region: Region = None,
    gender: Estate = None,
    type: Kind = None,
    by: By = "premises",
) -> LostNights:
    """Nights on which a bed gave nobody a place to sleep: out of service by reason, turnaround, and empty."""
    end = to or today(works)
    which = Which(code=premises, region=region, gender=gender, type=type)
    async with looking(works.house, actor, "occupancy.read") as tx:
        return await read_lost(tx, which, since or _before(end), end, works.house.now(), by=by)


def _before(end: date) -> date:
    """As far back as the calendar goes."""
    return max(end, date.min + timedelta(days=MONTH)) - timedelta(days=MONTH)


@get("/occupancy/forecast", summary="Show the weeks to come", tags=["Occupancy"], responses=ANSWERS)
async def forecast(
    works: GivenWorks,
    actor: GivenActor,
    weeks: Weeks = 12,
    premises: Only = None,
    region: Region = None,
    gender: Estate = None,
    type: Kind = None,
    by: By = "premises",
) -> Forecast:
    """Expected occupancy from the ends of stays and from bookings; holds apart, and what the unknowns leave open."""
    which = Which(code=premises, region=region, gender=gender, type=type)
    async with looking(works.house, actor, "occupancy.read") as tx:
        return await read_forecast(tx, which, today(works), weeks, works.house.now(), by=by)
