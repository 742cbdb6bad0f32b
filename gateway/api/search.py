"""Search a bed by availability."""

from litestar import post
from litestar.params import JSONBody

from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.given import GivenActor, GivenWorks
from schemas.search import Need, Shortlist


@post(
    "/bedspaces/search",
    status_code=200,
    summary="Search a bed",
    tags=["Bedspaces"],
    responses=problems(*GUARDED, 413, 422),
)
async def search(data: JSONBody[Need], works: GivenWorks, actor: GivenActor) -> Shortlist:
    """Beds that have everything asked for and are free every night, nearest first; then near misses and why."""
    permit(actor, "bedspace.search")
    return await works.register.shortlist(data)
