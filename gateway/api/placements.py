"""Placements: decided, referred, listed and shown."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.placements.read import list_placements, read_day, read_placement
from gateway.placements.refer import Referrer, decide_suitability, with_officer
from schemas.placements import ListPlacements, Placement, PlacementPage, PremisesDay, ReadDay, ReadPlacement
from schemas.placing import DecideSuitability, PlacementDone, ReferPlacement, SuitabilityDecided
from schemas.words import PlacementState

At = Annotated[
    str | None, QueryParameter(max_length=40, description="Code of premises: lived, booked, offered or asked there.")
]
State = Annotated[PlacementState | None, QueryParameter(name="state", description="Only those in this state.")]
Arriving = Annotated[date | None, QueryParameter(description="Only those who arrive on this day.")]
Departing = Annotated[date | None, QueryParameter(description="Only those who depart on this day.")]
Mine = Annotated[bool, QueryParameter(description="Only those that this account referred.")]
ToDecide = Annotated[bool, QueryParameter(description="Only those that wait for an answer, the one due next first.")]
Pdu = Annotated[str | None, QueryParameter(max_length=20, description="Only those that this PDU referred.")]
Region = Annotated[str | None, QueryParameter(max_length=20, description="Only those that this region referred.")]
Night = Annotated[date | None, QueryParameter(description="Only those who have a bed on this night.")]
Code = Annotated[str, PathParameter(min_length=1, max_length=40, description="Code of the premises.")]
On = Annotated[date | None, QueryParameter(description="The day; today where it is not given.")]


@post("/suitability", summary="Decide on suitability", tags=["Placements"], responses=problems(*GUARDED, 409, 413, 422))
async def decide(
    data: JSONBody[DecideSuitability], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> SuitabilityDecided:
    """Whether approved premises suit somebody: a referral rests on such a decision."""
    return await act(works.house, actor, decide_suitability, data, key=idempotency_key)


@post(
    "/placements", summary="Make an AP referral", tags=["Placements"], responses=problems(*GUARDED, 404, 409, 413, 422)
)
async def refer(
    data: JSONBody[ReferPlacement], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> PlacementDone:
    """To the premises in `ask`, or to none yet. It needs a decision on record that approved premises suit."""
    verb = Referrer(works.postcodes).refer_placement
    return await act(works.house, actor, verb, with_officer(data, actor), key=idempotency_key)


@get("/placements", summary="List placements", tags=["Placements"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks,
    actor: GivenActor,
    premises: At = None,
    only: State = None,
    arriving: Arriving = None,
    departing: Departing = None,
    mine: Mine = False,  # noqa: FBT002  # a query parameter is given by name
    to_decide: ToDecide = False,  # noqa: FBT002  # as above
    pdu: Pdu = None,
    region: Region = None,
    on: Night = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PlacementPage:
    """As far as the account reaches. A limited-access person's name is masked."""
    asked = ListPlacements(
        premises=premises,
        state=only,
        arriving=arriving,
        departing=departing,
        mine=mine,
        to_decide=to_decide,
        pdu=pdu,
        region=region,
        on=on,
        limit=limit,
        cursor=cursor,
    )
    return await act(works.house, actor, list_placements, asked)


@get(
    "/placements/{placement_id:uuid}",
    summary="Show a placement",
    tags=["Placements"],
    responses=problems(*GUARDED, 404),
)
async def show(placement_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> Placement:
    """With its approaches, its timeline, and what may be done with it now."""
    return await act(works.house, actor, read_placement, ReadPlacement(id=placement_id))


@get(
    "/premises/{code:str}/day",
    summary="Show a day at premises",
    tags=["Placements"],
    responses=problems(*GUARDED, 404, 422),
)
async def day(code: Code, works: GivenWorks, actor: GivenActor, on: On = None) -> PremisesDay:
    """Who is expected, who leaves, and who is away: those in reach of the account."""
    return await act(works.house, actor, read_day, ReadDay(premises=code, on=on))
