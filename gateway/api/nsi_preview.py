"""What would follow from an NSI, before it is raised. Nothing is kept."""

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.raising import Raiser
from schemas.nsi_life import RaiseUnannounced
from schemas.nsi_preview import NsiPreview
from schemas.nsis import RaiseNsi


@post(
    "/nsis/preview",
    status_code=200,
    summary="Show what an NSI would bring",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def preview(data: JSONBody[RaiseNsi], works: GivenWorks, actor: GivenActor) -> NsiPreview:
    """Who would receive, and which clocks, actions and documents would follow. What is wrong is said as in raising."""
    return await act(works.house, actor, Raiser(works.postcodes).preview_nsi, data)


@post(
    "/nsis/unannounced/preview",
    status_code=200,
    summary="Show what who came would bring",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def preview_unannounced(data: JSONBody[RaiseUnannounced], works: GivenWorks, actor: GivenActor) -> NsiPreview:
    """As for an NSI that is raised by those who send it."""
    return await act(works.house, actor, Raiser(works.postcodes).preview_unannounced, data)


doors: list[HTTPRouteHandler] = [preview, preview_unannounced]
