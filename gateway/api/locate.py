"""Who receives whom."""

from datetime import date
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from bedspace.locator.locate import locate as locate_receiver
from bedspace.nights import london_today
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.given import GivenActor, GivenWorks
from gateway.store.database import transaction
from schemas.locate import Located, Whereabouts
from schemas.words import Purpose

Near = Annotated[
    str,
    QueryParameter(
        min_length=1,
        max_length=200,
        description="A postcode, a place, a local authority, a prison, or an area of 2003.",
    ),
]
For = Annotated[Purpose, QueryParameter(description="What is to be received.")]
On = Annotated[date | None, QueryParameter(description="The day asked about; today if it is left out.")]


@get("/locate", summary="Locate the receiver", tags=["Locator"], responses=problems(*GUARDED, 404, 422))
async def locate(works: GivenWorks, actor: GivenActor, near: Near, purpose: For = "transfer", on: On = None) -> Located:
    """The PDU, region and SPOC; or `ambiguous` with every candidate, never a guess."""
    permit(actor, "locate")
    question = Whereabouts(near=near, purpose=purpose, on=on)
    async with transaction(works.pool, readonly=True) as tx:
        return await locate_receiver(tx, works.postcodes, question, london_today(works.house.now()))
