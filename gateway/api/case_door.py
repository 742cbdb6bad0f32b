"""A door that writes to one person's case: its id in the path, the rest of the command as the body."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter
from msgspec import Struct

from gateway.access.act import act
from gateway.api.bodies import body_of
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from schemas.acts import Done

Verb = Callable[[Any, Any, datetime], Awaitable[Done[Any]]]
Line = Annotated[int, PathParameter(ge=1, le=32767, description="The `n` of the line.")]


def on_person(
    path: str, verb: Verb, command: type[Struct], answer: type[Any], summary: str, says: str, *, makes: bool = False
) -> HTTPRouteHandler:
    """`POST /people/{person_id}/PATH`. With `makes`, 201."""
    body = body_of(command, ("person",))

    @_door(f"/people/{{person_id:uuid}}/{path}", verb, summary, says, makes=makes)
    async def door(
        person_id: FromPath[UUID],
        data: JSONBody[body],  # type: ignore[valid-type]  # made from the command
        works: GivenWorks,
        actor: GivenActor,
        idempotency_key: IdempotencyKey = None,
    ) -> answer:  # type: ignore[valid-type]  # what the verb answers
        return await act(works.house, actor, verb, _command(command, data, person_id), key=idempotency_key)

    return door


def on_record(
    path: str, of: str, verb: Verb, command: type[Struct], answer: type[Any], summary: str, says: str
) -> HTTPRouteHandler:
    """`POST /people/{person_id}/PATH`, whose `{record_id:uuid}` is the field `of` of the command."""
    body = body_of(command, ("person", of))

    @_door(f"/people/{{person_id:uuid}}/{path}", verb, summary, says)
    async def door(
        person_id: FromPath[UUID],
        record_id: FromPath[UUID],
        data: JSONBody[body],  # type: ignore[valid-type]  # made from the command
        works: GivenWorks,
        actor: GivenActor,
        idempotency_key: IdempotencyKey = None,
    ) -> answer:  # type: ignore[valid-type]  # what the verb answers
        asked = _command(command, data, person_id, **{of: record_id})
        return await act(works.house, actor, verb, asked, key=idempotency_key)

    return door


def on_line(
    path: str, of: str, verb: Verb, command: type[Struct], answer: type[Any], summary: str, says: str
) -> HTTPRouteHandler:
    """As `on_record`, with the `{n:int}` of one line of it."""
    body = body_of(command, ("person", of, "n"))

    @_door(f"/people/{{person_id:uuid}}/{path}", verb, summary, says)
    async def door(
        person_id: FromPath[UUID],
        record_id: FromPath[UUID],
        n: Line,
        data: JSONBody[body],  # type: ignore[valid-type]  # made from the command
        works: GivenWorks,
        actor: GivenActor,
        idempotency_key: IdempotencyKey = None,
    ) -> answer:  # type: ignore[valid-type]  # what the verb answers
        asked = _command(command, data, person_id, **{of: record_id, "n": n})
        return await act(works.house, actor, verb, asked, key=idempotency_key)

    return door


def _door(path: str, verb: Verb, summary: str, says: str, *, makes: bool = False) -> post:
    return post(
        path,
        status_code=201 if makes else 200,
        summary=summary,
        description=says,
        tags=["People"],
        responses=problems(*GUARDED, 404, 409, 413, 422),
        name=f"person {path}",
        operation_id=f"person_{verb.__name__}",
    )


def _command(command: type[Struct], data: Any, person: UUID, **more: Any) -> Any:
    sent = {name: getattr(data, name) for name in type(data).__struct_fields__}
    made: Any = command
    return made(person=str(person), **more, **sent)
