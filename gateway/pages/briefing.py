"""The briefing pack as a page, made to be printed."""

from datetime import date, timedelta
from typing import Any

from litestar import get
from litestar.handlers import HTTPRouteHandler

from bedspace.nights import london_today
from bedspace.occupancy.rows import sql as register
from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.figures.briefing import BACK, read_briefing
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, links, page
from gateway.pages.placement_forms import Field, day_of
from gateway.pages.words import N_, _
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.briefing import Briefing, ReadBriefing
from schemas.errors import FieldFault, Invalid

FIELDS = (
    Field(name="from", label=N_("First day"), kind="date"),
    Field(name="to", label=N_("Last day"), kind="date"),
)


@get("/briefing")
async def briefing(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    permit(actor, "briefing.read")
    typed = _typed(request, london_today(works.house.now()))
    faults: tuple[FieldFault, ...] = ()
    found: Briefing | None = None
    try:
        days = {field.name: day_of(field, typed) for field in FIELDS}
        command = ReadBriefing(from_=days["from"], to=days["to"], region=typed["region"] or None)
        found = await act(works.house, actor, read_briefing, command)
    except Invalid as error:
        faults = error.faults
    return page(
        request,
        "briefing.html",
        status=422 if faults else 200,
        found=found,
        fields=FIELDS,
        typed=typed,
        regions=await _regions(works),
        faults=links(faults, {"from": "from-day", "to": "to-day"}),
    )


def _typed(request: Ask, today: date) -> dict[str, str]:
    """What was typed, or the last quarter of a year."""
    query = request.query_params
    last = today - timedelta(days=1)
    typed = {"region": query.get("region", "").strip()[:20]}
    for field, usual in zip(FIELDS, (last - BACK, last), strict=True):
        parts = {part: f"{field.name}-{part}" for part in ("day", "month", "year")}
        known: dict[str, Any] = {part: getattr(usual, part) for part in parts}
        typed |= {name: query.get(name, str(known[part])).strip()[:10] for part, name in parts.items()}
    return typed


async def _regions(works: Works) -> list[dict[str, str]]:
    async with transaction(works.pool, readonly=True) as tx:
        known = [{"value": row["code"], "text": row["name"]} for row in await register.regions(tx)]
    return [{"value": "", "text": _("All regions")}, *known]


handlers: list[HTTPRouteHandler] = [briefing]
