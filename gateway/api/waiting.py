"""The waiting list: who waits, what is proposed, and a person who offers it or says why not."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter

from bedspace.waiting.join import join_waiting, leave_waiting
from bedspace.waiting.offer import offer_proposal
from bedspace.waiting.skip import Skipper
from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.waiting.bodies import JoinBody, LeaveBody, SkipBody
from gateway.waiting.read import WaitingReader
from gateway.wiring import Works
from schemas.waiting import (
    JoinWaiting,
    LeaveWaiting,
    ListProposals,
    ListWaiting,
    OfferProposal,
    ProposalDone,
    ProposalPage,
    SkipProposal,
    SkipTakenBack,
    TakeBackSkip,
    WaitingPage,
    Waits,
)
from schemas.words import Gender

Estate = Annotated[Gender | None, QueryParameter(description="Only those who need a bed of this estate.")]
Region = Annotated[str | None, QueryParameter(max_length=20, description="Only those that this region referred.")]
Open = Annotated[bool, QueryParameter(name="open", description="Only those that wait for a person.")]
Of = Annotated[UUID | None, QueryParameter(description="Only those for this placement.")]
At = Annotated[str | None, QueryParameter(max_length=40, description="Only those of beds of these premises.")]
Number = Annotated[int, PathParameter(ge=1, le=2**63 - 1, description="The `id` it has in the list.")]
WRITES = problems(*GUARDED, 404, 409, 413, 422)


@get("/waiting", summary="List who waits", tags=["Waiting list"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks,
    actor: GivenActor,
    estate: Estate = None,
    region: Region = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> WaitingPage:
    """In order, as far as the account reaches: each with its place in the whole list, and why it stands there."""
    asked = ListWaiting(estate=estate, region=region, limit=limit, cursor=cursor)
    return await act(works.house, actor, reader(works).list_waiting, asked)


@post(
    "/placements/{placement_id:uuid}/wait",
    status_code=200,
    summary="Put on the waiting list",
    tags=["Waiting list"],
    responses=WRITES,
)
async def wait(
    placement_id: FromPath[UUID],
    works: GivenWorks,
    actor: GivenActor,
    data: JSONBody[JoinBody],
    idempotency_key: IdempotencyKey = None,
) -> Waits:
    """Repeating it keeps the place; another `until` gives the wait another end."""
    command = JoinWaiting(id=placement_id, until=data.until)
    return await act(works.house, actor, join_waiting, command, key=idempotency_key)


@post(
    "/placements/{placement_id:uuid}/leave-waiting",
    status_code=200,
    summary="Take off the waiting list",
    tags=["Waiting list"],
    responses=WRITES,
)
async def leave(
    placement_id: FromPath[UUID],
    data: JSONBody[LeaveBody],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> Waits:
    """With a reason. A bed that is proposed is kept no longer. It may be put on the list again."""
    command = LeaveWaiting(id=placement_id, reason=data.reason, note=data.note)
    return await act(works.house, actor, leave_waiting, command, key=idempotency_key)


@get("/proposals", summary="List proposals", tags=["Waiting list"], responses=problems(*GUARDED, 422))
async def proposals(
    works: GivenWorks,
    actor: GivenActor,
    only_open: Open = True,  # noqa: FBT002  # a query parameter is given by name
    placement: Of = None,
    premises: At = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ProposalPage:
    """Beds kept for entries until a person decides, those that end soonest first; with who was passed over and why."""
    asked = ListProposals(open=only_open, placement=placement, premises=premises, limit=limit, cursor=cursor)
    return await act(works.house, actor, reader(works).list_proposals, asked)


@post(
    "/proposals/{proposal_id:int}/offer",
    status_code=200,
    summary="Offer a proposed bed",
    tags=["Waiting list"],
    responses=WRITES,
)
async def offer(
    proposal_id: Number, works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> ProposalDone:
    """Its premises are asked, and the bed is kept until their answer is due."""
    return await act(works.house, actor, offer_proposal, OfferProposal(id=proposal_id), key=idempotency_key)


@post(
    "/proposals/{proposal_id:int}/skip",
    status_code=200,
    summary="Say why a bed is not offered",
    tags=["Waiting list"],
    responses=WRITES,
)
async def skip(
    proposal_id: Number,
    data: JSONBody[SkipBody],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> ProposalDone:
    """The next one whom it fits gets it, or `instead` where somebody has a higher need."""
    command = SkipProposal(id=proposal_id, reason=data.reason, note=data.note, instead=data.instead)
    verb = Skipper(works.register, works.postcodes).skip_proposal
    return await act(works.house, actor, verb, command, key=idempotency_key)


@post(
    "/skips/{skip_id:int}/take-back",
    status_code=200,
    summary="Take a skip back",
    tags=["Waiting list"],
    responses=WRITES,
)
async def take_back(
    skip_id: Number, works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> SkipTakenBack:
    """The bed may be proposed to that entry again. Doing it twice is harmless."""
    verb = Skipper(works.register, works.postcodes).take_back
    return await act(works.house, actor, verb, TakeBackSkip(id=skip_id), key=idempotency_key)


def reader(works: Works) -> WaitingReader:
    return WaitingReader(works.register, works.postcodes)


doors: list[HTTPRouteHandler] = [index, wait, leave, proposals, offer, skip, take_back]
