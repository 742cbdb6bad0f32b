"""The published records as JSON Schema."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.params import PathParameter

from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.given import GivenActor
from schemas.errors import NotThere
from schemas.published import PUBLISHED, Published, published, schema_of

Name = Annotated[str, PathParameter(max_length=60, description="As the list names it.")]


@get("/schemas", summary="List the published records", tags=["Schemas"], responses=problems(*GUARDED))
async def index(actor: GivenActor) -> list[Published]:
    """What is sent and what is answered, one record a line."""
    permit(actor, "schemas.read")
    return published()


@get("/schemas/{name:str}", summary="Show a JSON Schema", tags=["Schemas"], responses=problems(*GUARDED, 404))
async def show(name: Name, actor: GivenActor) -> Response[dict[str, Any]]:
    """JSON Schema, draft 2020-12, made from the record itself."""
    permit(actor, "schemas.read")
    if name not in PUBLISHED:
        raise NotThere("No record of this name is published. GET /api/v1/schemas lists those that are.")
    return Response(schema_of(name), media_type="application/schema+json")
