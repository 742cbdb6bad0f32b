"""Connections: which area sends or is sent what, in which system's words, by which road, and how that goes."""

from typing import Annotated, Any

from litestar import get, post, put
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import Meta, Struct, field

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.api.intake import TakesAMessage
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.connections.keep import Keeper
from gateway.connections.pause import pause_connection, resume_connection
from gateway.connections.read import list_connections, read_connection
from gateway.given import Ask, GivenActor, GivenWorks
from gateway.intake.dry import Dry, unreadable
from gateway.intake.store import MOST_BYTES
from gateway.wiring import check_connection, open_readers
from schemas.connections import (
    Codes,
    Connection,
    ConnectionDone,
    ConnectionPage,
    Direction,
    KeepConnection,
    ListConnections,
    PauseConnection,
    ReadConnection,
    ResumeConnection,
    Text,
    Tried,
    Way,
)
from schemas.errors import Malformed, Unreadable
from schemas.inbox import ReadUsing

Code = Annotated[
    str,
    PathParameter(
        min_length=2, max_length=40, pattern=r"^[a-z][a-z0-9-]{1,39}$", description="Code of the connection."
    ),
]
Area = Annotated[
    str | None, QueryParameter(max_length=20, description="Code of the PDU, area of 2003 or region it is of.")
]
WRITES = problems(*GUARDED, 404, 413, 422)


class ConnectionChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As `KeepConnection`, whose code is in the path."""

    title: Text
    area: Annotated[str, Meta(min_length=1, max_length=20)]
    system: Text
    channel: Text
    direction: Direction = "in"
    profile: Text = "plain"
    codes: Codes = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    account: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    trusted: bool = False
    way: Way | None = None
    records_temporary_moves: bool | None = None
    quiet: bool = False


class Pause(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`why` says nothing about a person."""

    why: Text


@get("/connections", summary="List connections", tags=["Connections"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks, actor: GivenActor, area: Area = None, limit: Limit = 50, cursor: Cursor = None
) -> ConnectionPage:
    """In the order of their codes, with how each goes: last good, last error, breaker, what waits."""
    return await act(works.house, actor, list_connections, ListConnections(area=area, limit=limit, cursor=cursor))


@get(
    "/connections/{code:str}", summary="Show a connection", tags=["Connections"], responses=problems(*GUARDED, 404, 422)
)
async def show(code: Code, works: GivenWorks, actor: GivenActor) -> Connection:
    """With its code tables, and the codes that have no word yet."""
    return await act(works.house, actor, read_connection, ReadConnection(code=code))


@put("/connections/{code:str}", summary="Keep a connection", tags=["Connections"], responses=WRITES)
async def keep(
    code: Code,
    data: JSONBody[ConnectionChange],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> ConnectionDone:
    """Makes it, or replaces what is said of it. Its health and its pause stay."""
    command = KeepConnection(code=code, **{name: getattr(data, name) for name in data.__struct_fields__})
    return await act(works.house, actor, Keeper(check_connection).keep, command, key=idempotency_key)


@post(
    "/connections/{code:str}/pause",
    status_code=200,
    summary="Pause a connection",
    tags=["Connections"],
    responses=WRITES,
)
async def pause(
    code: Code,
    data: JSONBody[Pause],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> ConnectionDone:
    """What comes in is stored and waits; what goes out waits in its lanes."""
    command = PauseConnection(code=code, why=data.why)
    return await act(works.house, actor, pause_connection, command, key=idempotency_key)


@post(
    "/connections/{code:str}/resume",
    status_code=200,
    summary="Let a connection go on",
    tags=["Connections"],
    responses=WRITES,
)
async def resume(
    code: Code, works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> ConnectionDone:
    """What waits is taken up, and the breaker is closed."""
    return await act(works.house, actor, resume_connection, ResumeConnection(code=code), key=idempotency_key)


@post(
    "/connections/{code:str}/test",
    status_code=200,
    summary="Try a sample file",
    tags=["Connections"],
    operation_class=TakesAMessage,
    request_max_body_size=MOST_BYTES,
    responses=WRITES,
)
async def test(code: Code, request: Ask, works: GivenWorks, actor: GivenActor) -> Tried:
    """What the connection would make of it: each record with its evidence, each refused row. Nothing is written."""
    permit(actor, "connection.test")
    connection = await act(works.house, actor, read_connection, ReadConnection(code=code))
    raw = await request.body()
    if not raw.strip():
        raise Malformed("The body is empty. Send the sample file as it was exported.")
    using = ReadUsing(system=connection.system, profile=connection.profile, codes=connection.codes)
    async with open_readers() as readers:
        try:
            reading = await readers.read("", raw, using)
        except Unreadable as error:
            return unreadable(connection, str(error))
    today = london_today(works.house.now())
    return await Dry(works.pool, works.postcodes).tried(connection, reading, today)


doors = [index, show, keep, pause, resume, test]
