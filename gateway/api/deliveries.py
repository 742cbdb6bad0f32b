"""What is owed to the outside, how that goes, sending it again; and the way of an NSI from bytes to deliveries."""

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import Meta, Struct, structs

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.delivery.replay import Trier, list_deliveries, replay_dead, replay_delivery
from gateway.delivery.trail import read_trail
from gateway.given import GivenActor, GivenWorks
from gateway.wiring import packer_of
from schemas.deliveries import (
    DeliveryPage,
    DeliveryState,
    ListDeliveries,
    ReadTrail,
    ReplayDead,
    ReplayDelivery,
    Replayed,
    Trail,
    TryReplay,
    WouldSend,
)

TAG = ["Deliveries"]
READS = problems(*GUARDED, 404, 422)
WRITES = problems(*GUARDED, 404, 409, 413, 422)
Id = Annotated[int, PathParameter(ge=1, le=2**63 - 1, description="The `id` of the delivery.")]
State = Annotated[DeliveryState | None, QueryParameter(name="state", description="Only those in this state.")]
By = Annotated[str | None, QueryParameter(max_length=40, description="Only by this connection.")]
About = Annotated[str | None, QueryParameter(max_length=100, description="Only about this, such as `nsi:…`.")]
Reference = Annotated[
    str,
    PathParameter(min_length=1, max_length=40, description="Reference of the NSI, such as `NSI-000001`, or its id."),
]


class Which(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of what is dead: by one connection, of one purpose, queued in a span of time."""

    connection: Annotated[str, Meta(max_length=40)] | None = None
    purpose: Annotated[str, Meta(max_length=80)] | None = None
    since: Annotated[datetime, Meta(tz=True)] | None = None
    until: Annotated[datetime, Meta(tz=True)] | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000


@get("/deliveries", summary="List deliveries", tags=TAG, responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks,
    actor: GivenActor,
    only: State = None,
    connection: By = None,
    subject: About = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> DeliveryPage:
    """Newest first: letters, and what connections are owed. A dead one says why."""
    command = ListDeliveries(state=only, connection=connection, subject=subject, limit=limit, cursor=cursor)
    return await act(works.house, actor, list_deliveries, command)


@get("/deliveries/{delivery:int}/dry-run", summary="Say what would be sent now", tags=TAG, responses=READS)
async def dry_run(delivery: Id, works: GivenWorks, actor: GivenActor) -> WouldSend:
    """Which fields are new, changed or gone since the far side was last sent anything about this. No values."""
    return await act(works.house, actor, Trier(packer_of(works)).would, TryReplay(id=delivery))


@post("/deliveries/{delivery:int}/replay", status_code=200, summary="Send again", tags=TAG, responses=WRITES)
async def replay(
    delivery: Id, works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> Replayed:
    """One that is dead, or was delivered, under the same id: a far side that has it already knows it."""
    return await act(works.house, actor, replay_delivery, ReplayDelivery(id=delivery), key=idempotency_key)


@post("/deliveries/replay", status_code=200, summary="Send the dead again", tags=TAG, responses=WRITES)
async def replay_many(
    data: JSONBody[Which], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> Replayed:
    """Those that fit, the oldest first, in their lanes' order. Name a connection or a purpose."""
    command = ReplayDead(**structs.asdict(data))
    return await act(works.house, actor, replay_dead, command, key=idempotency_key)


@get("/nsis/{reference:str}/log", summary="Read the transaction log of an NSI", tags=TAG, responses=READS)
async def log(reference: Reference, works: GivenWorks, actor: GivenActor) -> Trail:
    """From the bytes that caused it, through everything that happened, to every delivery."""
    return await act(works.house, actor, read_trail, ReadTrail(reference=reference))


doors = [index, dry_run, replay, replay_many, log]
