"""Premises, what they were, and the characteristics that a search can ask for."""

from typing import Annotated

from litestar import get
from litestar.params import PathParameter, QueryParameter

from bedspace.nights import london_today
from bedspace.premises.held import read_history
from bedspace.premises.read import Wanted, list_characteristics, list_premises, show_premises
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.store.database import transaction
from schemas.premises import Characteristic, PremisesDetail, PremisesHistory, PremisesPage, PremisesType
from schemas.words import Gender

Code = Annotated[str, PathParameter(min_length=1, max_length=40, description="Code of the premises.")]
Pdu = Annotated[str | None, QueryParameter(max_length=20, description="Only of this PDU.")]
Region = Annotated[str | None, QueryParameter(max_length=20, description="Only of this region.")]
Estate = Annotated[Gender | None, QueryParameter(description="Only of this estate.")]
Kind = Annotated[PremisesType | None, QueryParameter(description="Only of this type.")]
Called = Annotated[str | None, QueryParameter(max_length=80, description="Only with this in their name or code.")]


@get("/premises", summary="List premises", tags=["Premises"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks,
    actor: GivenActor,
    limit: Limit = 50,
    cursor: Cursor = None,
    pdu: Pdu = None,
    region: Region = None,
    gender: Estate = None,
    type: Kind = None,
    called: Called = None,
) -> PremisesPage:
    """By code."""
    permit(actor, "bedspace.search")
    wanted = Wanted(pdu=pdu, region=region, gender=gender, type=type, called=called)
    async with transaction(works.pool, readonly=True) as tx:
        today = london_today(works.house.now())
        return await list_premises(tx, today, limit=limit, cursor=cursor or "", wanted=wanted)


@get("/premises/{code:str}", summary="Show premises", tags=["Premises"], responses=problems(*GUARDED, 404, 422))
async def show(code: Code, works: GivenWorks, actor: GivenActor) -> PremisesDetail:
    """One premises with its rooms and beds, contacts and restrictions."""
    permit(actor, "bedspace.search")
    async with transaction(works.pool, readonly=True) as tx:
        return await show_premises(tx, code, london_today(works.house.now()))


@get(
    "/premises/{code:str}/history",
    summary="Show what premises were",
    tags=["Premises"],
    responses=problems(*GUARDED, 404, 422),
)
async def history(
    code: Code, works: GivenWorks, actor: GivenActor, limit: Limit = 20, cursor: Cursor = None
) -> PremisesHistory:
    """Every change, newest first: who made it, when, from which day it counts, and what was otherwise before."""
    permit(actor, "premises.history")
    async with transaction(works.pool, readonly=True) as tx:
        return await read_history(tx, code, limit=limit, cursor=cursor)


@get("/characteristics", summary="List characteristics", tags=["Premises"], responses=problems(*GUARDED))
async def characteristics(works: GivenWorks, actor: GivenActor) -> list[Characteristic]:
    """The words that `needs` of a search takes."""
    permit(actor, "bedspace.search")
    async with transaction(works.pool, readonly=True) as tx:
        return await list_characteristics(tx, london_today(works.house.now()))
