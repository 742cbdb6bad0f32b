"""Lists that people choose from, as data that administrators edit."""

from typing import Annotated

from litestar import get, put
from litestar.params import JSONBody, PathParameter

from bedspace.lists.keep import keep_characteristic, keep_list_entry, list_lists, show_list
from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from gateway.store.database import transaction
from schemas.lists import (
    CharacteristicChange,
    EntryChange,
    EntryKept,
    KeepCharacteristic,
    KeepListEntry,
    ListEntry,
    ListRow,
)

Named = Annotated[str, PathParameter(min_length=1, max_length=60, description="Name of the list.")]
EntryCode = Annotated[
    str,
    PathParameter(
        min_length=1,
        max_length=60,
        pattern=r"^[a-z][a-z0-9_]*$",
        description="Code of the entry: small letters, digits and underscores.",
    ),
]
WRITES = problems(*GUARDED, 404, 413, 422)


@get("/lists", summary="List the lists", tags=["Lists"], responses=problems(*GUARDED))
async def index(works: GivenWorks, actor: GivenActor) -> list[ListRow]:
    """Reasons, outcomes and the like. Characteristics have their own address."""
    permit(actor, "bedspace.search")
    async with transaction(works.pool, readonly=True) as tx:
        return await list_lists(tx, london_today(works.house.now()))


@get("/lists/{name:str}", summary="Show a list", tags=["Lists"], responses=problems(*GUARDED, 404, 422))
async def show(name: Named, works: GivenWorks, actor: GivenActor) -> list[ListEntry]:
    """All entries with their dates and external codes; those in force first."""
    permit(actor, "bedspace.search")
    async with transaction(works.pool, readonly=True) as tx:
        return await show_list(tx, name, london_today(works.house.now()))


@put("/lists/{name:str}/{code:str}", summary="Keep an entry of a list", tags=["Lists"], responses=WRITES)
async def keep(
    name: Named,
    code: EntryCode,
    data: JSONBody[EntryChange],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> EntryKept:
    """Adds it, renames it, gives it a code of the case system, or retires it (`until`)."""
    command = KeepListEntry(list=name, code=code, entry=data)
    return await act(works.house, actor, keep_list_entry, command, key=idempotency_key)


@put("/characteristics/{code:str}", summary="Keep a characteristic", tags=["Lists"], responses=WRITES)
async def characteristic(
    code: EntryCode,
    data: JSONBody[CharacteristicChange],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> EntryKept:
    """As an entry of a list. A search can ask for it at once."""
    command = KeepCharacteristic(code=code, characteristic=data)
    return await act(works.house, actor, keep_characteristic, command, key=idempotency_key)
