"""Search a bed by availability."""

from litestar import get, post
from litestar.params import JSONBody

from bedspace.nights import london_today
from bedspace.search.offences import list_offences
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.given import GivenActor, GivenWorks
from gateway.people.searching import shortlist
from schemas.premises import Offence
from schemas.search import Need, Shortlist


@post(
    "/bedspaces/search",
    status_code=200,
    summary="Search a bed",
    tags=["Bedspaces"],
    responses=problems(*GUARDED, 413, 422),
)
async def search(data: JSONBody[Need], works: GivenWorks, actor: GivenActor) -> Shortlist:
    """Beds that have everything asked for and are free every night, best first; then near misses and why.

    With a `person` or a `placement`, premises where somebody is whom they must not meet are in no part of the answer,
    and reading that is recorded.
    """
    return await shortlist(works.register, works.house, actor, data)


@get("/offences", summary="List offences", tags=["Bedspaces"], responses=problems(*GUARDED))
async def offences(works: GivenWorks, actor: GivenActor) -> list[Offence]:
    """The words that `offences` of a search takes, and the characteristic that each asks for."""
    permit(actor, "bedspace.search")
    return await list_offences(works.pool, london_today(works.house.now()))
