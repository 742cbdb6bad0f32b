"""The least that a door to the database can do: one row by its primary key."""

from litestar import get
from msgspec import Struct, convert

from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks


class Row(Struct, frozen=True):
    id: int
    code: str
    premises_id: int
    room_id: int


@get("/bench/beds/{number:int}")
async def look_up(number: int, works: GivenWorks, actor: GivenActor) -> Row:
    permit(actor, "bedspace.search")
    row = await works.pool.fetchrow("select id, code, premises_id, room_id from bed where id = $1", number)
    return convert(row, Row)
