"""The queue of the nation: people for whom no place is found."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta, Struct

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.national import close_search, lead_search, note_search, seek_for_nsi, seek_for_placement
from gateway.transfers.searches import list_searches, read_search
from schemas.national import (
    CloseSearch,
    LeadSearch,
    ListSearches,
    NoteSearch,
    ReadSearch,
    Search,
    SearchPage,
    SeekForNsi,
    SeekForPlacement,
    Sought,
    SoughtOutcome,
)
from schemas.texts import AboutPerson, Code, Name
from schemas.words import Rosh

Open = Annotated[bool, QueryParameter(name="open", description="Those still sought for; false: those closed.")]


class Seeks(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why nobody takes them, what was tried, and what a place must have. `reason` is of the list `hard_to_place`."""

    reason: Code
    tried: AboutPerson
    needed: AboutPerson
    rosh: Rosh | None = None


class Leads(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    leads: Name
    said: Annotated[str, Meta(max_length=4000)] = ""


class Says(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    said: AboutPerson


class Closes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    outcome: SoughtOutcome
    said: AboutPerson


@post(
    "/nsis/{nsi_id:uuid}/hard-to-place",
    summary="Seek a place nationally, for an NSI",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def for_nsi(
    nsi_id: FromPath[UUID],
    data: JSONBody[Seeks],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> Sought:
    """The national lead is written to. Everything else of the NSI goes on."""
    command = SeekForNsi(id=nsi_id, reason=data.reason, tried=data.tried, needed=data.needed, rosh=data.rosh)
    return await act(works.house, actor, seek_for_nsi, command, key=idempotency_key)


@post(
    "/placements/{placement_id:uuid}/hard-to-place",
    summary="Seek a bed nationally, for a referral",
    tags=["Placements"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def for_placement(
    placement_id: FromPath[UUID],
    data: JSONBody[Seeks],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> Sought:
    """Premises are asked meanwhile as before; approaches that are on record need not be told again."""
    command = SeekForPlacement(
        id=placement_id, reason=data.reason, tried=data.tried, needed=data.needed, rosh=data.rosh
    )
    return await act(works.house, actor, seek_for_placement, command, key=idempotency_key)


@get("/hard-to-place", summary="List who is hard to place", tags=["NSIs"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks, actor: GivenActor, *, only: Open = True, limit: Limit = 50, cursor: Cursor = None
) -> SearchPage:
    """The highest risk first, then the longest wait. Whoever seeks sees their own, the national lead all."""
    return await act(works.house, actor, list_searches, ListSearches(open=only, limit=limit, cursor=cursor))


@get(
    "/hard-to-place/{search_id:uuid}",
    summary="Show who is hard to place",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404),
)
async def show(search_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> Search:
    """With what was tried, premises that were approached, who leads and what was done."""
    return await act(works.house, actor, read_search, ReadSearch(id=search_id))


@post(
    "/hard-to-place/{search_id:uuid}/lead",
    status_code=200,
    summary="Say who leads a search",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def lead(
    search_id: FromPath[UUID],
    data: JSONBody[Leads],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> Sought:
    """By the national lead."""
    command = LeadSearch(id=search_id, leads=data.leads, said=data.said)
    return await act(works.house, actor, lead_search, command, key=idempotency_key)


@post(
    "/hard-to-place/{search_id:uuid}/notes",
    status_code=200,
    summary="Add what was tried",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def note(
    search_id: FromPath[UUID],
    data: JSONBody[Says],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> Sought:
    """By whoever seeks or leads."""
    return await act(works.house, actor, note_search, NoteSearch(id=search_id, said=data.said), key=idempotency_key)


@post(
    "/hard-to-place/{search_id:uuid}/close",
    status_code=200,
    summary="Close a search",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def close(
    search_id: FromPath[UUID],
    data: JSONBody[Closes],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> Sought:
    """Placed, as the national lead says; or withdrawn, also by whoever seeks. They are written to."""
    command = CloseSearch(id=search_id, outcome=data.outcome, said=data.said)
    return await act(works.house, actor, close_search, command, key=idempotency_key)


doors: list[HTTPRouteHandler] = [for_nsi, for_placement, index, show, lead, note, close]
