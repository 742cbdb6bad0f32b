"""Premises, and the characteristics that a search can ask for."""

from typing import Annotated

from litestar import get
from litestar.params import PathParameter

from bedspace.nights import london_today
from bedspace.premises.read import list_characteristics, list_premises, show_premises
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.store.database import transaction
from schemas.premises import Characteristic, PremisesDetail, PremisesPage

Code = Annotated[str, PathParameter(min_length=1, max_length=40, description="Code of the premises.")]


@get("/premises", summary="List premises", tags=["Premises"], responses=problems(*GUARDED, 422))
async def index(works: GivenWorks, actor: GivenActor, limit: Limit = 50, cursor: Cursor = None) -> PremisesPage:
    """By code."""
    permit(actor, "bedspace.search")
    async with transaction(works.pool, readonly=True) as tx:
        return await list_premises(tx, london_today(works.house.now()), limit=limit, cursor=cursor or "")


@get("/premises/{code:str}", summary="Show premises", tags=["Premises"], responses=problems(*GUARDED, 404, 422))
async def show(code: Code, works: GivenWorks, actor: GivenActor) -> PremisesDetail:
    """One premises with its rooms and beds."""
    permit(actor, "bedspace.search")
    async with transaction(works.pool, readonly=True) as tx:
        return await show_premises(tx, code, london_today(works.house.now()))


@get("/characteristics", summary="List characteristics", tags=["Premises"], responses=problems(*GUARDED))
async def characteristics(works: GivenWorks, actor: GivenActor) -> list[Characteristic]:
    """The words that `needs` of a search takes."""
    permit(actor, "bedspace.search")
    async with transaction(works.pool, readonly=True) as tx:
        return await list_characteristics(tx, london_today(works.house.now()))
