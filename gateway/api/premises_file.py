"""The register of beds as a file: taken in with a difference shown first, and given out."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from litestar import Response, get, post
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import QueryParameter

from bedspace.nights import london_today
from bedspace.premises.export import export_premises
from bedspace.premises.importing import Importer
from bedspace.sheets import MOST_BYTES
from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import Ask, GivenActor, GivenWorks
from gateway.store.database import transaction
from schemas.errors import NotTaken
from schemas.keeping import ImportPremises
from schemas.premises import Imported

CSV = "text/csv"
UNSAID = ("", CSV, "text/plain", "application/octet-stream", "application/csv")

DryRun = Annotated[bool, QueryParameter(description="Only say what would change. `false` changes it.")]
From = Annotated[date | None, QueryParameter(name="from", description="From which night it counts; today if left out.")]
CloseMissing = Annotated[
    bool, QueryParameter(description="Close the beds of premises in the file that the file does not name.")
]
Which = Annotated[
    list[str] | None, QueryParameter(name="premises", description="Only these premises; several times for several.")
]


@dataclass
class TakesAFile(Operation):
    """Documents the body: a CSV."""

    def __post_init__(self) -> None:
        raw = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))
        self.request_body = RequestBody(content={CSV: raw}, required=True)


@post(
    "/premises/import",
    status_code=200,
    summary="Import premises",
    tags=["Premises"],
    operation_class=TakesAFile,
    request_max_body_size=MOST_BYTES,
    responses=problems(*GUARDED, 404, 409, 413, 415, 422),
)
async def take_in(
    request: Ask,
    works: GivenWorks,
    actor: GivenActor,
    dry_run: DryRun = True,  # noqa: FBT002  # a parameter of the address
    from_: From = None,
    close_missing: CloseMissing = False,  # noqa: FBT002  # as above
    idempotency_key: IdempotencyKey = None,
) -> Imported:
    """A CSV, one line a bed. Answers what would change; with `dry_run=false` it is changed, all of it or nothing.

    `faults` names each line and column that is wrong. Premises that are not in the file are left alone.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in UNSAID:
        raise NotTaken(f"Send the file with the content type {CSV}.")
    command = ImportPremises(content=await request.body(), from_=from_, close_missing=close_missing, apply=not dry_run)
    importer = Importer(works.postcodes)
    return await act(works.house, actor, importer.import_premises, command, key=idempotency_key)


@get("/premises/export", summary="Export premises", tags=["Premises"], responses=problems(*GUARDED, 404, 422))
async def give_out(works: GivenWorks, actor: GivenActor, premises: Which = None) -> Response[str]:
    """The CSV that an import takes. Sent back as it is, it changes nothing."""
    permit(actor, "bedspace.search")
    async with transaction(works.pool, readonly=True) as tx:
        content = await export_premises(tx, london_today(works.house.now()), premises)
    return Response(
        content,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="premises.csv"'},
    )
