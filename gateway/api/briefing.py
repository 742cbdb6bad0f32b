"""The briefing pack, for those who decide and are not of the service."""

from datetime import date
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.figures.briefing import read_briefing
from gateway.given import GivenActor, GivenWorks
from schemas.briefing import Briefing, ReadBriefing

From = Annotated[
    date | None, QueryParameter(name="from", description="The first day; 90 days before the last if left out.")
]
To = Annotated[date | None, QueryParameter(description="The last day, included; yesterday if it is left out.")]
Region = Annotated[
    str | None, QueryParameter(max_length=20, description="Code: only what begins or ends in this region.")
]


@get("/briefing", summary="Show the briefing pack", tags=["Figures"], responses=problems(*GUARDED, 422))
async def briefing(
    works: GivenWorks, actor: GivenActor, first: From = None, to: To = None, region: Region = None
) -> Briefing:
    """Moves by region and risk, rules met in time, caretaking, beds. No person is in it; small numbers are not said."""
    found = await act(works.house, actor, read_briefing, ReadBriefing(from_=first, to=to, region=region))
    return msgspec.structs.replace(found, invented=works.stamp == "demo")
